#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "image/formats/format.h"

namespace txs {

/// Walks over the bytes of a file. Whatever reaches past their end throws Unreadable("is truncated").
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::byte> bytes) : left_(bytes) {}

  std::size_t left() const { return left_.size(); }

  std::span<const std::byte> take(std::size_t count) {
    if (count > left_.size()) throw Unreadable("is truncated");
    const auto taken = left_.first(count);
    left_ = left_.subspan(count);
    return taken;
  }
  void skip(std::size_t count) { take(count); }

  /// Moves behind the next byte of that value.
  void skip_past(std::byte value) {
    const auto found = std::find(left_.begin(), left_.end(), value);
    skip(static_cast<std::size_t>(found - left_.begin()) + 1);
  }

  std::uint8_t u8() { return std::to_integer<std::uint8_t>(take(1)[0]); }
  std::uint16_t u16_little() { return static_cast<std::uint16_t>(little(2)); }
  std::uint32_t u32_little() { return little(4); }
  std::uint16_t u16_big() { return static_cast<std::uint16_t>(big(2)); }
  std::uint32_t u32_big() { return big(4); }

 private:
  std::uint32_t little(std::size_t count) {
    std::uint32_t value = 0;
    std::uint32_t shift = 0;
    for (const std::byte byte : take(count)) {
      value |= std::to_integer<std::uint32_t>(byte) << shift;
      shift += 8;
    }
    return value;
  }
  std::uint32_t big(std::size_t count) {
    std::uint32_t value = 0;
    for (const std::byte byte : take(count)) value = value << 8 | std::to_integer<std::uint32_t>(byte);
    return value;
  }

  std::span<const std::byte> left_;
};

}  // namespace txs
