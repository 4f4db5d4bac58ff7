#pragma once
#include <span>
#include <vector>

#include "plots/axis.h"

namespace txs::app {

struct PlotPoint {
  double x = 0, y = 0;
};

/// The points that draw the same curve over `columns` pixel columns of `x_range`: of each column the first, the lowest,
/// the highest and the last (M4: Jugel, Jerzak, Hackenbroich and Markl 2014). Order is kept; x must not fall. Points
/// whose y is not finite are left out.
std::vector<PlotPoint> decimated(std::span<const PlotPoint> points, Range x_range, int columns);

/// Index of the point whose x is nearest; points must not be empty, x must not fall.
std::size_t nearest_by_x(std::span<const PlotPoint> points, double x);

}  // namespace txs::app
