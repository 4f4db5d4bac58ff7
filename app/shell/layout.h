#pragma once
#include "view/projection.h"

namespace txs::app {

/// What the user can drag, at scale 1. The layout gives less where the window is small.
struct LayoutSizes {
  float left = 288;    ///< codec column, [240, 480]
  float right = 368;   ///< inspector, [300, 640]
  float bottom = 208;  ///< plots and runs, [140, 480]
  float runs = 560;    ///< right part of the bottom, [280, 1200]
  float drawer = 200;  ///< log and profiler, [120, 480]
};
inline constexpr LayoutSizes smallest_sizes{240, 300, 140, 280, 120}, largest_sizes{480, 640, 480, 1200, 480};

struct Area {
  float x = 0, y = 0, width = 0, height = 0;
  float right() const { return x + width; }
  float bottom() const { return y + height; }
};

/// Where everything stands, in whole pixels: toolbar on top, codec column | canvas | inspector, quality plot | runs,
/// status line. The drawer takes the lower part of the canvas while the log or the profiler is open. What a small window
/// has no room for has no width.
struct Layout {
  Area toolbar, codec, canvas, drawer, inspector, quality, runs, status;
};

/// What is open.
struct LayoutNeeds {
  bool drawer = false;
  bool inspecting = false;  ///< something is selected
};

/// Any window from 1x1 on; the canvas keeps at least two fifths of the width and a third of the height. A window of less
/// than 860 (at scale 1) has one column beside the canvas, the codec's or, while something is selected, the inspector;
/// of less than 760 no table of runs.
Layout lay_out(Extent window, const LayoutSizes& sizes, float scale, LayoutNeeds needs);

/// The splitters between the areas, dragged by mouse; changes `sizes` within their limits. True while one is dragged.
bool drag_splitters(const Layout& layout, LayoutSizes& sizes, float scale);

}  // namespace txs::app
