#pragma once
#include <bitset>
#include <cstddef>
#include <optional>

#include "panels/block_colours.h"

namespace txs::app {

// What several of the inspector's tabs draw of a block.

/// Texels that stand out in all grids; none of a block has more.
using LitTexels = std::bitset<144>;

/// Original, decoded, and palette indices with the colours that they stand for, side by side; the frame of an index is
/// that of its line. Returns the texel under the mouse.
std::optional<std::size_t> draw_texel_grids(const codec::BlockInspection& block, const BlockColours& colours,
                                            const LitTexels& lit, float largest_side);
void texel_tooltip(const codec::BlockInspection& block, const BlockColours& colours, std::size_t texel);

/// A line's endpoints, palette and numbers. `lit_end`: 0 low, 1 high, -1 neither; returns the end under the mouse so.
int draw_line(const BlockLine& line, const BlockColours& colours, int lit_end);

/// A line of captions, with the space below it.
float label_row();

}  // namespace txs::app
