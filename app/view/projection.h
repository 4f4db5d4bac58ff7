#pragma once
#include "view/view_state.h"

namespace txs::app {

inline constexpr float smallest_zoom = 1.0f / 64, largest_zoom = 128;

struct Extent {
  float width = 0, height = 0;
};

struct Point {
  float x = 0, y = 0;
};

/// Where a picture lies in a cell. Image coordinates are texels from the picture's top left corner (a texel covers
/// [x, x + 1)), cell coordinates are pixels from the cell's.
struct Projection {
  Point origin;     ///< image coordinate at the cell's top left, at a whole pixel
  float zoom = 1;   ///< pixels a texel

  Point to_image(Point cell) const { return {origin.x + cell.x / zoom, origin.y + cell.y / zoom}; }
  Point to_cell(Point image) const { return {(image.x - origin.x) * zoom, (image.y - origin.y) * zoom}; }
};

/// The zoom at which the whole picture is seen; small pictures are enlarged, by whole numbers.
float fit_zoom(Extent cell, Extent image);

Projection project(const ViewState& view, Extent cell, Extent image);

/// Multiplies the zoom; what lies under `fixed` (cell coordinates) stays there. Comes to rest on whole zooms it passes
/// closely. Within the zoom's limits.
void zoom_about(ViewState& view, Extent cell, Extent image, Point fixed, float factor);

/// Moves the picture by pixels; its centre cannot leave the cell's by more than its own half.
void pan(ViewState& view, Extent cell, Extent image, Point by);

/// The whole picture, and following the cell's size from now on.
void show_all(ViewState& view, Extent image);

}  // namespace txs::app
