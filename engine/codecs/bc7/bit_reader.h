#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace txs::bc7 {

/// Takes a block's 128 bits in their order, least significant first.
class BitReader {
 public:
  explicit BitReader(std::span<const std::byte, 16> bytes) {
    for (std::size_t i = 0; i < 8; ++i) {
      low_ |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
      high_ |= std::to_integer<std::uint64_t>(bytes[8 + i]) << (8 * i);
    }
  }

  /// The next `count` bits, 0..64 of them.
  std::uint64_t take(std::uint32_t count) {
    if (count == 0) return 0;  // a shift by 64 is undefined
    const std::uint64_t taken = low_ & (~std::uint64_t(0) >> (64 - count));
    low_ = count == 64 ? high_ : low_ >> count | high_ << (64 - count);
    high_ = count == 64 ? 0 : high_ >> count;
    position_ += count;
    return taken;
  }

  std::uint32_t position() const { return position_; }

 private:
  std::uint64_t low_ = 0, high_ = 0;  // what is left, shifted down to bit 0
  std::uint32_t position_ = 0;
};

}  // namespace txs::bc7
