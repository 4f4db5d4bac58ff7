#include "view/legend.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "display/colour_map.h"
#include "theme/format.h"
#include "theme/widgets.h"

namespace txs::app {
namespace {

using ColourMap = std::array<std::uint8_t, 3> (*)(float);

constexpr float smallest_error_scale = 0.005f, largest_error_scale = 1, usual_error_scale = 0.1f;

ImU32 pack(std::array<std::uint8_t, 3> rgb) { return IM_COL32(rgb[0], rgb[1], rgb[2], 255); }

std::array<std::uint8_t, 3> grey(float t) {
  const auto value = std::uint8_t(std::lround(t * 255));
  return {value, value, value};
}

void draw_gradient(ImVec2 from, ImVec2 to, ColourMap map) {
  constexpr int pieces = 16;  // linear within: the maps bend too little for an eye to see it
  auto& list = *ImGui::GetWindowDrawList();
  for (int i = 0; i < pieces; ++i) {
    const float left = std::round(from.x + (to.x - from.x) * float(i) / pieces);
    const float right = std::round(from.x + (to.x - from.x) * float(i + 1) / pieces);
    const ImU32 a = pack(map(float(i) / pieces)), b = pack(map(float(i + 1) / pieces));
    list.AddRectFilledMultiColor({left, from.y}, {right, to.y}, a, b, b, a);
  }
}

/// low [gradient] high, right-aligned; returns the gradient's rectangle. The least room is for the gradient.
struct Bar {
  ImVec2 from, to;
  float left = 0;
};

Bar draw_bar(ImVec2 top_right, float height, float room, ColourMap map, const std::string& low, const std::string& high) {
  const auto& font = *theme::fonts().caption;
  const auto width_of = [&](const std::string& text) { return font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.c_str()).x; };
  const float gap = theme::px(4), length = std::min(theme::px(120), room - width_of(low) - width_of(high) - 2 * gap);
  auto& list = *ImGui::GetWindowDrawList();
  const float text_y = top_right.y + std::floor((height - font.FontSize) / 2);
  Bar bar;
  bar.to = {top_right.x - width_of(high) - gap, top_right.y + height - theme::px(7)};
  bar.from = {bar.to.x - std::max(theme::px(24), length), top_right.y + theme::px(7)};
  bar.left = bar.from.x - gap - width_of(low);
  list.AddText(&font, font.FontSize, {bar.left, text_y}, colour::text_dim, low.c_str());
  list.AddText(&font, font.FontSize, {bar.to.x + gap, text_y}, colour::text_dim, high.c_str());
  draw_gradient(bar.from, bar.to, map);
  return bar;
}

std::string tidy_scale(float scale) { return fmt::format("{:.3f} = {}/255", scale, format_short(std::round(scale * 2550) / 10)); }

}  // namespace

float draw_error_bar(ImVec2 top_right, float height, float room, float& scale, bool is_signed) {
  const std::string low = is_signed ? format_fixed(-double(scale), 3) : "0";
  const Bar bar = draw_bar(top_right, height, room, is_signed ? grey : display::inferno, low, tidy_scale(scale));
  ImGui::SetCursorScreenPos({bar.left, top_right.y});
  ImGui::InvisibleButton("error scale", {top_right.x - bar.left, height});
  const auto& io = ImGui::GetIO();
  const bool hovered = ImGui::IsItemHovered();
  float factor = 1;
  if (ImGui::IsItemActive()) factor = std::exp2(io.MouseDelta.x / theme::px(48));
  if (hovered && io.MouseWheel != 0) factor = std::exp2(io.MouseWheel / 4);
  if (factor != 1) scale = std::clamp(scale * factor, smallest_error_scale, largest_error_scale);
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) scale = usual_error_scale;
  if (hovered || ImGui::IsItemActive()) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  tooltip("The error at the top of the colour map, of full scale and in steps of 255. Drag or turn the wheel to change it, "
          "double click for 0.100.");
  return bar.left;
}

float draw_scalar_bar(ImVec2 top_right, float height, float room, const codec::View& view) {
  const std::string unit = view.unit.empty() ? "" : " " + view.unit;
  return draw_bar(top_right, height, room, display::viridis, format_short(view.minimum), format_short(view.maximum) + unit).left;
}

void draw_categories(ImVec2 from, ImVec2 to, const codec::View& view, int& only_category) {
  const auto& font = *theme::fonts().caption;
  const float row = theme::px(18), swatch = theme::px(10), pad = theme::px(6);
  const auto width_of = [&](const std::string& name) {
    return swatch + theme::px(4) + font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, name.c_str()).x + theme::px(10);
  };
  // Rows from the bottom up, as many names a row as fit.
  std::vector<std::pair<int, ImVec2>> places;
  float x = 0, y = 0, widest = 0;
  for (int i = 0; i < int(view.categories.size()); ++i) {
    const float width = width_of(view.categories[std::size_t(i)]);
    if (x > 0 && x + width > to.x - from.x - 4 * pad) {
      x = 0;
      y += row;
    }
    places.push_back({i, {x, y}});
    x += width;
    widest = std::max(widest, x);
  }
  const ImVec2 corner{from.x + pad, to.y - pad - (y + row) - theme::px(4)};
  auto& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(corner, {corner.x + widest + pad, to.y - pad}, colour::faded(colour::canvas, 0.85f));
  for (const auto& [category, place] : places) {
    const std::string& name = view.categories[std::size_t(category)];
    const ImVec2 at{corner.x + pad + place.x, corner.y + theme::px(2) + place.y};
    const bool dimmed = only_category >= 0 && only_category != category;
    ImGui::SetCursorScreenPos(at);
    ImGui::PushID(category);
    if (ImGui::InvisibleButton("category", {width_of(name) - theme::px(4), row})) only_category = dimmed || only_category < 0 ? category : -1;
    tooltip("Click: this alone, the others dimmed. Again: all.");
    ImGui::PopID();
    const float top = at.y + std::floor((row - swatch) / 2);
    list.AddRectFilled({at.x, top}, {at.x + swatch, top + swatch},
                       colour::faded(pack(display::category_colour(std::uint32_t(category))), dimmed ? 0.3f : 1.0f));
    list.AddText(&font, font.FontSize, {at.x + swatch + theme::px(4), at.y + std::floor((row - font.FontSize) / 2)},
                 dimmed ? colour::text_faint : colour::text, name.c_str());
  }
}

}  // namespace txs::app
