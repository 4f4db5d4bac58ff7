// Blocks of random bits for the tests of ASTC's decoders, the same on every machine. How many of each size a test
// decodes is for the environment to say: TEXELSCOPE_ASTC_BLOCKS=1000000 is the full run, for which a few CPU hours are
// needed in all; without it a slice of them is decoded, and each test says how many those were.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "codecs/astc/astc_block.h"

namespace txs::astc {

/// The fourteen 2D block sizes.
inline constexpr std::array<Footprint, 14> footprints{{{4, 4},  {5, 4},  {5, 5},  {6, 5},  {6, 6},   {8, 5},   {8, 6},
                                                       {8, 8},  {10, 5}, {10, 6}, {10, 8}, {10, 10}, {12, 10}, {12, 12}}};

/// "6x5"
inline std::string size_name(const Footprint& footprint) {
  return std::to_string(footprint.width) + "x" + std::to_string(footprint.height);
}

/// Blocks of each size that a test decodes: what the environment asks for, or `slice`.
inline std::size_t blocks_a_size(std::size_t slice) {
  const char* asked = std::getenv("TEXELSCOPE_ASTC_BLOCKS");
  return asked == nullptr ? slice : std::size_t(std::strtoull(asked, nullptr, 10));
}

/// How random bits are made.
enum class RandomBits {
  any,      ///< all 128 bits random: most blocks are illegal
  fitting,  ///< the mode of a weight grid that fits the size; of sixty-four blocks two are void extents
  legal,    ///< fitting, and legal in the HDR profile
};

class RandomBlocks {
 public:
  RandomBlocks(const Footprint& footprint, std::uint64_t seed) : footprint_(footprint), random_(seed) {
    for (std::uint32_t mode = 0; mode < 2048; ++mode) {
      const auto grid = weight_grid(mode);
      if (grid && grid->legal_in(footprint)) fitting_modes_.push_back(mode);
    }
  }

  std::array<std::byte, 16> next(RandomBits kind) {
    std::array<std::byte, 16> block = draw(kind);
    while (kind == RandomBits::legal && parse_block(block, footprint_, Profile::hdr).kind == Block::Kind::error)
      block = draw(kind);
    return block;
  }

 private:
  std::array<std::byte, 16> draw(RandomBits kind) {
    std::array<std::uint64_t, 2> bits{random_(), random_()};
    const std::uint64_t dice = random_();
    if (kind != RandomBits::any) {
      bits[0] = (bits[0] & ~std::uint64_t(2047)) | fitting_modes_[(dice >> 8) % fitting_modes_.size()];
      if (dice % 64 < 2) bits[0] = (bits[0] & ~std::uint64_t(0xdff)) | 0xdfc;  // void extents, bit 9: of either range
      if (dice % 64 == 1) bits[0] |= ~std::uint64_t(0xfff);                    // without an extent
    }
    std::array<std::byte, 16> block;
    std::memcpy(block.data(), bits.data(), 16);
    return block;
  }

  Footprint footprint_;
  std::mt19937_64 random_;
  std::vector<std::uint32_t> fitting_modes_;
};

/// `count` blocks, one after the other.
inline std::vector<std::byte> random_blocks(std::size_t count, const Footprint& footprint, std::uint64_t seed,
                                            RandomBits kind) {
  RandomBlocks random(footprint, seed);
  std::vector<std::byte> bytes;
  bytes.reserve(count * 16);
  for (std::size_t i = 0; i < count; ++i) {
    const auto block = random.next(kind);
    bytes.insert(bytes.end(), block.begin(), block.end());
  }
  return bytes;
}

/// Wholly random ones and fitting ones in turn: legal and illegal ones, both many.
inline void fill_with_random(std::vector<std::byte>& blocks, RandomBlocks& random) {
  for (std::size_t at = 0; at < blocks.size(); at += 16) {
    const auto block = random.next(at % 32 == 0 ? RandomBits::any : RandomBits::fitting);
    std::memcpy(&blocks[at], block.data(), 16);
  }
}

}  // namespace txs::astc
