#include "plots/loss_plot.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "plots/plot_area.h"
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

/// One coloured cell an iteration: what kind of moves the search is made of, at a glance.
void draw_moves(ImDrawList& list, const PlotArea& area, const SimplexSearch& search, float top, float bottom) {
  for (std::size_t i = 1; i < search.iterations.size(); ++i) {
    const float left = std::round(area.at_x(double(i) - 0.5)), right = std::round(area.at_x(double(i) + 0.5));
    const float gap = right - left > theme::px(3) ? 1.0f : 0.0f;
    list.AddRectFilled({left, top}, {right - gap, bottom}, move_colour(search.iterations[i].move));
  }
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
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  const bool dragged = ImGui::IsItemActive();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float strip = theme::px(6);

  PlotArea area;
  area.from = {corner.x + label_width("0.0000") + theme::px(6), corner.y + theme::px(4)};
  area.to = {corner.x + size.x - theme::px(4), corner.y + size.y - theme::px(18) - strip};
  const int last = static_cast<int>(search.iterations.size()) - 1;
  if (last < 0 || area.width() < theme::px(48) || area.height() < theme::px(20)) return false;
  area.x = {-0.5, std::max(last, 1) + 0.5};
  area.y = loss_range(search);
  area.log_y = true;

  const Ticks x =
      whole_ticks({0, double(std::max(last, 1))}, std::max(2, static_cast<int>(area.width() / theme::px(40))));
  draw_axes(list, area, {}, log_ticks(area.y, std::max(2, static_cast<int>(area.height() / theme::px(18)))));
  for (double value : x.values) {
    draw_label(list, {area.at_x(value), area.to.y + strip + theme::px(3) + label_height() / 2}, Anchor::middle,
               colour::text_dim, tick_text(value, x));
  }
  draw_moves(list, area, search, area.to.y + 1, area.to.y + 1 + strip);

  list.PushClipRect(area.from, area.to, true);
  draw_threshold(list, area, search.loss_threshold);
  draw_losses(list, area, search);
  list.PopClipRect();

  const float head = std::round(area.at_x(iteration));
  list.AddRectFilled({head - theme::px(1), area.from.y}, {head + theme::px(1), area.to.y + strip + 1}, colour::accent);
  list.AddTriangleFilled({head - theme::px(5), area.from.y - theme::px(4)},
                         {head + theme::px(5), area.from.y - theme::px(4)}, {head, area.from.y + theme::px(3)},
                         colour::accent);

  const int under = std::clamp(static_cast<int>(std::lround(area.x_of(ImGui::GetIO().MousePos.x))), 0, last);
  const bool changed = dragged && under != iteration;
  if (changed) iteration = under;
  return changed;
}

}  // namespace txs::app
