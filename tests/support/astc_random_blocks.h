#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <vector>

#include "codecs/astc/astc_block.h"

namespace txs::astc {

/// The fourteen 2D block sizes of the LDR profile.
inline constexpr std::array<Footprint, 14> footprints{{{4, 4},  {5, 4},  {5, 5},  {6, 5},  {6, 6},   {8, 5},   {8, 6},
                                                       {8, 8},  {10, 5}, {10, 6}, {10, 8}, {10, 10}, {12, 10}, {12, 12}}};

/// Blocks of random bits, `count` of them. Every other one gets the mode of a grid that fits the footprint, since of wholly
/// random ones most are illegal.
inline std::vector<std::byte> random_blocks(std::size_t count, const Footprint& footprint, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint32_t> fitting;
  for (std::uint32_t mode = 0; mode < 2048; ++mode) {
    const auto grid = weight_grid(mode);
    if (grid && grid->legal_in(footprint)) fitting.push_back(mode);
  }
  std::vector<std::byte> bytes(count * 16);
  for (std::size_t block = 0; block < count; ++block) {
    std::array<std::uint64_t, 2> bits{random(), random()};
    if (block % 2 == 1) bits[0] = (bits[0] & ~std::uint64_t(2047)) | fitting[random() % fitting.size()];
    if (block % 64 == 63) bits[0] = (bits[0] & ~std::uint64_t(0xfff)) | 0xdfc;           // void extents
    if (block % 128 == 127) bits[0] |= ~std::uint64_t(0xfff);                            // without an extent
    std::memcpy(&bytes[block * 16], bits.data(), 16);
  }
  return bytes;
}

}  // namespace txs::astc
