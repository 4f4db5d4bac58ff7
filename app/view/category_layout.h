#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "codec/codec.h"
#include "display/view_counts.h"

namespace txs::app {

// Which categories of a view its legend names, and where. Lengths in pixels, from the legend's top left corner.

/// Those that occur, the most frequent ones first; without counts all that there are, in their order.
std::vector<std::size_t> by_frequency(const codec::View& view, const display::ViewCounts* counts);

/// What is laid out: a mark and words beside it.
struct LegendSizes {
  float mark, row, gap;                                  ///< gap: between mark and words
  std::function<float(const std::string& text)> width;  ///< of words
};

struct LegendEntry {
  std::size_t category;
  float x, y, width;
};

struct LegendPlan {
  std::vector<LegendEntry> entries;
  bool with_shares = false;          ///< a share stands behind each name
  std::vector<std::size_t> others;  ///< that occur and have no entry: "5 others" stands for them
  float others_x = 0, others_y = 0, others_width = 0;
  float width = 0, height = 0;
};

/// "5 others"; "1 other".
std::string others_text(std::size_t count);

/// In rows of at most `room`, at most `most_rows` of them: all categories with their shares, or those that occur, or all
/// by their names alone; if these are too many, those that occur most, in their own order.
LegendPlan plan_rows(const codec::View& view, const display::ViewCounts* counts, float room, std::size_t most_rows,
                     const LegendSizes& sizes);

/// One below the other, the most frequent first, at most `most_rows`.
LegendPlan plan_column(const codec::View& view, const display::ViewCounts* counts, std::size_t most_rows,
                       const LegendSizes& sizes);

}  // namespace txs::app
