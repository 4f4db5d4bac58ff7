#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace txs::astc {

/// The bits of a block; bit 0 is the lowest of the first byte.
class Bits128 {
 public:
  Bits128() = default;
  explicit Bits128(std::span<const std::byte, 16> bytes) {
    for (std::size_t i = 0; i < 8; ++i) {
      low_ |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
      high_ |= std::to_integer<std::uint64_t>(bytes[8 + i]) << (8 * i);
    }
  }

  /// `count` bits from `first` on, 0..32 of them; what lies beyond bit 127 is 0.
  std::uint32_t get(std::uint32_t first, std::uint32_t count) const {
    if (first >= 128 || count == 0) return 0;
    std::uint64_t at = first >= 64 ? high_ >> (first - 64) : low_ >> first;
    if (first > 0 && first < 64) at |= high_ << (64 - first);
    return std::uint32_t(at & ((std::uint64_t(1) << count) - 1));
  }

  /// Bits that are 0 so far; what lies beyond bit 127 is dropped.
  void put(std::uint32_t first, std::uint32_t count, std::uint32_t value) {
    const std::uint64_t bits = value & ((std::uint64_t(1) << count) - 1);
    if (first >= 128) return;
    if (first >= 64) {
      high_ |= bits << (first - 64);
      return;
    }
    low_ |= bits << first;
    if (first > 0) high_ |= bits >> (64 - first);
  }

  /// Bit i at 127 - i: weights are stored so, from the top down.
  Bits128 reversed() const {
    Bits128 turned;
    for (std::uint32_t i = 0; i < 128; ++i) turned.put(127 - i, 1, get(i, 1));
    return turned;
  }

  void store(std::span<std::byte, 16> bytes) const {
    for (std::size_t i = 0; i < 8; ++i) {
      bytes[i] = std::byte(low_ >> (8 * i));
      bytes[8 + i] = std::byte(high_ >> (8 * i));
    }
  }

  bool operator==(const Bits128&) const = default;

 private:
  std::uint64_t low_ = 0, high_ = 0;
};

}  // namespace txs::astc
