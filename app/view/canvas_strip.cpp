#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theme/format.h"
#include "theme/widgets.h"
#include "view/canvas.h"
#include "view/legend.h"

// The canvas's title strips: what a cell shows, its zoom, its colour bar, and the choice of the codec's view.

namespace txs::app {
namespace {

std::string zoom_text(const ViewState& view, float zoom) {
  const std::string percent = format_short(std::round(double(zoom) * 1000) / 10) + " %";
  return view.zoom == 0 ? "fit, " + percent : percent;
}

}  // namespace

float Canvas::strip_height() { return theme::px(26); }

void Canvas::draw_strip(const Place& place, const session::Snapshot& snapshot, ViewState& view) {
  auto& list = *ImGui::GetWindowDrawList();
  const float height = strip_height(), pad = theme::px(8);
  list.AddRectFilled(place.strip, {place.strip.x + cell_.width, place.strip.y + height}, colour::raised);
  const float tools_left = draw_strip_tools(place, snapshot, view);
  if (place.shown.cell == Cell::codec_view && !place.shown.left) return choose_view(place, snapshot, view);
  std::string title = cell_title(place.shown, snapshot, view);
  const float x = place.strip.x + pad, room = tools_left - pad - x;
  const ImFont* font = theme::fonts().text;
  const auto fits = [&] { return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, title.c_str()).x <= room; };
  if (!fits()) font = theme::fonts().caption;
  // The name alone where there is no room for what is said of it.
  if (const auto dot = title.find(" \u00B7 "); !fits() && dot != std::string::npos && !place.shown.left)
    title.resize(dot);
  const ImVec2 at{x, place.strip.y + std::floor((height - font->FontSize) / 2)};
  const ImVec4 clip{x, place.strip.y, x + std::max(0.0f, room), place.strip.y + height};
  list.AddText(font, font->FontSize, at, colour::text, title.c_str(), nullptr, 0, &clip);
}

/// The right end of the strip: a colour bar, or the zoom. Returns its left edge.
float Canvas::draw_strip_tools(const Place& place, const session::Snapshot& snapshot, ViewState& view) {
  const float height = strip_height(), pad = theme::px(8), room = cell_.width * 0.55f;
  const ImVec2 right{place.strip.x + cell_.width - pad, place.strip.y};
  if (place.shown.difference) return draw_error_bar(right, height, room, view.error_scale, true);
  if (place.shown.cell == Cell::error) return draw_error_bar(right, height, room, view.error_scale, false);
  if (place.shown.cell == Cell::codec_view) {
    const codec::View* chosen = shown_view(snapshot, view);
    return chosen && chosen->kind == codec::View::Kind::scalar ? draw_scalar_bar(right, height, room, *chosen)
                                                               : right.x;  // others have their legend in the picture
  }
  if (!snapshot.source || (place.cell != Cell::original && !view.filling)) return right.x;
  const auto& font = *theme::fonts().caption;
  const std::string text = zoom_text(view, projection_.zoom);
  const float left = right.x - font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.c_str()).x;
  ImGui::GetWindowDrawList()->AddText(&font, font.FontSize, {left, right.y + std::floor((height - font.FontSize) / 2)},
                                      colour::text_dim, text.c_str());
  return left;
}

/// The title of the codec view's cell is the choice of the view.
void Canvas::choose_view(const Place& place, const session::Snapshot& snapshot, ViewState& view) {
  const codec::View* chosen = shown_view(snapshot, view);
  const bool features = chosen && chosen->kind == codec::View::Kind::features;
  const float width = std::min(theme::px(200), cell_.width * (features ? 0.36f : 0.45f));
  const float inset = std::floor((strip_height() - ImGui::GetFrameHeight()) / 2);
  ImGui::SetCursorScreenPos({place.strip.x + theme::px(4), place.strip.y + inset});
  ImGui::SetNextItemWidth(width);
  const bool open =
      ImGui::BeginCombo("##view", chosen ? chosen->title.c_str() : "Codec view", ImGuiComboFlags_HeightLarge);
  if (chosen && !open) tooltip(chosen->help);
  if (open) {
    for (const codec::View& candidate : snapshot.focused().views) {
      if (ImGui::Selectable(candidate.title.c_str(), &candidate == chosen)) {
        view.codec_view = candidate.id;
        view.only_category = -1;
      }
      tooltip(candidate.help);
    }
    ImGui::EndCombo();
  }
  if (features) {
    const float left = theme::px(4) + width + theme::px(8);
    draw_feature_controls({place.strip.x + left, place.strip.y}, strip_height(), cell_.width - left - theme::px(4),
                          *chosen, view.features);
  }
}

}  // namespace txs::app
