#pragma once
#include <span>

#include "artifact/sheet.h"

namespace txs::artifact {

/// A place on a picture; texel (i, j) is the square from (i, j) to (i + 1, j + 1).
struct Point {
  double x = 0, y = 0;
};

struct Stroke {
  Rgb colour{};
  double width = 1;                     ///< pixels; ends and joints are round
  std::span<const double> dashes = {};  ///< lengths drawn and left out in turn, pixels; none: a solid line
};

/// An antialiased line through the points; through a single one, a dot. Where it meets itself it is no denser. What
/// lies outside `clip`, which must lie within the picture, is left out.
void draw_line(Rgba8Image& target, const Rect& clip, std::span<const Point> points, const Stroke& stroke);

}  // namespace txs::artifact
