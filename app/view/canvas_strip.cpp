#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theme/format.h"
#include "theme/widgets.h"
#include "view/canvas.h"
#include "view/legend.h"
#include "view/light_controls.h"

// The canvas's title strips: what a cell shows, its zoom, its colour bar, and the choice of the codec's view.

namespace txs::app {
namespace {

std::string zoom_text(const ViewState& view, float zoom) {
  const std::string percent = format_short(std::round(double(zoom) * 1000) / 10) + " %";
  return view.zoom == 0 ? "fit, " + percent : percent;
}

/// A cell is shown once: where another place of the grid has it, the two change places.
void put(ViewState& view, int place, Cell cell) {
  if (place < 0) {
    view.filling = cell;
    return;
  }
  Cell& here = view.grid[std::size_t(place)];
  const auto elsewhere = std::ranges::find(view.grid, cell);
  if (elsewhere != view.grid.end()) *elsewhere = here;
  here = cell;
}

}  // namespace

float Canvas::strip_height() { return theme::px(26); }

void Canvas::draw_strip(const Place& place, const session::Snapshot& snapshot, ViewState& view) {
  const float height = strip_height();
  ImGui::GetWindowDrawList()->AddRectFilled(place.strip, {place.strip.x + cell_.width, place.strip.y + height},
                                            colour::raised);
  const float tools_left = draw_strip_tools(place, snapshot, view);
  const float left = choose_cell(place, snapshot, view);
  if (kind_of(place.shown.cell) == Cell::codec_view && !place.shown.left)
    choose_view(place, snapshot, view, left, tools_left - theme::px(8));
  else
    draw_title(place, snapshot, view, left, tools_left - theme::px(8));
}

/// The name alone where there is no room for what is said of it.
void Canvas::draw_title(const Place& place, const session::Snapshot& snapshot, ViewState& view, float left,
                        float right) {
  std::string title = cell_title(place.shown, snapshot, view);
  const float room = right - left, height = strip_height();
  const ImFont* font = theme::fonts().text;
  const auto fits = [&] { return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, title.c_str()).x <= room; };
  if (!fits()) font = theme::fonts().caption;
  while (!fits() && !place.shown.left) {
    const auto dot = title.rfind(" \u00B7 ");
    if (dot == std::string::npos) break;
    title.resize(dot);
  }
  const ImVec2 at{left, place.strip.y + std::floor((height - font->FontSize) / 2)};
  const ImVec4 clip{left, place.strip.y, left + std::max(0.0f, room), place.strip.y + height};
  ImGui::GetWindowDrawList()->AddText(font, font->FontSize, at, colour::text, title.c_str(), nullptr, 0, &clip);
}

/// A small menu at the strip's left end: what this place shows. Returns where the title begins.
float Canvas::choose_cell(const Place& place, const session::Snapshot& snapshot, ViewState& view) {
  const float height = strip_height(), width = theme::px(22);
  ImGui::SetCursorScreenPos(place.strip);
  if (ImGui::InvisibleButton("cell", {width, height})) ImGui::OpenPopup("cells");
  const bool hot = ImGui::IsItemHovered();
  tooltip("What is shown here. Double click a picture to see it alone.");
  draw_icon(*ImGui::GetWindowDrawList(), Icon::down,
            {place.strip.x + std::round(width / 2), place.strip.y + std::round(height / 2)}, theme::px(8),
            hot ? colour::text : colour::text_dim);
  ImGui::SetNextWindowPos({place.strip.x, place.strip.y + height});
  if (ImGui::BeginPopup("cells")) {
    for (int i = 0; i < cell_count; ++i) {
      const auto cell = Cell(i);
      if (!available(cell, snapshot)) continue;
      if (cell == Cell::reconstruction_b || cell == Cell::between) ImGui::Separator();
      if (!ImGui::Selectable(cell_name(cell, snapshot).c_str(), cell == place.cell)) continue;
      put(view, place.index, cell);
    }
    ImGui::EndPopup();
  }
  return place.strip.x + width;
}

/// The right end of the strip: a colour bar, or the zoom. Returns its left edge.
float Canvas::draw_strip_tools(const Place& place, const session::Snapshot& snapshot, ViewState& view) {
  const float height = strip_height(), pad = theme::px(8), room = cell_.width * 0.55f;
  const ImVec2 right{place.strip.x + cell_.width - pad, place.strip.y};
  const Cell kind = kind_of(place.shown.cell);
  const session::ExperimentSnapshot* experiment = snapshot.of(slot_of(place.shown.cell));
  const bool of_light = experiment && is_of_light(*experiment);
  if (place.shown.minus) return draw_error_bar(right, height, room, view.error_scale, true, of_light);
  if (kind == Cell::error || kind == Cell::between)
    return draw_error_bar(right, height, room, view.error_scale, false, of_light);
  if (kind == Cell::codec_view) {
    const codec::View* chosen = shown_view(snapshot, view, slot_of(place.shown.cell));
    return chosen && chosen->kind == codec::View::Kind::scalar ? draw_scalar_bar(right, height, room, *chosen)
                                                               : right.x;  // others have their legend in the picture
  }
  if (!snapshot.source) return right.x;
  if (place.index > 0) return shows_light(place.shown.cell, snapshot) ? draw_light_controls(right, height, view) : right.x;
  const auto& font = *theme::fonts().caption;
  const std::string text = zoom_text(view, projection_.zoom);
  const float left = right.x - font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.c_str()).x;
  ImGui::GetWindowDrawList()->AddText(&font, font.FontSize, {left, right.y + std::floor((height - font.FontSize) / 2)},
                                      colour::text_dim, text.c_str());
  if (!shows_light(place.shown.cell, snapshot)) return left;
  return draw_light_controls({left - theme::px(12), right.y}, height, view);
}

/// The title of the codec view's cell is the choice of the view.
void Canvas::choose_view(const Place& place, const session::Snapshot& snapshot, ViewState& view, float left, float right) {
  const session::Slot slot = slot_of(place.shown.cell);
  const session::ExperimentSnapshot* experiment = snapshot.of(slot);
  const codec::View* chosen = shown_view(snapshot, view, slot);
  if (!experiment) return;
  const bool features = chosen && chosen->kind == codec::View::Kind::features;
  const float width = std::clamp(features ? cell_.width * 0.36f : right - left, theme::px(48), theme::px(200));
  const float inset = std::floor((strip_height() - ImGui::GetFrameHeight()) / 2);
  ImGui::SetCursorScreenPos({left, place.strip.y + inset});
  ImGui::SetNextItemWidth(width);
  const std::string whose = !snapshot.b ? "" : slot == session::Slot::b ? "B: " : "A: ";
  const std::string shown = whose + (chosen ? chosen->title : "Codec view");
  const bool open = ImGui::BeginCombo("##view", shown.c_str(), ImGuiComboFlags_HeightLarge);
  if (chosen && !open) tooltip(chosen->help);
  if (open) {
    for (const codec::View& candidate : experiment->views) {
      if (ImGui::Selectable(candidate.title.c_str(), &candidate == chosen)) chosen_view(view, slot) = candidate.id;
      tooltip(candidate.help);
    }
    ImGui::EndCombo();
  }
  if (features) {
    const float from = left + width + theme::px(8);
    draw_feature_controls({from, place.strip.y}, strip_height(), place.strip.x + cell_.width - from - theme::px(4),
                          *chosen, view.features);
  }
}

}  // namespace txs::app
