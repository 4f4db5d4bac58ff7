#include "plots/simplex_plane.h"

#include <cmath>

#include "plots/symmetric_eigen.h"

namespace txs::app {
namespace {

using codec::SimplexIteration;
using Axis = SimplexPlane::Axis;
constexpr std::size_t dimensions = SimplexIteration::dimensions;

double dot(const Axis& a, const Axis& b) {
  double sum = 0;
  for (std::size_t i = 0; i < dimensions; ++i) sum += a[i] * b[i];
  return sum;
}

Axis combined(const Axis& a, double x, const Axis& b, double y) {
  Axis result;
  for (std::size_t i = 0; i < dimensions; ++i) result[i] = a[i] * x + b[i] * y;
  return result;
}

SimplexPlane main_plane(const std::vector<const SimplexIteration::Point*>& points) {
  SimplexPlane plane;
  for (const auto* point : points) {
    for (std::size_t i = 0; i < dimensions; ++i) plane.origin[i] += (*point)[i] / double(points.size());
  }
  SquareMatrix<dimensions> covariance{};
  for (const auto* point : points) {
    for (std::size_t i = 0; i < dimensions; ++i) {
      for (std::size_t j = 0; j < dimensions; ++j) {
        covariance[i][j] += ((*point)[i] - plane.origin[i]) * ((*point)[j] - plane.origin[j]);
      }
    }
  }
  const auto eigen = symmetric_eigen(covariance);
  plane.right = eigen.vectors[0];
  plane.up = eigen.vectors[1];
  double total = 0;
  for (double value : eigen.values) total += value;
  plane.spread_shown = total > 0 ? (eigen.values[0] + eigen.values[1]) / total : 1;
  return plane;
}

/// Turns (or mirrors) the axes within their plane so that they are as near as they can be to `before`'s: the orthogonal
/// Procrustes problem in two dimensions, solved by the better of its rotation and its reflection.
void align(SimplexPlane& plane, const SimplexPlane& before) {
  const double rr = dot(before.right, plane.right), ru = dot(before.right, plane.up);
  const double ur = dot(before.up, plane.right), uu = dot(before.up, plane.up);
  const double turn_x = rr + uu, turn_y = ru - ur;      // best rotation: its gain is the length of (x, y)
  const double mirror_x = rr - uu, mirror_y = ru + ur;  // best reflection
  const double turn = std::hypot(turn_x, turn_y), mirror = std::hypot(mirror_x, mirror_y);
  const SimplexPlane::Axis right = plane.right, up = plane.up;
  if (turn >= mirror) {
    if (turn == 0) return;
    const double c = turn_x / turn, s = turn_y / turn;
    plane.right = combined(right, c, up, s);
    plane.up = combined(right, -s, up, c);
  } else {
    const double c = mirror_x / mirror, s = mirror_y / mirror;
    plane.right = combined(right, c, up, s);
    plane.up = combined(right, s, up, -c);
  }
}

}  // namespace

std::array<double, 2> SimplexPlane::project(const SimplexIteration::Point& point) const {
  std::array<double, 2> result{};
  for (std::size_t i = 0; i < dimensions; ++i) {
    result[0] += (point[i] - origin[i]) * right[i];
    result[1] += (point[i] - origin[i]) * up[i];
  }
  return result;
}

std::vector<SimplexPlane> simplex_planes(const codec::SimplexSearch& search) {
  std::vector<SimplexPlane> planes;
  for (std::size_t k = 0; k < search.iterations.size(); ++k) {
    std::vector<const SimplexIteration::Point*> points;
    for (const auto& vertex : search.iterations[k].vertices) points.push_back(&vertex);
    if (k > 0) {
      for (const auto& vertex : search.iterations[k - 1].vertices) points.push_back(&vertex);
    }
    planes.push_back(main_plane(points));
    if (k > 0) align(planes[k], planes[k - 1]);
  }
  return planes;
}

}  // namespace txs::app
