#pragma once
#include "shaders/interop/bc7_format.h"

namespace txs::bc7 {

/// Partition `number` of the 64 into 1, 2 or 3 subsets.
constexpr interop::Bc7Partition make_partition(std::uint32_t subsets, std::uint32_t number) {
  if (subsets == 1) return {0, 1};
  if (subsets == 3) {
    const std::uint32_t anchors =
        1u | 1u << interop::bc7_anchors3_second[number] | 1u << interop::bc7_anchors3_third[number];
    return {interop::bc7_partitions3[number], anchors};
  }
  std::uint32_t two_bits_a_texel = 0;
  for (std::uint32_t t = 0; t < 16; ++t) two_bits_a_texel |= (interop::bc7_partitions2[number] >> t & 1u) << 2 * t;
  return {two_bits_a_texel, 1u | 1u << interop::bc7_anchors2[number]};
}

constexpr interop::Bc7DecodeTables make_decode_tables() {
  interop::Bc7DecodeTables tables{};
  for (std::uint32_t mode = 0; mode < interop::bc7_mode_count; ++mode) tables.modes[mode] = interop::bc7_modes[mode];
  for (std::uint32_t subsets = 1; subsets <= 3; ++subsets) {
    for (std::uint32_t number = 0; number < 64; ++number) {
      tables.partitions[(subsets - 1) * 64 + number] = make_partition(subsets, number);
    }
  }
  return tables;
}

/// What the decoders of both sides look up.
inline constexpr interop::Bc7DecodeTables decode_tables = make_decode_tables();

constexpr const interop::Bc7Partition& partition(std::uint32_t subsets, std::uint32_t number) {
  return decode_tables.partitions[(subsets - 1) * 64 + number];
}

}  // namespace txs::bc7
