#include "plots/heat_strip.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "plots/plot_area.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

constexpr std::array<float, 3> below{86, 180, 233}, zero{40, 40, 40}, above{230, 130, 30};

}  // namespace

ImU32 diverging_colour(float t) {
  if (std::isnan(t)) return IM_COL32(128, 128, 128, 255);
  const std::array<float, 3>& end = t < 0 ? below : above;
  const float share = std::min(std::abs(t), 1.0f);
  const auto mixed = [&](std::size_t i) { return ImU32(std::lround(zero[i] + (end[i] - zero[i]) * share)); };
  return IM_COL32(mixed(0), mixed(1), mixed(2), 255);
}

float largest_magnitude(std::span<const float> values) {
  float largest = 1e-12f;
  for (const float value : values)
    if (std::isfinite(value)) largest = std::max(largest, std::abs(value));
  return largest;
}

std::optional<std::size_t> draw_heat_strip(const char* id, float width, float cell_height, std::size_t a_row,
                                           std::span<const float> values, float scale) {
  const std::size_t columns = std::min(std::max<std::size_t>(values.size(), 1), a_row);
  const std::size_t rows = (values.size() + columns - 1) / columns;
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(width, 1.0f), std::max(cell_height * float(rows), 1.0f)});
  const bool hovered = ImGui::IsItemHovered();
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto edge = [&](std::size_t column) { return std::round(corner.x + width * float(column) / float(columns)); };
  const float gap = width / float(columns) >= theme::px(4) ? 1.0f : 0.0f;
  std::optional<std::size_t> under;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const ImVec2 from{edge(i % columns), corner.y + cell_height * float(i / columns)};
    const ImVec2 to{edge(i % columns + 1) - gap, from.y + cell_height - 1};
    list.AddRectFilled(from, to, diverging_colour(values[i] / scale));
    if (!hovered || mouse.x < from.x || mouse.x >= to.x + gap || mouse.y < from.y || mouse.y >= to.y + 1) continue;
    under = i;
    list.AddRect(from, to, colour::text);
  }
  return under;
}

void draw_heat_scale(float right, float scale) {
  constexpr int pieces = 16;
  const std::string high = fmt::format("{:.2g}", scale), low = "\u2212" + high;
  const float gap = theme::px(4), length = theme::px(48), height = theme::px(8);
  const float line = ImGui::GetTextLineHeight(), origin = ImGui::GetWindowPos().x - ImGui::GetScrollX();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float end = origin + right, middle = at.y + line / 2;
  const float bar_end = end - label_width(high) - gap, bar_start = bar_end - length;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_label(list, {end, middle}, Anchor::right, colour::text_dim, high);
  draw_label(list, {bar_start - gap, middle}, Anchor::right, colour::text_dim, low);
  for (int i = 0; i < pieces; ++i) {
    const float a = std::round(bar_start + length * float(i) / pieces);
    const float b = std::round(bar_start + length * float(i + 1) / pieces);
    list.AddRectFilled({a, middle - height / 2}, {b, middle + height / 2},
                       diverging_colour(2 * (float(i) + 0.5f) / pieces - 1));
  }
  ImGui::Dummy({0, line});
}

}  // namespace txs::app
