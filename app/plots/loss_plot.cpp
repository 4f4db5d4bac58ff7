#include "plots/loss_plot.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "plots/step_plot.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

using codec::SimplexMove;
using codec::SimplexSearch;

Range loss_range(const SimplexSearch& search) {
  Range range{INFINITY, 0};
  for (const auto& it : search.iterations) {
    for (float loss : {it.losses.front(), it.losses.back()}) {
      if (loss > 0 && std::isfinite(loss))
        range = {std::min(range.low, double(loss)), std::max(range.high, double(loss))};
    }
  }
  if (!(range.low <= range.high)) return {1e-3, 1e-1};  // a search of a block without any error
  // 20 % of air, so that a flat curve lies in the middle of the plot and not on an edge.
  return {range.low / 1.2, range.high * 1.2};
}

void draw_losses(ImDrawList& list, const PlotArea& area, const SimplexSearch& search) {
  std::vector<ImVec2> best, worst;
  for (std::size_t i = 0; i < search.iterations.size(); ++i) {
    best.push_back(area.at(double(i), search.iterations[i].losses.front()));
    worst.push_back(area.at(double(i), search.iterations[i].losses.back()));
  }
  const auto line = [&](const std::vector<ImVec2>& points, ImU32 ink) {
    if (points.size() == 1) list.AddCircleFilled(points[0], theme::px(3), ink, 12);
    list.AddPolyline(points.data(), static_cast<int>(points.size()), ink, 0, theme::px(2));
  };
  line(worst, colour::vermillion);
  line(best, colour::bluish_green);
}

void draw_threshold(ImDrawList& list, const PlotArea& area, float threshold) {
  if (!area.y.contains(threshold)) return;
  const float y = std::round(area.at_y(threshold)) + 0.5f;
  draw_dashed(list, {area.from.x, y}, {area.to.x, y}, colour::text_dim, 1, theme::px(4));
  draw_label(list, {area.to.x - theme::px(4), y - label_height() / 2 - 1}, Anchor::right, colour::text_dim,
             "threshold");
}

}  // namespace

ImU32 move_colour(SimplexMove move) {
  switch (move) {
    case SimplexMove::start: return colour::text_dim;
    case SimplexMove::reflect: return colour::sky_blue;
    case SimplexMove::expand: return colour::yellow;
    case SimplexMove::contract_outside: return colour::reddish_purple;
    case SimplexMove::contract_inside: return colour::bluish_green;
    case SimplexMove::shrink: return colour::vermillion;
  }
  return colour::text_dim;
}

bool draw_loss_plot(const char* id, ImVec2 size, const SimplexSearch& search, int& iteration) {
  StepPlot plot(id, size, search.iterations.size(), label_width("0.0000") + theme::px(6), theme::px(4));
  if (!plot.has_room()) return false;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  PlotArea& area = plot.area;
  area.y = loss_range(search);
  area.log_y = true;

  draw_axes(list, area, {}, log_ticks(area.y, std::max(2, static_cast<int>(area.height() / theme::px(18)))));
  // What kind of moves the search is made of, at a glance.
  plot.draw_strip(list, 1, [&](std::size_t i) { return move_colour(search.iterations[i].move); });

  list.PushClipRect(area.from, area.to, true);
  draw_threshold(list, area, search.loss_threshold);
  draw_losses(list, area, search);
  list.PopClipRect();
  plot.draw_head(list, iteration);
  return plot.scrub(iteration);
}

}  // namespace txs::app
