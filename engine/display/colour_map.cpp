#include "display/colour_map.h"

#include <algorithm>
#include <cmath>

#include "shaders/interop/display.h"

namespace txs::display {
namespace {

using interop::vec4;

std::array<std::uint8_t, 3> as_bytes(const vec4& colour) {
  const auto byte = [](float value) { return std::uint8_t(std::lround(std::clamp(value, 0.0f, 1.0f) * 255)); };
  return {byte(colour.x), byte(colour.y), byte(colour.z)};
}

std::array<std::uint8_t, 3> colour_map(std::span<const vec4> terms, float t) {
  t = t > 0 ? std::min(t, 1.0f) : 0;  // also for a t that is no number
  vec4 colour(0);
  for (std::size_t i = terms.size(); i-- > 0;) colour = colour * t + terms[i];
  return as_bytes(colour);
}

vec4 unpack_colour(std::uint32_t rgb) { return vec4(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff, 0) / 255.0f; }

}  // namespace

std::array<std::uint8_t, 3> inferno(float t) { return colour_map(interop::inferno_terms, t); }
std::array<std::uint8_t, 3> viridis(float t) { return colour_map(interop::viridis_terms, t); }

std::array<std::uint8_t, 3> category_colour(std::uint32_t category) {
  const vec4 hue = unpack_colour(interop::okabe_ito[category % interop::category_hues]);
  switch (category / interop::category_hues % interop::category_shades) {
    case 1: return as_bytes(hue + (vec4(1) - hue) * interop::lighter_share);
    case 2: return as_bytes(hue * (1 - interop::darker_share));
    default: return as_bytes(hue);
  }
}

std::array<std::uint8_t, 3> ordered_colour(std::uint32_t category, std::uint32_t columns, std::uint32_t rows) {
  const float first = float(category / rows) / float(std::max(columns, 2u) - 1);
  const float second = float(category % rows) / float(std::max(rows, 2u) - 1);
  if (rows == 1) return viridis(first);
  const auto between = [](std::uint32_t from, std::uint32_t to, float share) {
    return unpack_colour(from) * (1 - share) + unpack_colour(to) * share;
  };
  return as_bytes(between(interop::pair_least, interop::pair_first, first) * (1 - second) +
                  between(interop::pair_second, interop::pair_most, first) * second);
}

}  // namespace txs::display
