#pragma once
#include <array>
#include <cstddef>
#include <random>
#include <vector>

namespace txs::test {

/// Low five bits of a block: every mode number in turn, those of two bits with any bits above, and the reserved ones.
inline constexpr int bc6h_block_kinds = 32;

/// `count` blocks of random bits under every mode number in turn.
inline std::vector<std::byte> random_bc6h_blocks(std::size_t count, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::vector<std::byte> bytes;
  bytes.reserve(count * 16);
  for (std::size_t i = 0; i < count; ++i) {
    for (int b = 0; b < 16; ++b) bytes.push_back(static_cast<std::byte>(generator() >> 32 & 0xff));
    std::byte& first = bytes[i * 16];
    first = (first & std::byte(0xe0)) | std::byte(i % bc6h_block_kinds);
  }
  return bytes;
}

}  // namespace txs::test
