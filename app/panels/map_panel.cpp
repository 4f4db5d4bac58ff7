#include "panels/map_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "display/colour_map.h"
#include "display/view_colour.h"
#include "display/view_counts.h"
#include "panels/parts.h"
#include "plots/histogram.h"
#include "plots/plot_area.h"
#include "theme/format.h"
#include "theme/widgets.h"
#include "view/category_layout.h"
#include "view/category_legend.h"
#include "view/category_pairs.h"
#include "view/cell_content.h"

namespace txs::app {
namespace {

using codec::View;
using display::ViewCounter;
using display::ViewCounts;

void choose_map(const session::ExperimentSnapshot& experiment, const View* chosen, std::string& wanted) {
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  const bool open = ImGui::BeginCombo("##map", chosen ? chosen->title.c_str() : "", ImGuiComboFlags_HeightLarge);
  if (!open) {
    if (chosen) tooltip(chosen->help);
    return;
  }
  for (const View& candidate : experiment.views) {
    if (!ViewCounter::counts(candidate)) continue;
    if (ImGui::Selectable(candidate.title.c_str(), &candidate == chosen)) wanted = candidate.id;
    tooltip(candidate.help);
  }
  ImGui::EndCombo();
}

/// How many blocks are counted, and the ways out of the filter.
void draw_summary(const View& view, const ViewCounts* counts, const session::ExperimentSnapshot& experiment,
                  ViewState& state) {
  if (!experiment.views_drawn) {
    caption(experiment.state == session::State::compiling ? "no values yet: compiling kernels\u2026" : "no values yet");
  } else if (!counts) {
    caption("counting\u2026");
  } else {
    std::string text = format_count(counts->with()) + " " + counted_things(view);
    if (counts->without > 0) text += fmt::format(", {} without a value", format_count(counts->without));
    caption(text);
  }
  const bool filtered = filtered_view(state.filter, experiment.views) != nullptr;
  if (view.kind != View::Kind::categorical && !filtered) return;
  const float right = ImGui::GetContentRegionMax().x, gap = theme::px(12);
  ImGui::SameLine(right - label_width("pictures too") - (filtered ? gap + label_width("light all") : 0));
  if (filtered) {
    if (text_button("light all", "All blocks again")) state.filter.lit.reset();
    ImGui::SameLine(0, gap);
  }
  if (text_tab("pictures too##filter", false,
               "Whether reconstruction and error are dimmed with the views, where blocks are filtered"))
    state.filters_pictures = !state.filters_pictures;
  if (state.filters_pictures) {
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    ImGui::GetWindowDrawList()->AddRectFilled({from.x, to.y + theme::px(1)}, {to.x, to.y + theme::px(3)},
                                              colour::accent);
  }
}

void draw_row(const View& view, const ViewCounts* counts, std::size_t category, CategoryFilter& filter) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float row = theme::px(20), mark = category_mark_side(view), width = ImGui::GetContentRegionAvail().x;
  const ImVec2 at = ImGui::GetCursorScreenPos(), to{at.x + width, at.y + row};
  ImGui::PushID(int(category));
  if (ImGui::InvisibleButton("category", {std::max(width, 1.0f), row})) pick(filter, view, category, picks_too());
  ImGui::PopID();
  const bool full = shows(filter, view, category), chosen = full && is_of(filter, view) && filter.lit.any();
  if (chosen || ImGui::IsItemHovered())
    list.AddRectFilled(at, to, chosen ? colour::faded(colour::accent, 0.2f) : colour::faded(colour::text, 0.08f));
  category_tooltip(view, counts, category);

  const std::uint32_t count = counts && category < counts->counts.size() ? counts->counts[category] : 0;
  const float middle = at.y + row / 2, share = theme::px(56), number = theme::px(60);
  const float name_left = at.x + mark + theme::px(8), name_right = at.x + std::floor(width * 0.42f);
  draw_category_mark(list, {at.x + theme::px(2), std::round(middle - mark / 2)}, view, category,
                     !full ? 0.3f : counts && count == 0 ? 0.55f : 1.0f);
  const ImU32 ink = full && (count > 0 || !counts) ? colour::text : colour::text_faint;
  list.PushClipRect({name_left, at.y}, {name_right, to.y}, true);
  draw_label(list, {name_left, middle}, Anchor::left, ink, view.categories[category]);
  list.PopClipRect();
  if (!counts) return;
  const float bar_left = name_right + theme::px(6), bar_room = to.x - share - number - theme::px(6) - bar_left;
  if (count > 0 && bar_room > theme::px(16)) {
    const float length = std::max(1.0f, std::round(bar_room * float(double(count) / double(counts->most()))));
    const auto rgb = display::category_colour(view, category);
    list.AddRectFilled({bar_left, at.y + theme::px(4)}, {bar_left + length, to.y - theme::px(4)},
                       colour::faded(IM_COL32(rgb[0], rgb[1], rgb[2], 255), full ? 1.0f : 0.3f));
  }
  draw_label(list, {to.x - share, middle}, Anchor::right, full ? colour::text_dim : colour::text_faint,
             format_count(count));
  draw_label(list, {to.x - theme::px(4), middle}, Anchor::right, ink, share_text(counts, category));
}

void draw_categories_list(const View& view, std::span<const std::size_t> listed, const ViewCounts* counts,
                          CategoryFilter& filter) {
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {theme::px(8), 0});
  ImGui::BeginChild("categories");
  ImGuiListClipper clipper;
  clipper.Begin(int(listed.size()), theme::px(20));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) draw_row(view, counts, listed[std::size_t(i)], filter);
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

/// All pairs at a glance, between the names of those at the field's corners.
void draw_pairs_field(const View& view, const ViewCounts* counts, CategoryFilter& filter) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float room = ImGui::GetContentRegionAvail().x, line = label_height() + theme::px(4);
  const float side = std::floor(std::min(theme::px(24), room / pairs_size(view, 1).x));
  const ImVec2 at = ImGui::GetCursorScreenPos(), size = pairs_size(view, side);
  const std::size_t columns = display::category_columns(view);
  const ImVec2 field{at.x, at.y + line}, to{at.x + size.x, at.y + line + size.y};
  draw_label(list, {at.x, at.y + line / 2}, Anchor::left, colour::text_dim, view.categories.front());
  draw_label(list, {to.x, at.y + line / 2}, Anchor::right, colour::text_dim, view.categories[(columns - 1) * view.rows]);
  draw_label(list, {at.x, to.y + line / 2}, Anchor::left, colour::text_dim, view.categories[view.rows - 1]);
  draw_pairs(field, side, view, counts, true, filter);
  ImGui::SetCursorScreenPos(at);
  ImGui::Dummy({size.x, size.y + 2 * line});
}

void draw_scale(const View& view, const ViewCounts* counts) {
  if (!counts) return;
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float height = std::clamp(room.y - theme::px(20), theme::px(80), theme::px(240));
  const Range scale{view.minimum, std::max(view.maximum, view.minimum + 1e-9)};
  const auto bar = draw_histogram("histogram", {room.x, height}, counts->counts, scale, display::viridis);
  if (!view.unit.empty()) caption(view.unit);
  if (!bar) return;
  const double part = scale.span() / double(counts->counts.size());
  const double from = scale.low + part * double(*bar);
  const bool last = *bar + 1 == counts->counts.size();
  ImGui::SetTooltip("%s %s%s%s: %s %s, %s", format_short(from).c_str(),
                    last ? "and more" : ("to " + format_short(from + part)).c_str(), view.unit.empty() ? "" : " ",
                    view.unit.c_str(), format_count(counts->counts[*bar]).c_str(), counted_things(view),
                    share_text(counts, *bar).c_str());
}

}  // namespace

bool has_maps(const session::ExperimentSnapshot& experiment) {
  return std::ranges::any_of(experiment.views, ViewCounter::counts);
}

void draw_map_panel(const session::Snapshot& snapshot, ViewState& state) {
  const session::ExperimentSnapshot& experiment = snapshot.focused();
  const View* chosen = shown_view(snapshot, state, snapshot.focus);
  const bool counted = chosen && ViewCounter::counts(*chosen);
  choose_map(experiment, chosen, chosen_view(state, snapshot.focus));
  if (!counted) return caption("This view has no values that can be counted.");
  const ViewCounts* counts = counts_of(*chosen, experiment.view_counts.get());
  draw_summary(*chosen, counts, experiment, state);
  ImGui::Dummy({0, theme::px(2)});
  if (chosen->kind != View::Kind::categorical) return draw_scale(*chosen, counts);
  if (chosen->rows > 1) draw_pairs_field(*chosen, counts, state.filter);
  // Pairs are many, and the field has them all in their order.
  draw_categories_list(*chosen, chosen->rows > 1 ? by_frequency(*chosen, counts) : by_frequency(*chosen, nullptr), counts,
                       state.filter);
}

}  // namespace txs::app
