#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "artifact/container_parts.h"

namespace txs::artifact {

/// Takes bytes from the front of a file or a part of it. Refuses what is not there before allocating anything for it.
class ByteReader {
 public:
  ByteReader(std::span<const std::byte> bytes, std::string_view name) : bytes_(bytes), name_(name) {}

  std::span<const std::byte> take(std::uint64_t size, std::string_view what) {
    const auto taken = part(bytes_, at_, size, what, name_);
    at_ += size;
    return taken;
  }

  template <typename Number>
  Number number(std::string_view what) {
    return read_as<Number>(take(sizeof(Number), what));
  }

  template <typename Number>
  std::vector<Number> numbers(std::uint64_t count, std::string_view what) {
    if (count > remaining() / sizeof(Number)) take(remaining() + 1, what);  // refuses; the product could wrap
    const auto bytes = take(count * sizeof(Number), what);
    std::vector<Number> numbers(count);
    if (count > 0) std::memcpy(numbers.data(), bytes.data(), bytes.size());
    return numbers;
  }

  std::span<const std::byte> rest() const { return bytes_.subspan(at_); }
  std::uint64_t remaining() const { return bytes_.size() - at_; }

 private:
  std::span<const std::byte> bytes_;
  std::string_view name_;
  std::size_t at_ = 0;
};

}  // namespace txs::artifact
