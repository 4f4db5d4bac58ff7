// Blocks of every kind as codecs would describe them, made up: their numbers fit together, no encoder made them.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "codec/inspection.h"

namespace txs::app {

using codec::BlockInspection;
using codec::Colour;

/// Colours of a texel along a line from `low` to `high` with something beside it, the same every time.
inline Colour beside(const Colour& low, const Colour& high, std::size_t texel, float noise) {
  const float along = float(texel * 7 % 16) / 15;
  Colour colour{};
  for (std::size_t c = 0; c < 4; ++c)
    colour[c] = low[c] + (high[c] - low[c]) * along + noise * float(std::sin(double(texel) * 2.3 + double(c)));
  colour[3] = std::clamp(colour[3], 0.0f, 1.0f);
  return colour;
}

inline codec::Subset line_between(const Colour& low, const Colour& high, int entries) {
  codec::Subset subset{low, high, {}};
  for (int i = 0; i < entries; ++i) {
    Colour& entry = subset.palette.emplace_back();
    for (std::size_t c = 0; c < 4; ++c) entry[c] = low[c] + (high[c] - low[c]) * float(i) / float(entries - 1);
  }
  return subset;
}

inline std::uint8_t nearest(const codec::Subset& subset, const Colour& colour) {
  const auto distance = [&](const Colour& entry) {
    double sum = 0;
    for (std::size_t c = 0; c < 4; ++c)
      if ((subset.channels >> c & 1) != 0) sum += std::pow(double(entry[c]) - double(colour[c]), 2);
    return sum;
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < subset.palette.size(); ++i)
    if (distance(subset.palette[i]) < distance(subset.palette[best])) best = i;
  return std::uint8_t(best);
}

inline codec::Texel bytes(const Colour& colour) {
  codec::Texel texel{};
  for (std::size_t c = 0; c < 4; ++c) texel[c] = std::uint8_t(std::lround(std::clamp(colour[c], 0.0f, 1.0f) * 255));
  return texel;
}

inline void add_field(BlockInspection& block, const std::string& name, std::uint32_t bits, std::uint64_t value,
                      const std::string& meaning, int endpoint = -1) {
  const std::uint32_t first =
      block.fields.empty() ? 0 : block.fields.back().first_bit + block.fields.back().bit_count;
  block.fields.push_back({name, first, bits, value, meaning, endpoint});
  for (std::uint32_t i = 0; i < bits; ++i)
    if ((value >> i & 1) != 0) block.bits[(first + i) / 8] |= std::uint8_t(1 << (first + i) % 8);
}

inline void add_indices(BlockInspection& block, const std::string& name, std::uint32_t bits_a_texel) {
  const std::uint32_t bits = block.bit_count - block.fields.back().first_bit - block.fields.back().bit_count;
  add_field(block, name, bits, 0x3A5C93E17B42D6ull & ((1ull << std::min(bits, 63u)) - 1), "an index for each texel");
  auto& texel_of_bit = block.fields.back().texel_of_bit;
  for (std::uint32_t i = 0; i < bits; ++i) texel_of_bit.push_back(std::uint8_t(std::min(15u, i / bits_a_texel)));
}

/// Texels of the lines that `subset_of` gives them, decoded by the lines' palettes.
inline void fill(BlockInspection& block, float noise) {
  block.block_x = 12;
  block.block_y = 40;
  block.squared_error = 0;
  const bool light = !block.subsets.empty() && (block.subsets[0].high[0] > 1 || block.subsets[0].low[0] < 0);
  for (std::size_t i = 0; i < std::size_t(block.width) * block.height; ++i) {
    Colour original{0, 0, 0, 1}, decoded{0, 0, 0, 1};
    for (std::size_t s = 0; s < block.subsets.size(); ++s) {
      codec::Subset& subset = block.subsets[s];
      const bool channel_line = !subset.name.empty();
      if (!channel_line && block.subset_of[i] != s) continue;
      const Colour colour = beside(subset.low, subset.high, i + 3 * s, noise);
      for (std::size_t c = 0; c < 4; ++c)
        if ((subset.channels >> c & 1) != 0) original[c] = colour[c];
      const std::uint8_t index = nearest(subset, original);
      (channel_line && s > 0 ? subset.indices : block.indices).push_back(index);
      for (std::size_t c = 0; c < 4; ++c)
        if ((subset.channels >> c & 1) != 0) decoded[c] = subset.palette[index][c];
    }
    if (light) {
      block.original_light.push_back(original);
      block.decoded_light.push_back(decoded);
    }
    block.original.push_back(bytes(original));
    block.decoded.push_back(bytes(decoded));
    for (std::size_t c = 0; c < 3; ++c)
      block.squared_error += std::pow(double(block.original[i][c]) - double(block.decoded[i][c]), 2);
  }
}

inline void add_search(BlockInspection& block, std::size_t candidates) {
  const double best = block.squared_error;
  for (std::size_t i = 0; i < candidates; ++i) {
    const double estimate = best * (1.4 + 0.09 * double(i));
    const bool tried = i < candidates * 3 / 4;
    block.candidates.push_back({"mode " + std::to_string(i % 8) + ", partition " + std::to_string(i * 5 % 64), estimate,
                                tried ? best * (1 + 0.3 * std::abs(std::sin(double(i)))) : -1, i == 3});
    if (i == 3) block.candidates.back().squared_error = best;
  }
  block.gains = {{"first bits", best * 2.6}, {"least squares", best * 1.5}, {"endpoint steps", best * 1.05},
                 {"Nelder-Mead", best * 1.05}, {"p-bits", best}};
}

/// BC7 mode 1: two subsets and a partition.
inline BlockInspection two_subsets() {
  BlockInspection block;
  block.mode = "mode 1";
  for (std::size_t i = 0; i < 16; ++i) block.subset_of.push_back(i % 4 + i / 4 > 3 ? 1 : 0);
  block.subsets = {line_between({0.75f, 0.30f, 0.12f, 1}, {0.95f, 0.55f, 0.30f, 1}, 8),
                   line_between({0.10f, 0.25f, 0.45f, 1}, {0.22f, 0.50f, 0.80f, 1}, 8)};
  fill(block, 0.03f);
  add_field(block, "mode", 2, 2, "mode 1");
  add_field(block, "partition", 6, 13, "13 of 64");
  for (const char* channel : {"R", "G", "B"})
    for (int end = 0; end < 4; ++end)
      add_field(block, channel + std::to_string(end), 6, std::uint64_t(17 + 9 * end), "100 of 255", end);
  add_field(block, "P0", 1, 1, "last bit of R0 G0 B0 R1 G1 B1");
  add_field(block, "P1", 1, 0, "last bit of R2 G2 B2 R3 G3 B3");
  add_indices(block, "indices", 3);
  add_search(block, 40);
  return block;
}

/// BC7 mode 0 or 2: three subsets.
inline BlockInspection three_subsets() {
  BlockInspection block;
  block.mode = "mode 2";
  for (std::size_t i = 0; i < 16; ++i) block.subset_of.push_back(std::uint8_t(i % 4 == 0 ? 0 : i / 4 < 2 ? 1 : 2));
  block.subsets = {line_between({0.1f, 0.1f, 0.1f, 1}, {0.4f, 0.42f, 0.38f, 1}, 4),
                   line_between({0.8f, 0.2f, 0.2f, 1}, {0.95f, 0.4f, 0.2f, 1}, 4),
                   line_between({0.2f, 0.6f, 0.2f, 1}, {0.4f, 0.9f, 0.3f, 1}, 4)};
  fill(block, 0.04f);
  add_field(block, "mode", 3, 4, "mode 2");
  add_field(block, "partition", 6, 47, "47 of 64");
  for (const char* channel : {"R", "G", "B"})
    for (int end = 0; end < 6; ++end)
      add_field(block, channel + std::to_string(end), 5, std::uint64_t(3 + 4 * end), "60 of 255", end);
  add_indices(block, "indices", 2);
  add_search(block, 12);
  return block;
}

/// BC3, or BC7's modes 4 and 5: colour and alpha, each with indices of its own.
inline BlockInspection colour_and_alpha() {
  BlockInspection block;
  block.mode = "mode 5, rotation 0";
  block.subset_of.assign(16, 0);
  block.subsets = {line_between({0.2f, 0.3f, 0.1f, 1}, {0.7f, 0.8f, 0.3f, 1}, 4),
                   line_between({0, 0, 0, 0.2f}, {0, 0, 0, 0.9f}, 4)};
  block.subsets[0].name = "colour";
  block.subsets[0].channels = 0b0111;
  block.subsets[1].name = "alpha";
  block.subsets[1].channels = 0b1000;
  fill(block, 0.03f);
  block.subsets[0].indices = block.indices;
  add_field(block, "mode", 6, 32, "mode 5");
  add_field(block, "rotation", 2, 0, "none");
  for (const char* channel : {"R", "G", "B"})
    for (int end = 0; end < 2; ++end) add_field(block, channel + std::to_string(end), 7, 51, "103 of 255", end);
  for (int end = 0; end < 2; ++end) add_field(block, "A" + std::to_string(end), 8, 51, "51 of 255", 2 + end);
  add_field(block, "colour indices", 31, 0x5A5A5A5A, "");
  add_field(block, "alpha indices", 31, 0x1A2A3A4A, "");
  add_search(block, 5);
  return block;
}

/// BC4: red alone, in 64 bits.
inline BlockInspection one_channel() {
  BlockInspection block;
  block.mode = "8 values";
  block.bit_count = 64;
  block.subset_of.assign(16, 0);
  block.subsets = {line_between({0.31f, 0, 0, 1}, {0.62f, 0, 0, 1}, 8)};
  block.subsets[0].name = "red";
  block.subsets[0].channels = 0b0001;
  fill(block, 0.01f);
  add_field(block, "red0", 8, 158, "158 of 255", 1);
  add_field(block, "red1", 8, 79, "79 of 255", 0);
  add_indices(block, "indices", 3);
  block.candidates = {{"8 values", -1, 30, true}, {"6 values, 0 and 255", -1, 92, false}};
  return block;
}

/// BC5: red and green.
inline BlockInspection two_channels() {
  BlockInspection block;
  block.mode = "8 values, 6 values";
  block.subset_of.assign(16, 0);
  block.subsets = {line_between({0.42f, 0, 0, 1}, {0.61f, 0, 0, 1}, 8),
                   line_between({0, 0.35f, 0, 1}, {0, 0.48f, 0, 1}, 8)};
  for (std::size_t i = 0; i < 2; ++i) {
    block.subsets[i].name = i == 0 ? "red" : "green";
    block.subsets[i].channels = 1u << i;
  }
  fill(block, 0.01f);
  block.subsets[0].indices = block.indices;
  for (const char* channel : {"red", "green"}) {
    const int line = channel[0] == 'g' ? 1 : 0;
    add_field(block, std::string(channel) + "0", 8, 158, "158 of 255", 2 * line + 1);
    add_field(block, std::string(channel) + "1", 8, 107, "107 of 255", 2 * line);
    add_field(block, std::string(channel) + " indices", 48, 0xA5C93E17B42D, "an index for each texel");
  }
  return block;
}

/// BC6H: light beyond 1.
inline BlockInspection light() {
  BlockInspection block;
  block.mode = "mode 11";
  block.subset_of.assign(16, 0);
  block.subsets = {line_between({0.4f, 0.3f, 0.2f, 1}, {14.2f, 11.0f, 6.1f, 1}, 16)};
  fill(block, 0.3f);
  add_field(block, "mode", 5, 3, "mode 11");
  for (const char* channel : {"R", "G", "B"})
    for (int end = 0; end < 2; ++end) add_field(block, channel + std::to_string(end), 10, 411, "0.4", end);
  add_indices(block, "indices", 4);
  add_search(block, 8);
  return block;
}

/// Of ASTC: two partitions and weights that are blended from a grid, in a block of any size.
inline BlockInspection weighted(std::uint32_t width, std::uint32_t height) {
  BlockInspection block;
  block.width = block.inside_width = width;
  block.height = block.inside_height = height;
  block.mode = "2 lines, 5x4 weights of 12 levels";
  block.subsets = {line_between({0.1f, 0.3f, 0.2f, 1}, {0.5f, 0.7f, 0.3f, 1}, 12),
                   line_between({0.6f, 0.2f, 0.1f, 1}, {0.9f, 0.8f, 0.7f, 1}, 12)};
  for (std::uint32_t i = 0; i < width * height; ++i) block.subset_of.push_back(i % width < width / 2 ? 0 : 1);
  fill(block, 0.02f);
  block.weight_steps = 64;
  for (std::uint8_t& index : block.indices) index = std::uint8_t(index * 64 / 11);
  add_field(block, "block mode", 11, 0x253, block.mode);
  add_field(block, "partitions", 2, 1, "2");
  add_field(block, "weights", 64, 0x3A5C93E17B42D6, "from the top down");
  add_search(block, 8);
  return block;
}

/// Of ASTC: blue has weights of its own.
inline BlockInspection two_planes() {
  BlockInspection block = weighted(6, 6);
  block.mode = "2 lines, 3x4 weights of 6 levels, two planes";
  const std::vector<codec::Subset> together = block.subsets;
  for (std::size_t p = 0; p < 2; ++p) {
    codec::Subset apart = together[p];
    block.subsets[p].channels = 0b0011;
    block.subsets[p].name = "subset " + std::to_string(p) + ", RG";
    apart.channels = 0b0100;
    apart.name = "subset " + std::to_string(p) + ", B";
    for (std::size_t t = 0; t < block.indices.size(); ++t)
      apart.indices.push_back(block.subset_of[t] == p ? std::uint8_t(64 - block.indices[t]) : codec::Subset::no_index);
    block.subsets.push_back(apart);
  }
  return block;
}

/// Of ASTC: one colour for all texels, and no line.
inline BlockInspection one_colour() {
  BlockInspection block;
  block.mode = "one colour";
  block.original.assign(16, {180, 60, 40, 255});
  block.decoded.assign(16, {181, 60, 40, 255});
  block.indices.assign(16, 0);
  block.subset_of.assign(16, 0);
  block.squared_error = 16;
  return block;
}

/// A block whose mode is reserved: no line, no field.
inline BlockInspection reserved() {
  BlockInspection block;
  block.mode = "reserved";
  block.original.assign(16, {90, 120, 60, 255});
  block.decoded.assign(16, {0, 0, 0, 0});
  block.indices.assign(16, 0);
  block.subset_of.assign(16, 0);
  block.squared_error = 400000;
  return block;
}

}  // namespace txs::app
