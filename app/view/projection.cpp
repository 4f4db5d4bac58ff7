#include "view/projection.h"

#include <algorithm>
#include <cmath>

namespace txs::app {
namespace {

/// The zoom and centre that are shown, which for "fit" depend on the cell.
void settle(ViewState& view, Extent cell, Extent image) {
  if (view.zoom > 0) return;
  view.zoom = fit_zoom(cell, image);
  view.centre_x = image.width / 2;
  view.centre_y = image.height / 2;
}

void keep_in_sight(ViewState& view, Extent image) {
  view.centre_x = std::clamp(view.centre_x, 0.0f, image.width);
  view.centre_y = std::clamp(view.centre_y, 0.0f, image.height);
}

/// 1:1, 2:1, 1:2, ... are what pixels are judged at; zooming by steps should not miss them by a rounding.
float rest_on_whole(float zoom) {
  const float whole = zoom >= 1 ? std::round(zoom) : 1 / std::round(1 / zoom);
  return std::abs(zoom / whole - 1) < 0.015f ? whole : zoom;
}

// Thinner than this a picture's shorter side is a line, or nothing.
constexpr float least_fit_pixels = 4;

}  // namespace

float fit_zoom(Extent cell, Extent image) {
  if (image.width <= 0 || image.height <= 0) return 1;
  const float whole = std::min(cell.width / image.width, cell.height / image.height);
  // A picture of a few texels' width would be too thin to be seen: of such a one a part is shown.
  const float zoom = std::max(whole, least_fit_pixels / std::min(image.width, image.height));
  return std::clamp(zoom >= 1 ? std::floor(zoom) : zoom, smallest_zoom, largest_zoom);
}

Projection project(const ViewState& view, Extent cell, Extent image) {
  ViewState shown;
  shown.zoom = view.zoom;
  shown.centre_x = view.centre_x;
  shown.centre_y = view.centre_y;
  settle(shown, cell, image);
  // Whole pixels: at whole zooms texels then are squares of one size, and panning moves them without shimmer.
  const float zoom = shown.zoom;
  return {{std::round(shown.centre_x * zoom - cell.width / 2) / zoom,
           std::round(shown.centre_y * zoom - cell.height / 2) / zoom},
          zoom};
}

void zoom_about(ViewState& view, Extent cell, Extent image, Point fixed, float factor) {
  const Point held = project(view, cell, image).to_image(fixed);
  settle(view, cell, image);
  view.zoom = std::clamp(rest_on_whole(view.zoom * factor), smallest_zoom, largest_zoom);
  view.centre_x = held.x - (fixed.x - cell.width / 2) / view.zoom;
  view.centre_y = held.y - (fixed.y - cell.height / 2) / view.zoom;
  keep_in_sight(view, image);
}

void pan(ViewState& view, Extent cell, Extent image, Point by) {
  settle(view, cell, image);
  view.centre_x -= by.x / view.zoom;
  view.centre_y -= by.y / view.zoom;
  keep_in_sight(view, image);
}

void show_all(ViewState& view, Extent image) {
  view.zoom = 0;
  view.centre_x = image.width / 2;
  view.centre_y = image.height / 2;
}

}  // namespace txs::app
