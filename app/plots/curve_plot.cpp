#include "plots/curve_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "plots/curve_legend.h"
#include "plots/plot_area.h"
#include "plots/polyline.h"
#include "theme/format.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

using artifact::HistoryPoint;
using Points = std::vector<PlotPoint>;

/// What sets one quantity's plot apart.
struct Style {
  std::string_view title, short_title;  ///< of decibels: behind the measure's name
  const char* widest_end;  ///< of the newest figure's text
  bool logarithmic, from_zero;
  double least_span;       ///< of a linear axis
  Range nothing;           ///< shown while no figure is finite
};

const Style& style_of(Quantity quantity) {
  static constexpr Style styles[] = {{", dB", "", "00.00 dB", false, false, 0.2, {30, 40}},
                                     {"loss", "loss", "0.000e-0", true, false, 0, {1e-4, 1e-1}},
                                     {"learning rate", "rate", "0.000000", false, true, 1e-5, {0, 1e-3}},
                                     {"Hamming error, texels a block", "Hamming", "00.00", false, true, 0.5, {0, 4}}};
  return styles[std::size_t(quantity)];
}

std::string title_of(std::string_view title, const CurvePlot& plot) {
  const std::string_view of = plot.quantity == Quantity::psnr ? metrics::psnr_name(plot.measure) : "";
  return std::string(of) + std::string(title);
}

double value_of(const HistoryPoint& point, Quantity quantity) {
  switch (quantity) {
    case Quantity::psnr: return point.psnr_db;
    case Quantity::loss: return point.loss.value_or(NAN);
    case Quantity::learning_rate: return point.learning_rate.value_or(NAN);
    case Quantity::hamming: return point.hamming.value_or(NAN);
  }
  return NAN;
}

std::string figure_text(double value, Quantity quantity) {
  if (quantity == Quantity::psnr) return format_db(value);
  return quantity == Quantity::loss ? format_scientific(value) : fmt::format("{:.3g}", value);
}

Points points_of(const Curve& curve, const CurvePlot& plot) {
  Points points;
  points.reserve(curve.history.size());
  for (const HistoryPoint& h : curve.history)
    points.push_back({plot.axis == PlotAxis::seconds ? h.seconds : double(h.step), value_of(h, plot.quantity)});
  return points;
}

struct Extent {
  Range x{0, 0}, y{INFINITY, -INFINITY};
};

Extent extent_of(const std::vector<Points>& curves, const Style& style) {
  Extent extent;
  for (const Points& points : curves) {
    for (const PlotPoint& point : points) {
      if (std::isfinite(point.x)) extent.x.high = std::max(extent.x.high, point.x);
      if (!std::isfinite(point.y) || (style.logarithmic && point.y <= 0)) continue;
      extent.y.low = std::min(extent.y.low, point.y);
      extent.y.high = std::max(extent.y.high, point.y);
    }
  }
  if (!(extent.y.low <= extent.y.high)) extent.y = style.nothing;
  if (style.from_zero) extent.y.low = std::min(extent.y.low, 0.0);
  if (extent.x.high <= 0) extent.x.high = 1;
  return extent;
}

/// To the next 1, 2 or 5 times a power of ten, so that the axis moves in steps and not with every point.
double widened(double value, bool up) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  double best = up ? 10 * power : power;
  for (const double factor : {2.0, 5.0}) {
    const double candidate = factor * power;
    if (up ? candidate >= value : candidate <= value) best = up ? std::min(best, candidate) : candidate;
  }
  return up && power >= value ? power : best;
}

Range axis_range(Range data, const Style& style, int ticks) {
  if (!style.logarithmic) return widened_to_ticks(data, ticks, style.least_span);
  return {widened(data.low / 1.05, false), widened(data.high * 1.05, true)};
}

Range on_its_way(std::optional<Range>& shown, Range wanted, bool logarithmic) {
  const auto ease = [](Range now, Range then) { return eased(now, then, ImGui::GetIO().DeltaTime); };
  if (!shown || (logarithmic && shown->low <= 0)) {
    shown = wanted;
  } else if (logarithmic) {
    const Range logs = ease({std::log(shown->low), std::log(shown->high)}, {std::log(wanted.low), std::log(wanted.high)});
    shown = Range{std::exp(logs.low), std::exp(logs.high)};
  } else {
    shown = ease(*shown, wanted);
  }
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

std::optional<CurveHit> nearest(const PlotArea& area, const std::vector<Points>& curves, ImVec2 mouse) {
  std::optional<CurveHit> best;
  float best_distance = FLT_MAX;
  for (std::size_t c = 0; c < curves.size(); ++c) {
    if (curves[c].empty()) continue;
    const std::size_t i = nearest_by_x(curves[c], area.x_of(mouse.x));
    if (std::isnan(curves[c][i].y)) continue;
    const ImVec2 at = place_of(area, curves[c][i]);
    const float distance = std::hypot(at.x - mouse.x, at.y - mouse.y);
    if (distance < best_distance) {
      best_distance = distance;
      best = CurveHit{c, i};
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

/// The newest figure, in the margin at the height of the curve's end, or beside that where another is `taken`.
void draw_end(ImDrawList& list, const PlotArea& area, const PlotPoint& end, Quantity quantity, ImU32 colour,
              std::optional<float>& taken) {
  if (std::isnan(end.y)) return;
  ImVec2 at = place_of(area, end);
  at = {std::min(at.x, area.to.x), std::clamp(at.y, area.from.y, area.to.y)};  // the ranges may still be on their way
  list.AddCircleFilled(at, theme::px(3), colour, 12);
  const float half = label_height() / 2;
  float y = std::clamp(at.y, area.from.y + half, area.to.y - half);
  if (taken && std::abs(y - *taken) < label_height())
    y = *taken + (y >= *taken && *taken + label_height() <= area.to.y - half ? 1.0f : -1.0f) * label_height();
  taken = y;
  draw_label(list, {area.to.x + theme::px(6), y}, Anchor::left, colour, figure_text(end.y, quantity));
}

void draw_curves(ImDrawList& list, const PlotArea& area, std::span<const Curve> curves,
                 const std::vector<Points>& points, const CurvePlot& plot) {
  list.PushClipRect({area.from.x, area.from.y - theme::px(3)}, {area.to.x, area.to.y + theme::px(3)}, true);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    const bool strong = curves[i].role != Role::before || curves[i].run == plot.highlighted;
    const ImU32 ink = colour::faded(run_colour(curves[i].run, curves[i].role), strong ? 1.0f : 0.45f);
    draw_curve(list, area, points[i], ink, theme::px(strong ? 2 : 1));
  }
  list.PopClipRect();
  std::optional<float> taken;
  for (std::size_t i = curves.size(); i-- > 0;) {  // A's before B's, where the two lie over each other
    if (curves[i].role == Role::before || points[i].empty()) continue;
    draw_end(list, area, points[i].back(), plot.quantity, run_colour(curves[i].run, curves[i].role), taken);
  }
}

float widest(const Ticks& ticks) {
  float width = 0;
  for (const double value : ticks.values) width = std::max(width, label_width(tick_text(value, ticks)));
  return width;
}

}  // namespace

bool has(std::span<const HistoryPoint> history, Quantity quantity) {
  return std::ranges::any_of(history, [&](const HistoryPoint& point) { return !std::isnan(value_of(point, quantity)); });
}

std::optional<CurveHit> draw_curve_plot(const char* id, ImVec2 size, std::span<const Curve> curves,
                                        const CurvePlot& plot, CurvePlotState& state) {
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  ImGui::InvisibleButton(id, {std::max(size.x, 1.0f), std::max(size.y, 1.0f)});
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Style& style = style_of(plot.quantity);

  PlotArea area;
  area.log_y = style.logarithmic;
  area.from.y = corner.y + theme::px(18);
  area.to = {corner.x + size.x - label_width(style.widest_end) - theme::px(8), corner.y + size.y - theme::px(18)};
  const int y_ticks = std::max(2, static_cast<int>(area.height() / theme::px(26)));
  std::vector<Points> points;
  for (const Curve& curve : curves) points.push_back(points_of(curve, plot));
  const Extent extent = extent_of(points, style);
  area.y = on_its_way(state.y, axis_range(extent.y, style, y_ticks), style.logarithmic);
  const Ticks y = style.logarithmic ? log_ticks(area.y, y_ticks) : linear_ticks(area.y, y_ticks);
  // At least as wide as usual figures, so that the plot does not move when one gets a digit more.
  area.from.x = corner.x + std::max(widest(y), label_width("00.00")) + theme::px(6);
  if (area.width() < theme::px(48) || area.height() < theme::px(24)) return {};

  const int x_ticks = std::max(2, static_cast<int>(area.width() / theme::px(48)));
  area.x = on_its_way(state.x, {0, extent.x.high}, false);
  const Ticks x = plot.axis == PlotAxis::steps ? whole_ticks(area.x, x_ticks) : linear_ticks(area.x, x_ticks);
  draw_axes(list, area, x, y);
  const float room = area.width() - label_width(plot.x_title) - theme::px(8);
  draw_label(list, {area.from.x, corner.y + theme::px(8)}, Anchor::left, colour::text_dim,
             label_width(title_of(style.title, plot)) > room ? title_of(style.short_title, plot)
                                                             : title_of(style.title, plot));
  draw_label(list, {area.to.x, corner.y + theme::px(8)}, Anchor::right, colour::text_dim, plot.x_title);
  draw_curves(list, area, curves, points, plot);
  if (plot.legend) {
    std::vector<ImVec2> on_screen;
    for (const Points& curve : points)
      for (const PlotPoint& point : decimated(curve, area.x, static_cast<int>(area.width())))
        if (!std::isnan(point.y)) on_screen.push_back(place_of(area, point));
    const auto named = draw_curve_legend(list, area, curves, on_screen, plot.highlighted, state.legend_corner);
    if (named && hovered)
      return CurveHit{*named, {}};
  }

  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (!hovered || !area.contains(mouse)) return {};
  const auto hit = nearest(area, points, mouse);
  if (!hit) return {};
  const Curve& curve = curves[hit->curve];
  draw_crosshair(list, area, place_of(area, points[hit->curve][*hit->point]), run_colour(curve.run, curve.role));
  return hit;
}

}  // namespace txs::app
