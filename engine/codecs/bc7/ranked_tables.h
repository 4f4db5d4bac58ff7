#pragma once
#include "codecs/bc7/decode_tables.h"
#include "shaders/interop/bc7_ranked.h"

namespace txs::bc7 {

constexpr interop::Bc7Part make_part(std::uint32_t subsets_of_texels, std::uint32_t subset) {
  interop::Bc7Part part{};
  for (std::uint32_t t = 0; t < 16; ++t) {
    if ((subsets_of_texels >> 2 * t & 3) != subset) continue;
    (part.count < 8 ? part.first_texels : part.last_texels) |= t << 4 * (part.count % 8);
    part.mask |= 1u << t;
    ++part.count;
  }
  return part;
}

constexpr interop::Bc7RankedTables make_ranked_tables() {
  interop::Bc7RankedTables tables{};
  for (std::uint32_t i = 0; i < 192; ++i) tables.partitions[i] = decode_tables.partitions[i];
  tables.parts[0] = make_part(0, 0);
  for (std::uint32_t number = 0; number < 64; ++number) {
    for (std::uint32_t s = 0; s < 2; ++s)
      tables.parts[interop::bc7_first_part2 + 2 * number + s] = make_part(partition(2, number).subsets, s);
    for (std::uint32_t s = 0; s < 3; ++s)
      tables.parts[interop::bc7_first_part3 + 3 * number + s] = make_part(partition(3, number).subsets, s);
  }
  return tables;
}

/// What the kernels of the ranked search look up.
inline constexpr interop::Bc7RankedTables ranked_tables = make_ranked_tables();

}  // namespace txs::bc7
