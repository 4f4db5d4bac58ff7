#include "plots/feature_bars.h"

#include <algorithm>
#include <cmath>

#include "plots/heat_strip.h"
#include "theme/theme.h"

namespace txs::app {

std::optional<std::size_t> draw_feature_bars(const char* id, ImVec2 size, std::span<const float> values, float scale) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(corner, {corner.x + size.x, corner.y + size.y}, colour::canvas);
  const float zero = std::round(corner.y + size.y / 2), half = std::floor(size.y / 2) - 1;
  const float each = size.x / float(std::max<std::size_t>(values.size(), 1));
  const float gap = each >= theme::px(6) ? theme::px(2) : each >= 3 ? 1.0f : 0.0f;
  const float mouse = ImGui::GetIO().MousePos.x;
  std::optional<std::size_t> under;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float left = std::round(corner.x + each * float(i)), right = std::round(corner.x + each * float(i + 1)) - gap;
    if (hovered && mouse >= left && mouse < right + gap) {
      under = i;
      list.AddRectFilled({left, corner.y}, {right, corner.y + size.y}, colour::control);
    }
    const float share = std::clamp(values[i] / scale, -1.0f, 1.0f);
    if (std::isnan(share)) continue;
    const float end = std::round(zero - half * share);
    // The full ends of the map: a bar's length says how much, its colour only which way.
    list.AddRectFilled({left, std::min(zero, end)}, {right, std::max(zero + 1, end)},
                       diverging_colour(share < 0 ? -1.0f : 1.0f));
  }
  list.AddRectFilled({corner.x, zero}, {corner.x + size.x, zero + 1}, colour::text_faint);
  return under;
}

}  // namespace txs::app
