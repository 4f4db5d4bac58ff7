#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace txs::bc6h {

/// Takes a block's 128 bits in their order, least significant first.
class BitReader {
 public:
  explicit BitReader(std::span<const std::byte, 16> bytes) : bytes_(bytes) {}

  /// The next `count` bits, 0..32 of them.
  std::uint32_t take(std::uint32_t count) {
    std::uint32_t taken = 0;
    for (std::uint32_t i = 0; i < count; ++i, ++position_)
      taken |= (std::to_integer<std::uint32_t>(bytes_[position_ / 8]) >> position_ % 8 & 1u) << i;
    return taken;
  }
  std::uint32_t position() const { return position_; }

 private:
  std::span<const std::byte, 16> bytes_;
  std::uint32_t position_ = 0;
};

/// Puts them there.
class BitWriter {
 public:
  void put(std::uint32_t value, std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i, ++position_)
      bytes_[position_ / 8] |= std::byte((value >> i & 1u) << position_ % 8);
  }
  const std::array<std::byte, 16>& bytes() const { return bytes_; }

 private:
  std::array<std::byte, 16> bytes_{};
  std::uint32_t position_ = 0;
};

}  // namespace txs::bc6h
