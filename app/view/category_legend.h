#pragma once
#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "codec/codec.h"
#include "display/view_counts.h"
#include "view/category_filter.h"

namespace txs::app {

// Categories of a view: what stands for them, how many blocks have them, and the choice of those that stay lit.

/// The side of what stands for a category: a swatch, or the pattern of a partition.
float category_mark_side(const codec::View& view);
void draw_category_mark(ImDrawList& list, ImVec2 from, const codec::View& view, std::size_t category, float opacity);

/// The counts if they are this view's, else null.
const display::ViewCounts* counts_of(const codec::View& view, const display::ViewCounts* counts);
/// "blocks", or "texels" of a view that has a value for each.
const char* counted_things(const codec::View& view);
/// "61 %", "0.4 %", "< 0.1 %", "0": of the texels that have a value. Empty without counts.
std::string share_text(const display::ViewCounts* counts, std::size_t category);

/// Of the item before: the category's name, how many blocks have it, and what a click does.
void category_tooltip(const codec::View& view, const display::ViewCounts* counts, std::size_t category);
/// Whether what is clicked now joins what was chosen before.
bool picks_too();

/// Over the bottom of the picture in [from, to]; a click on one keeps its blocks lit and dims the others. Of too many for two
/// lines those that most blocks have; those with an order all, and pairs of numbers as a field.
void draw_categories(ImVec2 from, ImVec2 to, const codec::View& view, const display::ViewCounts* counts,
                     CategoryFilter& filter);

/// Over the top of a picture that is filtered: by what, and a click lights all blocks again. Nothing without a filter.
void draw_filter_note(ImVec2 from, ImVec2 to, std::span<const codec::View> views, CategoryFilter& filter);

}  // namespace txs::app
