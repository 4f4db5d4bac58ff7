#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace txs::artifact {

/// Integers of `bits` bits (1 to 16) one after the other, each and every byte filled from the least significant bit on;
/// zeros fill the last byte.
constexpr std::uint64_t packed_bytes(std::uint64_t count, std::uint32_t bits) { return (count * bits + 7) / 8; }
void append_packed(std::vector<std::byte>& bytes, std::span<const std::uint16_t> values, std::uint32_t bits);
/// `bytes` are exactly packed_bytes(count, bits).
std::vector<std::uint16_t> unpack(std::span<const std::byte> bytes, std::uint64_t count, std::uint32_t bits);

}  // namespace txs::artifact
