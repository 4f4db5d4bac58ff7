#include "view/legend.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

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

std::string tidy_scale(float scale) {
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

float draw_error_bar(ImVec2 top_right, float height, float room, float& scale, bool is_signed) {
  const std::string low = is_signed ? format_fixed(-double(scale), 3) : "0";
  const ColourBar bar = draw_bar(top_right, height, room, is_signed ? grey : display::inferno, low, tidy_scale(scale));
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
  tooltip(
      "The error at the top of the colour map, of full scale and in steps of 255. Drag or turn the wheel to change it, "
      "double click for 0.100.");
  return bar.left;
}

float draw_scalar_bar(ImVec2 top_right, float height, float room, const codec::View& view) {
  const std::string unit = view.unit.empty() ? "" : " " + view.unit;
  const std::string low = format_short(view.minimum), high = format_short(view.maximum) + unit;
  return draw_bar(top_right, height, room, display::viridis, low, high).left;
}

namespace {

/// A category's place in the legend, from its top left corner.
struct LegendEntry {
  int category;
  ImVec2 place;
  float width;
};

struct LegendPlan {
  std::vector<LegendEntry> entries;
  ImVec2 size;
};

/// As many a row as fit into `room`, swatches of `swatch` with their names or without.
LegendPlan plan_legend(const codec::View& view, float room, float row, float swatch, bool named) {
  const auto& font = *theme::fonts().caption;
  LegendPlan plan{{}, {0, row}};
  ImVec2 at{0, 0};
  for (int i = 0; i < int(view.categories.size()); ++i) {
    const std::string& name = view.categories[std::size_t(i)];
    const float text = named ? theme::px(4) + font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, name.c_str()).x : 0;
    const float width = swatch + text + theme::px(named ? 10 : 6);
    if (at.x > 0 && at.x + width > room) at = {0, at.y + row};
    plan.entries.push_back({i, at, width});
    at.x += width;
    plan.size = {std::max(plan.size.x, at.x), at.y + row};
  }
  return plan;
}

}  // namespace

void draw_categories(ImVec2 from, ImVec2 to, const codec::View& view, int& only_category) {
  const auto& font = *theme::fonts().caption;
  const float row = theme::px(18), swatch = theme::px(10), pad = theme::px(6);
  constexpr int most_rows = 2;  // in a small cell the names would hide the picture: their tooltips have them
  const float room = to.x - from.x - 4 * pad;
  LegendPlan plan = plan_legend(view, room, row, swatch, true);
  const bool named = plan.size.y <= most_rows * row;
  if (!named) plan = plan_legend(view, room, row, swatch, false);

  auto& list = *ImGui::GetWindowDrawList();
  const ImVec2 corner{from.x + pad, to.y - pad - plan.size.y - theme::px(4)};
  list.AddRectFilled(corner, {corner.x + plan.size.x + pad, to.y - pad}, colour::faded(colour::canvas, 0.85f));
  for (const LegendEntry& entry : plan.entries) {
    const std::string& name = view.categories[std::size_t(entry.category)];
    const ImVec2 at{corner.x + pad + entry.place.x, corner.y + theme::px(2) + entry.place.y};
    const bool dimmed = only_category >= 0 && only_category != entry.category;
    ImGui::SetCursorScreenPos(at);
    ImGui::PushID(entry.category);
    if (ImGui::InvisibleButton("category", {entry.width - theme::px(2), row}))
      only_category = only_category == entry.category ? -1 : entry.category;
    tooltip(name + ". Click: this alone, the others dimmed. Again: all.");
    ImGui::PopID();
    const float top = at.y + std::floor((row - swatch) / 2);
    const ImU32 fill = pack(display::category_colour(std::uint32_t(entry.category)));
    list.AddRectFilled({at.x, top}, {at.x + swatch, top + swatch}, colour::faded(fill, dimmed ? 0.3f : 1.0f));
    if (!named) continue;
    list.AddText(&font, font.FontSize, {at.x + swatch + theme::px(4), at.y + std::floor((row - font.FontSize) / 2)},
                 dimmed ? colour::text_faint : colour::text, name.c_str());
  }
}

}  // namespace txs::app
