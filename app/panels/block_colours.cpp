#include "panels/block_colours.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "image/tone_map.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

using codec::BlockInspection;
using codec::Colour;
using codec::Texel;

std::vector<Colour> unit_colours(const std::vector<Texel>& texels) {
  std::vector<Colour> colours;
  for (const Texel& texel : texels) {
    Colour& colour = colours.emplace_back();
    for (std::size_t c = 0; c < 4; ++c) colour[c] = float(texel[c]) / 255;
  }
  return colours;
}

/// Least and largest red, green or blue.
void include(const Colour& colour, float& low, float& high) {
  for (std::size_t c = 0; c < 3; ++c) {
    low = std::min(low, colour[c]);
    high = std::max(high, colour[c]);
  }
}

std::uint8_t byte_of(float value) { return std::uint8_t(std::lround(std::clamp(value, 0.0f, 1.0f) * 255)); }

}  // namespace

float round_up(float value) {
  constexpr std::array<float, 9> steps{1, 1.5f, 2, 3, 4, 5, 6, 8, 10};
  const float power = std::pow(10.0f, std::floor(std::log10(value)));
  // A hair of tolerance: 3 times a power of ten is not always what it is in decimals.
  for (const float step : steps)
    if (value <= step * power * 1.00001f) return step * power;
  return 10 * power;
}

int channel_count(std::uint32_t channels) { return std::popcount(channels & 0b1111u); }

std::size_t first_channel(std::uint32_t channels) {
  return std::min<std::size_t>(std::size_t(std::countr_zero(channels)), 3);
}

BlockColours::BlockColours(const BlockInspection& block, float exposure_stops)
    : light_(!block.original_light.empty() || !block.decoded_light.empty()),
      original_(light_ ? block.original_light : unit_colours(block.original)),
      decoded_(light_ ? block.decoded_light : unit_colours(block.decoded)) {
  if (!block.subsets.empty()) channels_ = 0;
  for (const codec::Subset& subset : block.subsets) channels_ |= subset.channels;
  if (!light_) return;
  float low = 0, high = 0;
  for (const Colour& colour : original_) include(colour, low, high);
  for (const Colour& colour : decoded_) include(colour, low, high);
  for (const codec::Subset& subset : block.subsets) {
    include(subset.low, low, high);
    include(subset.high, low, high);
  }
  low_ = low < 0 ? -round_up(-low) : 0;
  high_ = high > 0 ? round_up(high) : low_ < 0 ? 0 : 1;
  const float brightest = std::max(-low, high);
  gain_ = std::exp2(exposure_stops) / (brightest > 0 ? brightest : 1);
}

Texel BlockColours::shown(const Colour& colour, std::uint32_t channels) const {
  const auto shown_value = [&](std::size_t c) {
    return byte_of(light_ ? srgb_encode(std::clamp(colour[c] * gain_, 0.0f, 1.0f)) : colour[c]);
  };
  if (channel_count(channels) == 1) {
    const std::size_t c = first_channel(channels);
    const std::uint8_t grey = c == 3 ? byte_of(colour[3]) : shown_value(c);
    return {grey, grey, grey, 255};
  }
  Texel texel{0, 0, 0, 255};
  for (std::size_t c = 0; c < 3; ++c)
    if ((channels >> c & 1) != 0) texel[c] = shown_value(c);
  if ((channels >> 3 & 1) != 0 && !light_) texel[3] = byte_of(colour[3]);
  return texel;
}

Colour BlockColours::place(const Colour& colour) const {
  return {share(colour[0]), share(colour[1]), share(colour[2]), colour[3]};
}

std::string BlockColours::number(float value) const {
  if (!light_) return fmt::format("{:.0f}", written(value));
  const float size = std::abs(value);
  return fmt::format("{:.{}f}", value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 0.1f || size == 0 ? 3 : 4);
}

std::string BlockColours::numbers(const Colour& colour, std::uint32_t channels) const {
  std::string text;
  for (std::size_t c = 0; c < 4; ++c) {
    if ((channels >> c & 1) == 0 || (light_ && c == 3)) continue;
    if (!text.empty()) text += ' ';
    text += c == 3 ? fmt::format("{:.0f}", colour[3] * 255) : number(colour[c]);
  }
  return text;
}

std::string BlockColours::difference(const Colour& from, const Colour& to, std::uint32_t channels) const {
  std::string text;
  for (std::size_t c = 0; c < 4; ++c) {
    if ((channels >> c & 1) == 0 || (light_ && c == 3)) continue;
    const float by = to[c] - from[c];
    if (!text.empty()) text += ' ';
    text += by < 0 ? "\u2212" : "+";
    text += c == 3 ? fmt::format("{:.0f}", std::abs(by) * 255) : number(std::abs(by));
  }
  return text;
}

ImU32 line_ink(std::size_t number) {
  constexpr std::array<ImU32, 4> inks{colour::accent, colour::sky_blue, colour::bluish_green, colour::yellow};
  return inks[number % inks.size()];
}

std::vector<BlockLine> block_lines(const BlockInspection& block) {
  std::vector<BlockLine> lines;
  for (std::size_t i = 0; i < block.subsets.size(); ++i) {
    const codec::Subset& subset = block.subsets[i];
    const std::string numbered = block.subsets.size() > 1 ? fmt::format("subset {}", i) : std::string();
    lines.push_back({&subset, i, subset.name.empty() ? numbered : subset.name, line_ink(i)});
  }
  return lines;
}

std::size_t line_of(const BlockInspection& block, std::size_t texel) {
  const std::size_t line = texel < block.subset_of.size() ? block.subset_of[texel] : 0;
  return line < block.subsets.size() ? line : 0;
}

std::optional<std::uint8_t> index_on(const BlockInspection& block, std::size_t line, std::size_t texel) {
  if (line >= block.subsets.size()) return {};
  const auto& own = block.subsets[line].indices;
  if (texel < own.size()) return own[texel] != codec::Subset::no_index ? std::optional(own[texel]) : std::nullopt;
  if (!own.empty() || texel >= block.indices.size() || line_of(block, texel) != line) return {};
  return block.indices[texel];
}

}  // namespace txs::app
