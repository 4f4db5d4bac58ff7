#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "codec/codec.h"
#include "display/block_filter.h"

namespace txs::app {

/// The categories of one of the codec's views whose blocks stay lit in all pictures; the others are dimmed.
struct CategoryFilter {
  std::string view;                     ///< its id
  std::vector<std::string> categories;  ///< its own: another codec's view of that name has other ones
  display::Categories lit;              ///< none: no block is dimmed

  bool operator==(const CategoryFilter&) const = default;
};

/// A click on a category: it alone, or all again where it was alone. `too` (Ctrl or Shift held): it joins the others, or
/// leaves them.
void pick(CategoryFilter& filter, const codec::View& view, std::size_t category, bool too);

/// Whether it is this view that the filter is of.
bool is_of(const CategoryFilter& filter, const codec::View& view);

/// The view that blocks are filtered by; null where nothing is, or where these views lack it.
const codec::View* filtered_view(const CategoryFilter& filter, std::span<const codec::View> views);

/// Whether the legend of `view` shows the category in full.
bool shows(const CategoryFilter& filter, const codec::View& view, std::size_t category);

/// "mode 1", "mode 1, mode 6", "5 of 64 of Partition".
std::string names_of(const CategoryFilter& filter, const codec::View& view);

/// As panels take it; of a view that these views lack: everything lit.
display::BlockFilter block_filter(const CategoryFilter& filter, std::span<const codec::View> views);

}  // namespace txs::app
