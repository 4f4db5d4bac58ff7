#include "plots/descent_plot.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "plots/step_plot.h"
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
  StepPlot plot(id, size, descent.steps.size(), label_width("0.00000") + theme::px(6), label_width("000") + theme::px(6));
  if (!plot.has_room()) return false;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  PlotArea& losses = plot.area;
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
  plot.draw_strip(list, 0, [&](std::size_t i) { return step_colour(descent.steps[i].kind); });

  list.PushClipRect(losses.from, losses.to, true);
  draw_distances(list, distances, descent);
  draw_losses(list, losses, descent);
  list.PopClipRect();
  plot.draw_head(list, step);
  return plot.scrub(step);
}

}  // namespace txs::app
