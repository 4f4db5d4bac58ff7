#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "artifact/curve_layout.h"
#include "artifact/curve_stroke.h"
#include "artifact/curves.h"
#include "artifact/paint.h"
#include "artifact/sheet_style.h"
#include "display/colour_map.h"

namespace txs::artifact {
namespace {

constexpr Rgb plot_background{22, 22, 22}, grid_line{46, 46, 46};
constexpr double line_width = 2, dot_width = 7;  // at scale 1

/// Lines past the eighth take the hues again, and a pattern of dashes each eight; lengths in line widths, of which a
/// round end adds one half on either side. display::category_colour has shades too, but the darker ones would not show.
constexpr std::uint32_t hues = 8;
const std::array<std::vector<double>, 8> patterns{{
    {},                                          // solid
    {4, 3},                                      // dashed
    {0.05, 2.5},                                 // dotted
    {4, 2.5, 0.05, 2.5},                         // dash, dot
    {9, 3},                                      // long dashes
    {4, 2.5, 0.05, 2.5, 0.05, 2.5},              // dash, dot, dot
    {9, 2.5, 0.05, 2.5},                         // long dash, dot
    {9, 2.5, 2, 2.5},                            // long dash, short dash
}};

struct CurveStyle {
  Rgb colour{};
  std::vector<double> dashes;  ///< pixels
};

CurveStyle style_of(std::size_t curve, int scale) {
  CurveStyle style{display::category_colour(static_cast<std::uint32_t>(curve % hues)),
                   patterns[curve / hues % patterns.size()]};
  for (double& length : style.dashes) length *= line_width * scale;
  return style;
}

Rgba8Image background(const CurveLayout& layout) {
  Rgba8Image image{layout.width, layout.height, {}};
  image.texels.resize(image.pixel_count() * 4);
  fill(image, {0, 0, image.width, image.height}, sheet_style::background);
  return image;
}

void draw_grid(Rgba8Image& image, const CurveLayout::Plot& plot, int scale) {
  const Rect& box = plot.box;
  fill(image, box, plot_background);
  const auto line_at = [scale](double place) { return static_cast<int>(std::lround(place - scale / 2.0)); };
  for (double value : plot.x_ticks.values) {
    fill(image, {line_at(plot.at({value, plot.y.low}).x), box.y, scale, box.height}, grid_line);
  }
  for (double value : plot.y_ticks.values) {
    fill(image, {box.x, line_at(plot.at({plot.x.low, value}).y), box.width, scale}, grid_line);
  }
}

/// A dot marks the end of each curve, and with it a run of one point.
void draw_curve(Rgba8Image& image, const CurveLayout::Plot& plot, std::vector<Point> points, const CurveStyle& style,
                int scale) {
  if (points.empty()) return;
  for (Point& point : points) point = plot.at(point);
  const int air = static_cast<int>(dot_width) * scale;  // a dot on the plot's edge is a whole one
  const Rect clip{plot.box.x - air, plot.box.y - air, plot.box.width + 2 * air, plot.box.height + 2 * air};
  draw_line(image, clip, points, {style.colour, line_width * scale, style.dashes});
  draw_line(image, clip, {&points.back(), 1}, {style.colour, dot_width * scale, {}});
}

void draw_key(Rgba8Image& image, const CurveLayout::Key& key, int scale) {
  const CurveStyle style = style_of(key.curve, scale);
  const double y = key.box.y + key.box.height / 2.0, inset = line_width * scale / 2;
  const std::array<Point, 2> ends{{{key.box.x + inset, y}, {key.box.x + key.box.width - inset, y}}};
  draw_line(image, key.box, ends, {style.colour, line_width * scale, style.dashes});
}

}  // namespace

Rgba8Image draw_curves(std::span<const Curve> curves, const CurvePlot& settings) {
  const CurveLayout layout = layout_curves(curves, settings);
  Rgba8Image image = background(layout);
  for (const CurveLayout::Plot& plot : layout.plots) {
    draw_grid(image, plot, layout.scale);
    for (std::size_t i = 0; i < curves.size(); ++i) {
      draw_curve(image, plot, drawn_points(curves[i], settings.axis, plot.quantity), style_of(i, layout.scale),
                 layout.scale);
    }
  }
  for (const CurveLayout::Key& key : layout.keys) draw_key(image, key, layout.scale);
  for (const SheetText& text : layout.texts) draw_text(image, text, layout.scale);
  return image;
}

}  // namespace txs::artifact
