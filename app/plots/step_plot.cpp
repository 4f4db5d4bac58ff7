#include "plots/step_plot.h"

#include <algorithm>
#include <cmath>

#include "theme/theme.h"

namespace txs::app {
namespace {
float strip_height() { return theme::px(6); }
}  // namespace

StepPlot::StepPlot(const char* id, ImVec2 size, std::size_t steps, float left, float right) : last_(int(steps) - 1) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  dragged_ = ImGui::IsItemActive();
  area.from = {corner.x + left, corner.y + theme::px(4)};
  area.to = {corner.x + size.x - right, corner.y + size.y - theme::px(18) - strip_height()};
  area.x = {-0.5, std::max(last_, 1) + 0.5};
}

bool StepPlot::has_room() const {
  return last_ >= 0 && area.width() >= theme::px(48) && area.height() >= theme::px(20);
}

void StepPlot::draw_strip(ImDrawList& list, std::size_t first, const std::function<ImU32(std::size_t)>& colour_of) const {
  const float top = area.to.y + 1, bottom = top + strip_height();
  for (std::size_t i = first; i <= std::size_t(last_); ++i) {
    const float left = std::round(area.at_x(double(i) - 0.5)), right = std::round(area.at_x(double(i) + 0.5));
    const float gap = right - left > theme::px(3) ? 1.0f : 0.0f;
    list.AddRectFilled({left, top}, {right - gap, bottom}, colour_of(i));
  }
  const float middle = area.to.y + strip_height() + theme::px(3) + label_height() / 2;
  const Ticks ticks = whole_ticks({0, double(std::max(last_, 1))}, std::max(2, int(area.width() / theme::px(40))));
  for (const double value : ticks.values)
    draw_label(list, {area.at_x(value), middle}, Anchor::middle, colour::text_dim, tick_text(value, ticks));
}

void StepPlot::draw_head(ImDrawList& list, int step) const {
  const float head = std::round(area.at_x(step));
  list.AddRectFilled({head - theme::px(1), area.from.y}, {head + theme::px(1), area.to.y + strip_height() + 1},
                     colour::accent);
  list.AddTriangleFilled({head - theme::px(5), area.from.y - theme::px(4)},
                         {head + theme::px(5), area.from.y - theme::px(4)}, {head, area.from.y + theme::px(3)},
                         colour::accent);
}

bool StepPlot::scrub(int& step) const {
  const int under = std::clamp(int(std::lround(area.x_of(ImGui::GetIO().MousePos.x))), 0, last_);
  const bool changed = dragged_ && under != step;
  if (changed) step = under;
  return changed;
}

}  // namespace txs::app
