#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "artifact/curve_stroke.h"
#include "artifact/curves.h"
#include "artifact/sheet.h"
#include "core/ticks.h"

namespace txs::artifact {

enum class CurveQuantity { psnr, loss };

/// Where everything of a picture of curves stands, in pixels from its top left corner.
struct CurveLayout {
  struct Plot {
    CurveQuantity quantity = CurveQuantity::psnr;
    Rect box;
    Range x, y;
    Ticks x_ticks, y_ticks;

    bool logarithmic() const { return quantity == CurveQuantity::loss; }
    /// Where a step or time and a value of the quantity lie.
    Point at(Point value) const;
  };
  /// A short piece of a curve's line, in the legend.
  struct Key {
    Rect box;
    std::size_t curve = 0;
  };
  int scale = 1;  ///< of all text, lines and spacing
  int width = 0, height = 0;
  std::vector<Plot> plots;  ///< from the top, over the same x
  std::vector<Key> keys;
  std::vector<SheetText> texts;
};

/// Steps or seconds and the quantity, of those points that can be drawn.
std::vector<Point> drawn_points(const Curve& curve, CurvePlot::Axis axis, CurveQuantity quantity);

CurveLayout layout_curves(std::span<const Curve> curves, const CurvePlot& settings);

}  // namespace txs::artifact
