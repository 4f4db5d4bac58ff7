#include "plots/histogram.h"

#include <algorithm>
#include <cmath>

#include "plots/plot_area.h"
#include "theme/theme.h"

namespace txs::app {

std::optional<std::size_t> draw_histogram(const char* id, ImVec2 size, std::span<const std::uint32_t> counts,
                                          Range scale, std::array<std::uint8_t, 3> (*map)(float)) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  const bool hovered = ImGui::IsItemHovered();
  const std::uint32_t most = counts.empty() ? 0 : *std::ranges::max_element(counts);
  PlotArea area;
  area.x = scale;
  area.y = {0, std::max(1.0, double(most) * 1.05)};
  const Ticks up = whole_ticks(area.y, std::max(2, int(size.y / theme::px(28))));
  float labels = 0;
  for (const double value : up.values) labels = std::max(labels, label_width(tick_text(value, up)));
  area.from = {corner.x + labels + theme::px(6), corner.y + theme::px(4)};
  area.to = {corner.x + size.x - theme::px(8), corner.y + size.y - label_height() - theme::px(4)};
  if (counts.empty() || area.width() < theme::px(48) || area.height() < theme::px(24)) return {};

  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_axes(list, area, linear_ticks(area.x, std::max(2, int(area.width() / theme::px(56)))), up);
  const auto parts = float(counts.size());
  const auto edge = [&](std::size_t i) { return std::round(area.from.x + area.width() * float(i) / parts); };
  const float gap = area.width() / parts >= theme::px(4) ? 1.0f : 0.0f, mouse = ImGui::GetIO().MousePos.x;
  std::optional<std::size_t> under;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const float left = edge(i), right = edge(i + 1);
    if (hovered && mouse >= left && mouse < right) {
      under = i;
      list.AddRectFilled({left, area.from.y}, {right, area.to.y}, colour::control);
    }
    if (counts[i] == 0) continue;
    // The smallest count is seen too: none and one are not the same.
    const float top = std::min(std::round(area.at_y(counts[i])), area.to.y - 1);
    const auto rgb = map((float(i) + 0.5f) / parts);
    list.AddRectFilled({left, top}, {std::max(left + 1, right - gap), area.to.y},
                       IM_COL32(rgb[0], rgb[1], rgb[2], 255));
    list.AddRectFilled({left, top - 1}, {std::max(left + 1, right - gap), top}, colour::text_dim);  // on dark ones too
  }
  list.AddRectFilled({area.from.x, area.to.y}, {area.to.x, area.to.y + 1}, colour::text_faint);
  return under;
}

}  // namespace txs::app
