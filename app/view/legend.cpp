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

std::string tidy_scale(float scale, bool of_light) {
  if (of_light) return format_fixed(double(scale), 3);
  return fmt::format("{:.3f} = {}/255", scale, format_short(std::round(scale * 2550) / 10));
}

}  // namespace

ColourBar draw_bar(ImVec2 top_right, float height, float room, ColourMap map, const std::string& low,
                   const std::string& high) {
  const auto& font = *theme::fonts().caption;
  const auto width_of = [&](const std::string& text) {
    return font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.c_str()).x;
  };
  const float gap = theme::px(4), length = std::min(theme::px(120), room - width_of(low) - width_of(high) - 2 * gap);
  auto& list = *ImGui::GetWindowDrawList();
  const float text_y = top_right.y + std::floor((height - font.FontSize) / 2);
  ColourBar bar;
  bar.to = {top_right.x - width_of(high) - gap, top_right.y + height - theme::px(7)};
  bar.from = {bar.to.x - std::max(theme::px(24), length), top_right.y + theme::px(7)};
  bar.left = bar.from.x - gap - width_of(low);
  list.AddText(&font, font.FontSize, {bar.left, text_y}, colour::text_dim, low.c_str());
  list.AddText(&font, font.FontSize, {bar.to.x + gap, text_y}, colour::text_dim, high.c_str());
  draw_gradient(bar.from, bar.to, map);
  return bar;
}

float draw_error_bar(ImVec2 top_right, float height, float room, float& scale, bool is_signed,
                     bool of_light) {
  const std::string low = is_signed ? format_fixed(-double(scale), 3) : "0";
  const ColourBar bar = draw_bar(top_right, height, room, is_signed ? grey : display::inferno, low,
                                 tidy_scale(scale, of_light));
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
  tooltip(of_light ? "The error at the top of the colour map, a difference of ln(1 + v). Drag or turn the wheel to change "
                     "it, double click for 0.100."
                   : "The error at the top of the colour map, of full scale and in steps of 255. Drag or turn the wheel to "
                     "change it, double click for 0.100.");
  return bar.left;
}

float draw_scalar_bar(ImVec2 top_right, float height, float room, const codec::View& view) {
  const std::string unit = view.unit.empty() ? "" : " " + view.unit;
  const std::string low = format_short(view.minimum), high = format_short(view.maximum) + unit;
  return draw_bar(top_right, height, room, display::viridis, low, high).left;
}

}  // namespace txs::app
