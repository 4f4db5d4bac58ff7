#include "view/category_legend.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "display/colour_map.h"
#include "theme/format.h"
#include "theme/widgets.h"

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

/// A category's place in the legend, from its top left corner.
struct Entry {
  std::size_t category;
  ImVec2 place;
  float width;
};

struct Plan {
  std::vector<Entry> entries;
  ImVec2 size;
  float row = 0;
};

/// What is written beside a mark.
enum class Words { none, name, name_and_share };

/// The share's room stays the same while it changes.
float words_width(const codec::View& view, std::size_t category, Words words) {
  if (words == Words::none) return theme::px(4);
  const float share = words == Words::name_and_share ? theme::px(5) + text_width("< 0.1 %") : 0;
  return theme::px(4) + text_width(view.categories[category]) + share + theme::px(10);
}

/// As many a row as fit into `room`.
Plan plan_legend(const codec::View& view, float room, Words words) {
  const float mark = category_mark_side(view);
  Plan plan;
  plan.row = std::max(theme::px(18), mark + theme::px(4));
  plan.size = {0, plan.row};
  ImVec2 at{0, 0};
  for (std::size_t i = 0; i < view.categories.size(); ++i) {
    const float width = mark + words_width(view, i, words);
    if (at.x > 0 && at.x + width > room) at = {0, at.y + plan.row};
    plan.entries.push_back({i, at, width});
    at.x += width;
    plan.size = {std::max(plan.size.x, at.x), at.y + plan.row};
  }
  return plan;
}

void draw_entry(ImVec2 at, const Entry& entry, const Plan& plan, const codec::View& view,
                const display::ViewCounts* counts, Words words, CategoryFilter& filter) {
  const float mark = category_mark_side(view);
  ImGui::SetCursorScreenPos(at);
  ImGui::PushID(int(entry.category));
  if (ImGui::InvisibleButton("category", {entry.width - theme::px(2), plan.row}))
    pick(filter, view, entry.category, picks_too());
  const bool hovered = ImGui::IsItemHovered();
  category_tooltip(view, counts, entry.category);
  ImGui::PopID();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool full = shows(filter, view, entry.category);
  const bool absent = counts && entry.category < counts->counts.size() && counts->counts[entry.category] == 0;
  const ImVec2 corner{at.x, at.y + std::floor((plan.row - mark) / 2)};
  draw_category_mark(list, corner, view, entry.category, full ? absent ? 0.55f : 1.0f : 0.3f);
  if (hovered)
    list.AddRect({corner.x - 1, corner.y - 1}, {corner.x + mark + 1, corner.y + mark + 1}, colour::text);
  if (words == Words::none) return;
  const ImFont& font = *theme::fonts().caption;
  const float y = at.y + std::floor((plan.row - font.FontSize) / 2);
  const auto put = [&](float x, const std::string& text, ImU32 ink) {
    list.AddText(&font, font.FontSize, {x, y}, ink, text.c_str());
  };
  const std::string& name = view.categories[entry.category];
  put(at.x + mark + theme::px(4), name, !full || absent ? colour::text_faint : colour::text);
  if (words == Words::name) return;
  const std::string share = share_text(counts, entry.category);
  put(at.x + mark + theme::px(9) + text_width(name), share, full ? colour::text_dim : colour::text_faint);
}

}  // namespace

float category_mark_side(const codec::View& view) { return view.patterns.empty() ? theme::px(10) : theme::px(16); }

void draw_category_mark(ImDrawList& list, ImVec2 from, const codec::View& view, std::size_t category, float opacity) {
  const auto rgb = display::category_colour(std::uint32_t(category));
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
    text += fmt::format(": {} of {} blocks, {}", format_count(counts->counts[category]), format_count(counts->with()),
                        share_text(counts, category));
  tooltip(text + ". Click: these alone stay lit, again: all. With Ctrl: these too.");
}

bool picks_too() { return ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeyShift; }

void draw_categories(ImVec2 from, ImVec2 to, const codec::View& view, const display::ViewCounts* counts,
                     CategoryFilter& filter) {
  counts = counts_of(view, counts);
  const float pad = theme::px(6), room = to.x - from.x - 4 * pad;
  // In a small cell more rows would hide the picture: the tooltips have the names, the list of all blocks the shares.
  constexpr float most_rows = 2;
  Words words = counts ? Words::name_and_share : Words::name;
  Plan plan = plan_legend(view, room, words);
  for (const Words fewer : {Words::name, Words::none}) {
    if (plan.size.y <= most_rows * plan.row) break;
    words = fewer;
    plan = plan_legend(view, room - ImGui::GetStyle().ScrollbarSize, words);
  }
  const float most = std::max(plan.row, std::floor((to.y - from.y) * 0.3f / plan.row) * plan.row);
  const float height = std::min(plan.size.y, most);
  const bool scrolls = height < plan.size.y;
  const float width = plan.size.x + pad + (scrolls ? ImGui::GetStyle().ScrollbarSize : 0);

  const ImVec2 corner{from.x + pad, to.y - pad - height - theme::px(4)};
  ImGui::SetCursorScreenPos(corner);
  ImGui::PushStyleColor(ImGuiCol_ChildBg, colour::faded(colour::canvas, 0.85f));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  const ImGuiWindowFlags flags = scrolls ? ImGuiWindowFlags_None : ImGuiWindowFlags_NoScrollWithMouse;
  ImGui::BeginChild("categories", {width, height + theme::px(4)}, false, flags);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  for (const Entry& entry : plan.entries) {
    const ImVec2 at{origin.x + pad + entry.place.x, origin.y + theme::px(2) + entry.place.y};
    draw_entry(at, entry, plan, view, counts, words, filter);
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor();
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
