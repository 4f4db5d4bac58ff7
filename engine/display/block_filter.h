#pragma once
#include <bitset>
#include <cstdint>

#include "codec/codec.h"

namespace txs::display {

/// Some of a categorical view's categories: bit i stands for category i.
using Categories = std::bitset<codec::View::most_categories>;

/// Which blocks of a panel keep their light; the others are dimmed, so that where those lie can be seen in any picture.
struct BlockFilter {
  const gpu::Texture* map = nullptr;  ///< of a categorical view; null: all are lit
  std::uint32_t texels_wide = 1, texels_high = 1;  ///< image texels that a texel of the map covers, up to 65535
  Categories lit;

  bool operator==(const BlockFilter&) const = default;
};

}  // namespace txs::display
