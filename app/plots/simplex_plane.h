#pragma once
#include <array>
#include <vector>

#include "codec/inspection.h"

namespace txs::app {

/// A plane of the search's 8-dimensional space, on which one iteration is drawn.
struct SimplexPlane {
  using Axis = std::array<double, codec::SimplexIteration::dimensions>;

  Axis origin{}, right{}, up{};  ///< axes of unit length, orthogonal
  double spread_shown = 1;       ///< share of the vertices' variance that lies in the plane, [0, 1]

  std::array<double, 2> project(const codec::SimplexIteration::Point& point) const;
};

/// One plane an iteration: the two main axes of the vertices before and after the move (the simplex shrinks by orders
/// of magnitude in a run, and its late vertices lie in other planes than the first). Each is turned within itself to
/// the orientation of the one before, so that the picture does not flip while one scrubs.
std::vector<SimplexPlane> simplex_planes(const codec::SimplexSearch& search);

}  // namespace txs::app
