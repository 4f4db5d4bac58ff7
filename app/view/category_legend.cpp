#include "view/category_legend.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "display/view_colour.h"
#include "theme/format.h"
#include "theme/widgets.h"
#include "view/category_layout.h"
#include "view/category_pairs.h"

namespace txs::app {
namespace {

constexpr std::size_t pattern_side = 4;

float text_width(const std::string& text) {
  const ImFont& font = *theme::fonts().caption;
  return font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.c_str()).x;
}

ImU32 scaled(const std::array<std::uint8_t, 3>& rgb, float by) {
  const auto scale = [by](std::uint8_t value) { return int(std::lround(float(value) * by)); };
  return IM_COL32(scale(rgb[0]), scale(rgb[1]), scale(rgb[2]), 255);
}

LegendSizes sizes_for(const codec::View& view) {
  const float mark = category_mark_side(view);
  return {mark, std::max(theme::px(18), mark + theme::px(4)), theme::px(4), text_width};
}

void put(ImVec2 at, const std::string& text, ImU32 ink) {
  const ImFont& font = *theme::fonts().caption;
  ImGui::GetWindowDrawList()->AddText(&font, font.FontSize, at, ink, text.c_str());
}

void draw_entry(ImVec2 at, const LegendEntry& entry, bool with_share, const codec::View& view,
                const display::ViewCounts* counts, CategoryFilter& filter) {
  const LegendSizes sizes = sizes_for(view);
  ImGui::SetCursorScreenPos(at);
  ImGui::PushID(int(entry.category));
  if (ImGui::InvisibleButton("category", {entry.width - theme::px(2), sizes.row}))
    pick(filter, view, entry.category, picks_too());
  const bool hovered = ImGui::IsItemHovered();
  category_tooltip(view, counts, entry.category);
  ImGui::PopID();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool full = shows(filter, view, entry.category);
  const bool absent = counts && entry.category < counts->counts.size() && counts->counts[entry.category] == 0;
  const ImVec2 corner{at.x, at.y + std::floor((sizes.row - sizes.mark) / 2)};
  draw_category_mark(list, corner, view, entry.category, full ? absent ? 0.55f : 1.0f : 0.3f);
  if (hovered)
    list.AddRect({corner.x - 1, corner.y - 1}, {corner.x + sizes.mark + 1, corner.y + sizes.mark + 1}, colour::text);
  const std::string& name = view.categories[entry.category];
  const float x = at.x + sizes.mark + sizes.gap, y = at.y + std::floor((sizes.row - theme::fonts().caption->FontSize) / 2);
  put({x, y}, name, !full || absent ? colour::text_faint : colour::text);
  if (with_share)
    put({x + text_width(name) + sizes.gap, y}, share_text(counts, entry.category), full ? colour::text_dim : colour::text_faint);
}

/// In the tooltip the first of them by name.
void draw_others(ImVec2 at, const LegendPlan& plan, const codec::View& view, const display::ViewCounts* counts) {
  constexpr std::size_t most_told = 16;
  const LegendSizes sizes = sizes_for(view);
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("others", {plan.others_width, sizes.row});
  std::string text;
  for (std::size_t i = 0; i < std::min(plan.others.size(), most_told); ++i) {
    const std::size_t category = plan.others[i];
    if (i > 0) text += ", ";
    text += counts ? fmt::format("{} {}", view.categories[category], share_text(counts, category)) : view.categories[category];
  }
  tooltip(text + (plan.others.size() > most_told ? ", \u2026" : "") + ". The inspector lists all blocks by these names.");
  const ImU32 ink = ImGui::IsItemHovered() ? colour::text : colour::text_dim;
  put({at.x, at.y + std::floor((sizes.row - theme::fonts().caption->FontSize) / 2)}, others_text(plan.others.size()), ink);
}

void draw_plan(ImVec2 at, const LegendPlan& plan, const codec::View& view, const display::ViewCounts* counts,
               CategoryFilter& filter) {
  for (const LegendEntry& entry : plan.entries)
    draw_entry({at.x + entry.x, at.y + entry.y}, entry, plan.with_shares, view, counts, filter);
  if (!plan.others.empty()) draw_others({at.x + plan.others_x, at.y + plan.others_y}, plan, view, counts);
}

/// Content of this size in the lower left corner of [from, to], on a ground that the picture shines through a little.
void draw_on_ground(ImVec2 from, ImVec2 to, ImVec2 size, const std::function<void(ImVec2 at)>& content) {
  const float pad = theme::px(6), inner = theme::px(2);
  ImGui::SetCursorScreenPos({from.x + pad, to.y - pad - size.y - 2 * inner});
  ImGui::PushStyleColor(ImGuiCol_ChildBg, colour::faded(colour::canvas, 0.85f));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::BeginChild("categories", {size.x + pad, size.y + 2 * inner}, false, ImGuiWindowFlags_NoScrollWithMouse);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  content({origin.x + pad, origin.y + inner});
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
}

/// All in their order, between the names of the first and the last.
void draw_order_legend(ImVec2 from, ImVec2 to, const codec::View& view, const display::ViewCounts* counts,
                       CategoryFilter& filter) {
  const LegendSizes sizes = sizes_for(view);
  const std::string &first = view.categories.front(), &last = view.categories.back();
  const float words = text_width(first) + text_width(last) + 2 * sizes.gap, room = to.x - from.x - theme::px(24) - words;
  const float side = std::floor(std::clamp(room / float(view.categories.size()), theme::px(5), theme::px(14)));
  const ImVec2 field = pairs_size(view, side);
  draw_on_ground(from, to, {field.x + words, sizes.row}, [&](ImVec2 at) {
    const float y = at.y + std::floor((sizes.row - theme::fonts().caption->FontSize) / 2);
    const float left = at.x + text_width(first) + sizes.gap;
    put({at.x, y}, first, colour::text_dim);
    draw_pairs({left, at.y + std::floor((sizes.row - side) / 2)}, side, view, counts, false, filter);
    put({left + field.x + sizes.gap, y}, last, colour::text_dim);
  });
}

/// The field of all pairs and beside it those that most blocks have, in the lower third of the picture.
void draw_pairs_legend(ImVec2 from, ImVec2 to, const codec::View& view, const display::ViewCounts* counts,
                       CategoryFilter& filter) {
  const LegendSizes sizes = sizes_for(view);
  const ImVec2 ones = pairs_size(view, 1);
  const float height = (to.y - from.y) / 3, width = (to.x - from.x) / 3;
  const float side = std::floor(std::clamp(std::min(height / ones.y, width / ones.x), theme::px(5), theme::px(14)));
  const ImVec2 field = pairs_size(view, side);
  const auto rows = std::size_t(std::max(std::floor(field.y / sizes.row), 1.0f));
  const LegendPlan plan = plan_column(view, counts, rows, sizes);
  const float gap = theme::px(10);
  draw_on_ground(from, to, {field.x + gap + plan.width, std::max(field.y, plan.height)}, [&](ImVec2 at) {
    draw_pairs(at, side, view, counts, false, filter);
    draw_plan({at.x + field.x + gap, at.y}, plan, view, counts, filter);
  });
}

}  // namespace

float category_mark_side(const codec::View& view) { return view.patterns.empty() ? theme::px(10) : theme::px(16); }

void draw_category_mark(ImDrawList& list, ImVec2 from, const codec::View& view, std::size_t category, float opacity) {
  const auto rgb = display::category_colour(view, category);
  const float side = category_mark_side(view);
  if (category >= view.patterns.size()) {
    list.AddRectFilled(from, {from.x + side, from.y + side}, colour::faded(scaled(rgb, 1), opacity));
    return;
  }
  // Of the category's colour the first subset, the others darker: the map has the colour, the pattern tells which.
  constexpr std::array<float, 4> shades{1, 0.2f, 0.55f, 0.75f};
  const float cell = side / float(pattern_side);
  for (std::size_t i = 0; i < pattern_side * pattern_side; ++i) {
    const std::size_t subset = view.patterns[category] >> (2 * i) & 3;
    const auto corner = [&](std::size_t x, std::size_t y) {
      return ImVec2{from.x + std::round(cell * float(x)), from.y + std::round(cell * float(y))};
    };
    const std::size_t x = i % pattern_side, y = i / pattern_side;
    list.AddRectFilled(corner(x, y), corner(x + 1, y + 1), colour::faded(scaled(rgb, shades[subset]), opacity));
  }
}

const display::ViewCounts* counts_of(const codec::View& view, const display::ViewCounts* counts) {
  return counts && counts->view == view.id ? counts : nullptr;
}

const char* counted_things(const codec::View& view) {
  return view.texels_wide == 1 && view.texels_high == 1 ? "texels" : "blocks";
}

std::string share_text(const display::ViewCounts* counts, std::size_t category) {
  if (!counts || category >= counts->counts.size()) return {};
  const std::uint64_t all = counts->with();
  if (counts->counts[category] == 0 || all == 0) return "0";
  const double percent = 100.0 * double(counts->counts[category]) / double(all);
  if (percent < 0.1) return "< 0.1 %";
  return fmt::format("{:.{}f} %", percent, percent < 9.95 ? 1 : 0);
}

void category_tooltip(const codec::View& view, const display::ViewCounts* counts, std::size_t category) {
  std::string text = view.categories[category];
  if (counts && category < counts->counts.size())
    text += fmt::format(": {} of {} {}, {}", format_count(counts->counts[category]), format_count(counts->with()),
                        counted_things(view), share_text(counts, category));
  tooltip(text + ". Click: these alone stay lit, again: all. With Ctrl: these too.");
}

bool picks_too() { return ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeyShift; }

void draw_categories(ImVec2 from, ImVec2 to, const codec::View& view, const display::ViewCounts* counts,
                     CategoryFilter& filter) {
  counts = counts_of(view, counts);
  if (view.rows > 1) return draw_pairs_legend(from, to, view, counts, filter);
  constexpr std::size_t most_rows = 2;  // in a small cell more would hide the picture
  const LegendPlan plan = plan_rows(view, counts, to.x - from.x - theme::px(24), most_rows, sizes_for(view));
  if (view.rows == 1 && !plan.others.empty()) return draw_order_legend(from, to, view, counts, filter);
  draw_on_ground(from, to, {plan.width, plan.height},
                 [&](ImVec2 at) { draw_plan(at, plan, view, counts, filter); });
}

void draw_filter_note(ImVec2 from, ImVec2 to, std::span<const codec::View> views, CategoryFilter& filter) {
  const codec::View* view = filtered_view(filter, views);
  if (!view) return;
  const ImFont& font = *theme::fonts().caption;
  const float pad = theme::px(6), height = theme::px(20), cross = theme::px(9);
  const std::string text = "only " + names_of(filter, *view);
  const float wanted = text_width(text) + cross + 3 * pad, width = std::min(wanted, to.x - from.x - 2 * pad);
  if (width < 4 * pad) return;
  const ImVec2 corner{from.x + pad, from.y + pad}, end{corner.x + width, corner.y + height};
  ImGui::SetCursorScreenPos(corner);
  const bool pressed = ImGui::InvisibleButton("filter", {width, height});
  const bool hot = ImGui::IsItemHovered();
  tooltip(text + " of the view \u201C" + view->title + "\u201D are lit. Click: all blocks again.");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(corner, end, hot ? colour::accent_dim : colour::faded(colour::canvas, 0.9f), 2);
  list.AddRectFilled(corner, {corner.x + theme::px(2), end.y}, colour::accent);
  const ImVec4 clip{corner.x, corner.y, end.x - cross - 2 * pad, end.y};
  list.AddText(&font, font.FontSize, {corner.x + pad, corner.y + std::floor((height - font.FontSize) / 2)},
               colour::text, text.c_str(), nullptr, 0, &clip);
  const float half = cross / 2, x = end.x - pad - half, y = (corner.y + end.y) / 2;
  list.AddLine({x - half, y - half}, {x + half, y + half}, colour::text, theme::px(1.5f));
  list.AddLine({x - half, y + half}, {x + half, y - half}, colour::text, theme::px(1.5f));
  if (pressed) filter.lit.reset();
}

}  // namespace txs::app
