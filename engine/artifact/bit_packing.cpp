#include "artifact/bit_packing.h"

#include <cassert>

namespace txs::artifact {

void append_packed(std::vector<std::byte>& bytes, std::span<const std::uint16_t> values, std::uint32_t bits) {
  bytes.reserve(bytes.size() + packed_bytes(values.size(), bits));
  std::uint32_t waiting = 0, waiting_bits = 0;
  for (const std::uint16_t value : values) {
    waiting |= std::uint32_t(value) << waiting_bits;
    waiting_bits += bits;
    for (; waiting_bits >= 8; waiting_bits -= 8, waiting >>= 8) bytes.push_back(static_cast<std::byte>(waiting));
  }
  if (waiting_bits > 0) bytes.push_back(static_cast<std::byte>(waiting));
}

std::vector<std::uint16_t> unpack(std::span<const std::byte> bytes, std::uint64_t count, std::uint32_t bits) {
  assert(bytes.size() == packed_bytes(count, bits));
  std::vector<std::uint16_t> values(count);
  std::uint32_t waiting = 0, waiting_bits = 0;
  std::size_t next = 0;
  for (std::uint16_t& value : values) {
    for (; waiting_bits < bits; waiting_bits += 8)
      waiting |= std::to_integer<std::uint32_t>(bytes[next++]) << waiting_bits;
    value = static_cast<std::uint16_t>(waiting & ((1u << bits) - 1));
    waiting >>= bits;
    waiting_bits -= bits;
  }
  return values;
}

}  // namespace txs::artifact
