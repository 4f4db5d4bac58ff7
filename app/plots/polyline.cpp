#include "plots/polyline.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace txs::app {

std::vector<PlotPoint> decimated(std::span<const PlotPoint> points, Range x_range, int columns) {
  std::vector<PlotPoint> kept;
  const double per_column = x_range.span() / std::max(columns, 1);
  const auto column = [&](std::size_t i) { return std::floor((points[i].x - x_range.low) / per_column); };

  std::vector<std::size_t> finite;
  finite.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (std::isfinite(points[i].y)) finite.push_back(i);
  }
  for (std::size_t begin = 0; begin < finite.size();) {
    std::size_t end = begin, lowest = begin, highest = begin;
    while (end < finite.size() && column(finite[end]) == column(finite[begin])) {
      if (points[finite[end]].y < points[finite[lowest]].y) lowest = end;
      if (points[finite[end]].y > points[finite[highest]].y) highest = end;
      ++end;
    }
    std::array<std::size_t, 4> picks{begin, lowest, highest, end - 1};
    std::sort(picks.begin(), picks.end());
    for (std::size_t i = 0; i < picks.size(); ++i) {
      if (i == 0 || picks[i] != picks[i - 1]) kept.push_back(points[finite[picks[i]]]);
    }
    begin = end;
  }
  return kept;
}

std::size_t nearest_by_x(std::span<const PlotPoint> points, double x) {
  const auto above = std::lower_bound(points.begin(), points.end(), x,
                                      [](const PlotPoint& point, double value) { return point.x < value; });
  if (above == points.begin()) return 0;
  const auto i = static_cast<std::size_t>(above - points.begin());
  if (i == points.size()) return i - 1;
  return x - points[i - 1].x <= points[i].x - x ? i - 1 : i;
}

}  // namespace txs::app
