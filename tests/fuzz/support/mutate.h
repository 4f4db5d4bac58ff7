// Damage of the kinds that break parsers, from a seed: the same on every machine (no std distribution is used, whose
// results the standard leaves open).
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace txs::fuzz {

/// 0 .. count - 1; count at least 1. The bias of the remainder does not matter here.
inline std::size_t below(std::mt19937_64& random, std::size_t count) {
  return static_cast<std::size_t>(random() % count);
}

inline std::byte random_byte(std::mt19937_64& random) { return static_cast<std::byte>(random()); }

/// Writes a number at which size computations break, over 1, 2, 4 or 8 bytes, in either byte order.
inline void set_extreme(std::mt19937_64& random, std::vector<std::byte>& bytes) {
  static constexpr std::array<std::uint64_t, 18> extremes = {
      0,     1,     2,     3,     127,        128,        255,        256,         16384,
      32767, 32768, 65535, 65536, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, ~std::uint64_t(0)};
  const std::size_t size = std::min(std::size_t(1) << below(random, 4), bytes.size());
  const std::size_t at = below(random, bytes.size() - size + 1);
  const std::uint64_t value = extremes[below(random, extremes.size())] - below(random, 2);
  const bool big_endian = below(random, 2) == 1;
  for (std::size_t i = 0; i < size; ++i)
    bytes[at + (big_endian ? size - 1 - i : i)] = static_cast<std::byte>(value >> (8 * i));
}

/// A random piece of the bytes: start and length.
struct Piece {
  std::size_t at, size;
};
inline Piece random_piece(std::mt19937_64& random, const std::vector<std::byte>& bytes) {
  const std::size_t at = below(random, bytes.size());
  const std::size_t longest = std::min<std::size_t>(bytes.size() - at, std::size_t(1) << below(random, 10));
  return {at, 1 + below(random, longest)};
}

inline void mutate_once(std::mt19937_64& random, std::vector<std::byte>& bytes) {
  if (bytes.empty()) {
    bytes.push_back(random_byte(random));
    return;
  }
  const Piece piece = random_piece(random, bytes);
  const auto begin = bytes.begin() + std::ptrdiff_t(piece.at);
  const auto end = begin + std::ptrdiff_t(piece.size);
  switch (below(random, 9)) {
    case 0: *begin ^= static_cast<std::byte>(1u << below(random, 8)); break;
    case 1: *begin = random_byte(random); break;
    case 2:
    case 3: set_extreme(random, bytes); break;
    case 4: bytes.erase(begin, end); break;
    case 5: {  // a copy of one piece, put in elsewhere
      const std::vector<std::byte> copy(begin, end);
      bytes.insert(bytes.begin() + std::ptrdiff_t(below(random, bytes.size() + 1)), copy.begin(), copy.end());
      break;
    }
    case 6: {  // a copy of one piece, over another
      const std::size_t target = below(random, bytes.size() - piece.size + 1);
      const std::vector<std::byte> copy(begin, end);
      std::copy(copy.begin(), copy.end(), bytes.begin() + std::ptrdiff_t(target));
      break;
    }
    case 7: std::generate(begin, end, [&] { return random_byte(random); }); break;
    case 8: bytes.resize(piece.at); break;
  }
}

/// The bytes after one to eight injuries, few more often than many.
inline std::vector<std::byte> mutate(std::mt19937_64& random, std::vector<std::byte> bytes) {
  const std::size_t injuries = std::size_t(1) << below(random, 4);
  for (std::size_t i = 0; i < injuries; ++i) mutate_once(random, bytes);
  return bytes;
}

/// The head of one and the tail of the other, cut at random.
inline std::vector<std::byte> splice(std::mt19937_64& random, const std::vector<std::byte>& head,
                                     const std::vector<std::byte>& tail) {
  std::vector<std::byte> bytes(head.begin(), head.begin() + std::ptrdiff_t(below(random, head.size() + 1)));
  bytes.insert(bytes.end(), tail.begin() + std::ptrdiff_t(below(random, tail.size() + 1)), tail.end());
  return bytes;
}

/// Calls attempt(random) up to `attempts` times, each with a generator of its own, until one fails or the time is over.
/// A failure names the attempt, which alone decides what was tried.
template <class Attempt>
void run(int attempts, std::chrono::seconds limit, Attempt attempt) {
  const auto end = std::chrono::steady_clock::now() + limit;
  int number = 0;
  for (; number < attempts && std::chrono::steady_clock::now() < end; ++number) {
    SCOPED_TRACE("attempt " + std::to_string(number));
    std::mt19937_64 random(static_cast<std::uint64_t>(number));
    attempt(random);
    if (testing::Test::HasFailure()) return;
  }
  testing::Test::RecordProperty("attempts", number);
}

}  // namespace txs::fuzz
