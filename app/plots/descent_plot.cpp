#include "plots/descent_plot.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "plots/plot_area.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

using codec::Descent;
using codec::DescentStep;

constexpr ImU32 loss_ink = colour::bluish_green, distance_ink = colour::sky_blue;

Range loss_range(const Descent& descent) {
  Range range{INFINITY, 0};
  for (const DescentStep& step : descent.steps)
    if (step.loss > 0) range = {std::min(range.low, double(step.loss)), std::max(range.high, double(step.loss))};
  if (!(range.low <= range.high)) return {1e-5, 1e-2};  // a block of one colour
  // 20 % of air, so that a flat curve lies in the middle of the plot and not on an edge; no more than six decades.
  return {std::max(range.low, range.high * 1e-6) / 1.2, range.high * 1.2};
}

double most_texels(const Descent& descent) {
  std::uint32_t most = 4;
  for (const DescentStep& step : descent.steps) most = std::max(most, step.distance);
  return double(most) * 1.1;
}

void draw_distances(ImDrawList& list, const PlotArea& area, const Descent& descent) {
  const float half = std::max(1.0f, std::floor((area.at_x(1) - area.at_x(0)) * 0.3f));
  for (std::size_t i = 0; i < descent.steps.size(); ++i) {
    const std::uint32_t distance = descent.steps[i].distance;
    if (distance == 0) continue;
    const ImVec2 top = area.at(double(i), double(distance));
    list.AddRectFilled({top.x - half, top.y}, {top.x + half, area.to.y}, colour::faded(distance_ink, 0.45f));
  }
}

void draw_losses(ImDrawList& list, const PlotArea& area, const Descent& descent) {
  std::vector<ImVec2> points;
  for (std::size_t i = 0; i < descent.steps.size(); ++i)
    points.push_back(area.at(double(i), std::max(double(descent.steps[i].loss), area.y.low)));
  list.AddPolyline(points.data(), int(points.size()), loss_ink, 0, theme::px(2));
}

void draw_kinds(ImDrawList& list, const PlotArea& area, const Descent& descent, float top, float bottom) {
  for (std::size_t i = 0; i < descent.steps.size(); ++i) {
    const float left = std::round(area.at_x(double(i) - 0.5)), right = std::round(area.at_x(double(i) + 0.5));
    const float gap = right - left > theme::px(3) ? 1.0f : 0.0f;
    list.AddRectFilled({left, top}, {right - gap, bottom}, step_colour(descent.steps[i].kind));
  }
}

void draw_head(ImDrawList& list, const PlotArea& area, int step, float bottom) {
  const float head = std::round(area.at_x(step));
  list.AddRectFilled({head - theme::px(1), area.from.y}, {head + theme::px(1), bottom}, colour::accent);
  list.AddTriangleFilled({head - theme::px(5), area.from.y - theme::px(4)},
                         {head + theme::px(5), area.from.y - theme::px(4)}, {head, area.from.y + theme::px(3)},
                         colour::accent);
}

}  // namespace

ImU32 step_colour(DescentStep::Kind kind) {
  switch (kind) {
    case DescentStep::Kind::start: return colour::text_dim;
    case DescentStep::Kind::free: return colour::sky_blue;
    case DescentStep::Kind::restart: return colour::vermillion;
    case DescentStep::Kind::snap: return colour::yellow;
    case DescentStep::Kind::fixed: return colour::bluish_green;
  }
  return colour::text_dim;
}

bool draw_descent_plot(const char* id, ImVec2 size, const Descent& descent, int& step) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  const bool dragged = ImGui::IsItemActive();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float strip = theme::px(6);

  PlotArea losses;
  losses.from = {corner.x + label_width("0.00000") + theme::px(6), corner.y + theme::px(4)};
  losses.to = {corner.x + size.x - label_width("000") - theme::px(6), corner.y + size.y - theme::px(18) - strip};
  const int last = int(descent.steps.size()) - 1;
  if (last < 0 || losses.width() < theme::px(48) || losses.height() < theme::px(20)) return false;
  losses.x = {-0.5, std::max(last, 1) + 0.5};
  losses.y = loss_range(descent);
  losses.log_y = true;
  PlotArea distances = losses;
  distances.y = {0, most_texels(descent)};
  distances.log_y = false;

  const int rows = std::max(2, int(losses.height() / theme::px(18)));
  draw_axes(list, losses, {}, log_ticks(losses.y, rows));
  const Ticks texels = whole_ticks(distances.y, rows);
  for (const double value : texels.values)
    draw_label(list, {losses.to.x + theme::px(4), distances.at_y(value)}, Anchor::left, distance_ink,
               tick_text(value, texels));
  const Ticks x = whole_ticks({0, double(std::max(last, 1))}, std::max(2, int(losses.width() / theme::px(40))));
  for (const double value : x.values)
    draw_label(list, {losses.at_x(value), losses.to.y + strip + theme::px(3) + label_height() / 2}, Anchor::middle,
               colour::text_dim, tick_text(value, x));
  draw_kinds(list, losses, descent, losses.to.y + 1, losses.to.y + 1 + strip);

  list.PushClipRect(losses.from, losses.to, true);
  draw_distances(list, distances, descent);
  draw_losses(list, losses, descent);
  list.PopClipRect();
  draw_head(list, losses, step, losses.to.y + strip + 1);

  const int under = std::clamp(int(std::lround(losses.x_of(ImGui::GetIO().MousePos.x))), 0, last);
  const bool changed = dragged && under != step;
  if (changed) step = under;
  return changed;
}

}  // namespace txs::app
