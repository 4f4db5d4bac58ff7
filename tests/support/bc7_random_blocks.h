#pragma once
#include <array>
#include <cstddef>
#include <random>
#include <vector>

namespace txs::test {

inline constexpr int bc7_block_kinds = 9;  ///< the modes 0..7 and the reserved one, 8

/// 128 random bits under the mode number of `kind`. The mode of uniformly random bits would be 7 once in 256 blocks.
template <typename Generator>
std::array<std::byte, 16> random_bc7_block(Generator& generator, int kind) {
  std::array<std::byte, 16> block;
  for (std::byte& byte : block) byte = static_cast<std::byte>(generator() & 0xff);
  const unsigned above_mode = std::to_integer<unsigned>(block[0]) << (kind + 1);
  block[0] = static_cast<std::byte>(above_mode | 1u << kind);  // kind 8: both lie beyond the byte, which leaves 0
  return block;
}

/// `count` random blocks, every kind in turn.
inline std::vector<std::byte> random_bc7_blocks(std::size_t count, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::vector<std::byte> bytes;
  bytes.reserve(count * 16);
  for (std::size_t i = 0; i < count; ++i) {
    const auto block = random_bc7_block(generator, int(i % bc7_block_kinds));
    bytes.insert(bytes.end(), block.begin(), block.end());
  }
  return bytes;
}

}  // namespace txs::test
