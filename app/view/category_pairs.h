#pragma once
#include <imgui.h>

#include "codec/codec.h"
#include "display/view_counts.h"
#include "view/category_filter.h"

namespace txs::app {

// Categories that are pairs of numbers as a field of swatches: the first number rises to the right, the second downwards.
// Single numbers that have an order are a field of one row.

ImVec2 pairs_size(const codec::View& view, float side);

/// `side`: of a swatch and the line beside it. Those that do not occur are faint. `by_share`: the area of each says how many
/// blocks have it, against the most frequent one. A click on one keeps its blocks lit.
void draw_pairs(ImVec2 corner, float side, const codec::View& view, const display::ViewCounts* counts, bool by_share,
                CategoryFilter& filter);

}  // namespace txs::app
