#include "plots/simplex_plot.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "plots/loss_plot.h"
#include "plots/plot_area.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

using codec::SimplexIteration;
using codec::SimplexMove;

/// From the search's space to pixels, both axes alike, so that lengths can be compared.
struct View {
  const SimplexPlane& plane;
  ImVec2 centre;
  double centre_x = 0, centre_y = 0;
  double pixels_per_unit = 1;

  ImVec2 at(const SimplexIteration::Point& point) const {
    const auto p = plane.project(point);
    return {centre.x + float((p[0] - centre_x) * pixels_per_unit),
            centre.y - float((p[1] - centre_y) * pixels_per_unit)};
  }
};

std::vector<const SimplexIteration::Point*> points_shown(const SimplexIteration* before,
                                                         const SimplexIteration& after) {
  std::vector<const SimplexIteration::Point*> points;
  for (const auto& vertex : after.vertices) points.push_back(&vertex);
  if (!before) return points;
  for (const auto& vertex : before->vertices) points.push_back(&vertex);
  points.push_back(&after.reflected);
  if (after.has_second) points.push_back(&after.second);
  return points;
}

View fitted(ImVec2 from, ImVec2 to, const SimplexPlane& plane, const SimplexIteration* before,
            const SimplexIteration& after) {
  double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
  for (const auto* point : points_shown(before, after)) {
    const auto p = plane.project(*point);
    for (int axis : {0, 1}) {
      low[axis] = std::min(low[axis], p[axis]);
      high[axis] = std::max(high[axis], p[axis]);
    }
  }
  View view{plane, {(from.x + to.x) / 2, (from.y + to.y) / 2}, (low[0] + high[0]) / 2, (low[1] + high[1]) / 2};
  const double margin = theme::px(14);
  const double x = (to.x - from.x - 2 * margin) / std::max(high[0] - low[0], 1e-9);
  const double y = (to.y - from.y - 2 * margin) / std::max(high[1] - low[1], 1e-9);
  view.pixels_per_unit = std::min(x, y);
  return view;
}

void draw_edges(ImDrawList& list, const View& view, const SimplexIteration& it, ImU32 ink) {
  for (std::size_t i = 0; i < it.vertices.size(); ++i) {
    for (std::size_t j = i + 1; j < it.vertices.size(); ++j)
      list.AddLine(view.at(it.vertices[i]), view.at(it.vertices[j]), ink);
  }
}

void draw_cross(ImDrawList& list, ImVec2 at, ImU32 ink) {
  const float arm = theme::px(4);
  list.AddLine({at.x - arm, at.y}, {at.x + arm, at.y}, ink, theme::px(2));
  list.AddLine({at.x, at.y - arm}, {at.x, at.y + arm}, ink, theme::px(2));
}

/// A trial point and its name, written towards the picture's middle, above (-1) or below (1) the point.
void draw_trial(ImDrawList& list, const View& view, ImVec2 at, ImU32 ink, std::string_view name, float side) {
  list.AddCircle(at, theme::px(4), ink, 12, theme::px(1));
  const bool right_half = at.x > view.centre.x;
  const ImVec2 label{at.x + theme::px(right_half ? -8 : 8), at.y + side * theme::px(8)};
  draw_label(list, label, right_half ? Anchor::right : Anchor::left, ink, name);
}

/// From the worst vertex through the centroid to the reflected point, and to the second trial: an expansion goes on
/// from the reflected point, a contraction starts from the centroid.
void draw_trials(ImDrawList& list, const View& view, const SimplexIteration& before, const SimplexIteration& after) {
  const ImVec2 worst = view.at(before.vertices.back());
  const ImVec2 centroid = view.at(after.centroid), reflected = view.at(after.reflected);
  draw_dashed(list, worst, centroid, colour::faded(colour::text, 0.5f), 1, theme::px(3));
  draw_arrow(list, centroid, reflected, move_colour(SimplexMove::reflect), theme::px(1));
  if (after.has_second) {
    const bool expands = after.reflected_loss < after.best_before;
    // A trial that was not taken (a reflection kept, a shrink) has the colour of what was tried.
    const bool outside = after.reflected_loss < after.worst_before;
    const ImU32 ink = move_colour(expands   ? SimplexMove::expand
                                  : outside ? SimplexMove::contract_outside
                                            : SimplexMove::contract_inside);
    const ImVec2 second = view.at(after.second);
    draw_arrow(list, expands ? reflected : centroid, second, ink, theme::px(2));
    draw_trial(list, view, second, ink, expands ? "expanded" : "contracted", 1);
  }
  draw_trial(list, view, reflected, move_colour(SimplexMove::reflect), "reflected", -1);
  draw_cross(list, centroid, colour::text);
  list.AddCircle(worst, theme::px(4), colour::vermillion, 12, theme::px(1));
}

void draw_vertices(ImDrawList& list, const View& view, const SimplexIteration& it) {
  for (std::size_t i = it.vertices.size(); i-- > 0;) {
    const bool best = i == 0, worst = i + 1 == it.vertices.size();
    const ImU32 ink = best ? colour::bluish_green : worst ? colour::vermillion : IM_COL32(180, 180, 180, 255);
    list.AddCircleFilled(view.at(it.vertices[i]), theme::px(best || worst ? 4 : 3), ink, 12);
  }
}

}  // namespace

void draw_simplex_plot(ImVec2 size, const SimplexIteration* before, const SimplexIteration& after,
                       const SimplexPlane& plane) {
  const ImVec2 from = ImGui::GetCursorScreenPos(), to{from.x + size.x, from.y + size.y};
  ImGui::Dummy(size);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(from, to, colour::canvas);
  if (size.x < theme::px(48) || size.y < theme::px(48)) return;

  const View view = fitted(from, to, plane, before, after);
  list.PushClipRect(from, to, true);
  if (before) draw_edges(list, view, *before, colour::faded(colour::text, 0.08f));
  draw_edges(list, view, after, colour::faded(colour::text, 0.22f));
  draw_vertices(list, view, after);
  if (before) draw_trials(list, view, *before, after);
  draw_length_bar(list, from, to, view.pixels_per_unit);
  list.PopClipRect();
}

}  // namespace txs::app
