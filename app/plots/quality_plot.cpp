#include "plots/quality_plot.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "plots/plot_area.h"
#include "plots/polyline.h"
#include "theme/format.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

using Points = std::vector<PlotPoint>;

Points points_of(const QualityCurve& curve, QualityAxis axis) {
  Points points;
  points.reserve(curve.history.size());
  for (const auto& h : curve.history) {
    points.push_back({axis == QualityAxis::seconds ? h.seconds : double(h.step), h.psnr_db});
  }
  return points;
}

struct Extent {
  Range x{0, 0}, y{INFINITY, -INFINITY};
};

Extent extent_of(const std::vector<Points>& curves) {
  Extent extent;
  for (const Points& points : curves) {
    for (const PlotPoint& point : points) {
      if (std::isfinite(point.x)) extent.x.high = std::max(extent.x.high, point.x);
      if (!std::isfinite(point.y)) continue;
      extent.y.low = std::min(extent.y.low, point.y);
      extent.y.high = std::max(extent.y.high, point.y);
    }
  }
  if (!(extent.y.low <= extent.y.high)) extent.y = {30, 40};  // no finite figure: any decibels will do
  if (extent.x.high <= 0) extent.x.high = 1;
  return extent;
}

Range on_its_way(std::optional<Range>& shown, Range wanted) {
  shown = shown ? eased(*shown, wanted, ImGui::GetIO().DeltaTime) : wanted;
  return *shown;
}

void draw_curve(ImDrawList& list, const PlotArea& area, Points points, ImU32 colour, float thickness) {
  for (PlotPoint& point : points) {
    if (point.y == INFINITY) point.y = area.y.high;
  }
  const Points shown = decimated(points, area.x, static_cast<int>(area.width()));
  if (shown.empty()) return;
  std::vector<ImVec2> line;
  line.reserve(shown.size());
  for (const PlotPoint& point : shown) {
    // ImGui's joints between points of one pixel swell: of such a cluster the newest stands for all.
    const ImVec2 at = area.at(point.x, point.y);
    if (!line.empty() && std::hypot(at.x - line.back().x, at.y - line.back().y) < 1)
      line.back() = at;
    else
      line.push_back(at);
  }
  if (line.size() > 1) list.AddPolyline(line.data(), static_cast<int>(line.size()), colour, 0, thickness);
  if (line.size() == 1) list.AddCircleFilled(line[0], thickness + theme::px(1), colour, 12);
}

ImVec2 place_of(const PlotArea& area, const PlotPoint& point) {
  return area.at(point.x, std::min(point.y, area.y.high));
}

std::optional<QualityHit> nearest(const PlotArea& area, const std::vector<Points>& curves, ImVec2 mouse) {
  std::optional<QualityHit> best;
  float best_distance = FLT_MAX;
  for (std::size_t c = 0; c < curves.size(); ++c) {
    if (curves[c].empty()) continue;
    const std::size_t i = nearest_by_x(curves[c], area.x_of(mouse.x));
    const ImVec2 at = place_of(area, curves[c][i]);
    const float distance = std::hypot(at.x - mouse.x, at.y - mouse.y);
    if (distance < best_distance) {
      best_distance = distance;
      best = QualityHit{c, i};
    }
  }
  return best;
}

void draw_crosshair(ImDrawList& list, const PlotArea& area, ImVec2 place, ImU32 colour) {
  const ImU32 line = colour::faded(colour::text, 0.35f);
  const ImVec2 at{std::round(place.x), std::round(place.y)};
  list.AddRectFilled({at.x, area.from.y}, {at.x + 1, area.to.y}, line);
  list.AddRectFilled({area.from.x, at.y}, {area.to.x, at.y + 1}, line);
  list.AddCircleFilled(place, theme::px(3), colour, 12);
}

/// The newest figure, in the margin at the height of the curve's end.
void draw_end(ImDrawList& list, const PlotArea& area, const PlotPoint& end, ImU32 colour) {
  ImVec2 at = place_of(area, end);
  at = {std::min(at.x, area.to.x), std::clamp(at.y, area.from.y, area.to.y)};  // the ranges may still be on their way
  list.AddCircleFilled(at, theme::px(3), colour, 12);
  const float half = label_height() / 2, y = std::clamp(at.y, area.from.y + half, area.to.y - half);
  draw_label(list, {area.to.x + theme::px(6), y}, Anchor::left, colour, format_db(end.y));
}

}  // namespace

ImU32 run_colour(std::uint64_t run, bool present) {
  if (present) return colour::accent;
  // Orange and yellow are left out: beside the amber accent they would pass for the present run.
  constexpr ImU32 set[] = {colour::sky_blue, colour::bluish_green, colour::reddish_purple, colour::vermillion,
                           colour::blue};
  return set[run % std::size(set)];
}

std::optional<QualityHit> draw_quality_plot(const char* id, ImVec2 size, std::span<const QualityCurve> curves,
                                            QualityAxis axis, std::string_view x_title, std::uint64_t highlighted,
                                            QualityPlotState& state) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();

  PlotArea area;
  area.from = {corner.x + label_width("00.00") + theme::px(6), corner.y + theme::px(18)};
  area.to = {corner.x + size.x - label_width("00.00 dB") - theme::px(8), corner.y + size.y - theme::px(18)};
  if (area.width() < theme::px(48) || area.height() < theme::px(24)) return {};

  std::vector<Points> points;
  for (const QualityCurve& curve : curves) points.push_back(points_of(curve, axis));
  const Extent extent = extent_of(points);
  const int y_ticks = std::max(2, static_cast<int>(area.height() / theme::px(26)));
  const int x_ticks = std::max(2, static_cast<int>(area.width() / theme::px(48)));
  area.y = on_its_way(state.y, widened_to_ticks(extent.y, y_ticks, 0.2));
  area.x = on_its_way(state.x, {0, extent.x.high});

  const Ticks x = axis == QualityAxis::steps ? whole_ticks(area.x, x_ticks) : linear_ticks(area.x, x_ticks);
  draw_axes(list, area, x, linear_ticks(area.y, y_ticks));
  constexpr std::string_view y_titles[] = {"PSNR, dB (RGB)", "PSNR, dB"};
  const float room = area.width() - label_width(x_title) - theme::px(8);
  draw_label(list, {area.from.x, corner.y + theme::px(8)}, Anchor::left, colour::text_dim,
             y_titles[label_width(y_titles[0]) > room]);
  draw_label(list, {area.to.x, corner.y + theme::px(8)}, Anchor::right, colour::text_dim, x_title);

  list.PushClipRect({area.from.x, area.from.y - theme::px(3)}, {area.to.x, area.to.y + theme::px(3)}, true);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const bool strong = curves[i].present || curves[i].run == highlighted;
    const ImU32 ink = colour::faded(run_colour(curves[i].run, curves[i].present), strong ? 1.0f : 0.45f);
    draw_curve(list, area, points[i], ink, theme::px(strong ? 2 : 1));
  }
  list.PopClipRect();
  for (std::size_t i = 0; i < curves.size(); ++i) {
    if (curves[i].present && !points[i].empty())
      draw_end(list, area, points[i].back(), run_colour(curves[i].run, true));
  }

  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (!hovered || !area.contains(mouse)) return {};
  const auto hit = nearest(area, points, mouse);
  if (!hit) return {};
  const QualityCurve& curve = curves[hit->curve];
  draw_crosshair(list, area, place_of(area, points[hit->curve][hit->point]), run_colour(curve.run, curve.present));
  return hit;
}

}  // namespace txs::app
