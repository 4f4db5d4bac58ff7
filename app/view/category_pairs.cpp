#include "view/category_pairs.h"

#include <algorithm>
#include <cmath>

#include "display/view_colour.h"
#include "theme/theme.h"
#include "view/category_legend.h"

namespace txs::app {
namespace {

struct Box {
  ImVec2 from, to;
};

Box box_of(ImVec2 corner, float side, const codec::View& view, std::size_t category) {
  const ImVec2 from{corner.x + side * float(category / view.rows), corner.y + side * float(category % view.rows)};
  return {from, {from.x + side - 1, from.y + side - 1}};
}

Box shrunk(const Box& box, double area) {
  const float full = box.to.x - box.from.x, side = std::max(2.0f, std::round(full * float(std::sqrt(area))));
  const float inset = std::floor((full - side) / 2);
  return {{box.from.x + inset, box.from.y + inset}, {box.from.x + inset + side, box.from.y + inset + side}};
}

}  // namespace

ImVec2 pairs_size(const codec::View& view, float side) {
  return {side * float(display::category_columns(view)), side * float(view.rows)};
}

void draw_pairs(ImVec2 corner, float side, const codec::View& view, const display::ViewCounts* counts, bool by_share,
                CategoryFilter& filter) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (std::size_t i = 0; i < view.categories.size(); ++i) {
    if (view.categories[i].empty()) continue;
    const Box box = box_of(corner, side, view, i);
    ImGui::SetCursorScreenPos(box.from);
    ImGui::PushID(int(i));
    if (ImGui::InvisibleButton("pair", {side, side})) pick(filter, view, i, picks_too());
    ImGui::PopID();
    const bool hovered = ImGui::IsItemHovered();
    category_tooltip(view, counts, i);

    const std::uint32_t count = counts && i < counts->counts.size() ? counts->counts[i] : 0;
    const bool full = shows(filter, view, i), faint = !full || (counts && count == 0);
    const auto rgb = display::category_colour(view, i);
    const ImU32 ink = IM_COL32(rgb[0], rgb[1], rgb[2], 255);
    if (by_share && counts) {
      list.AddRectFilled(box.from, box.to, colour::faded(ink, 0.12f));
      const Box filled = shrunk(box, double(count) / double(std::max(counts->most(), 1u)));
      if (count > 0) list.AddRectFilled(filled.from, filled.to, colour::faded(ink, full ? 1.0f : 0.3f));
    } else {
      list.AddRectFilled(box.from, box.to, colour::faded(ink, faint ? 0.3f : 1.0f));
    }
    if (hovered || (is_of(filter, view) && filter.lit.any() && full))
      list.AddRect({box.from.x - 1, box.from.y - 1}, {box.to.x + 1, box.to.y + 1}, colour::text);
  }
}

}  // namespace txs::app
