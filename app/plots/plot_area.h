#pragma once
#include <imgui.h>

#include <string_view>

#include "plots/axis.h"

namespace txs::app {

/// The rectangle of a plot and what its edges mean.
struct PlotArea {
  ImVec2 from, to;  ///< pixels; the y range's low end lies at the bottom
  Range x, y;
  bool log_y = false;

  float width() const { return to.x - from.x; }
  float height() const { return to.y - from.y; }
  ImVec2 at(double data_x, double data_y) const { return {at_x(data_x), at_y(data_y)}; }
  float at_x(double data_x) const;
  float at_y(double data_y) const;
  double x_of(float pixel_x) const;
  bool contains(ImVec2 pixel) const;
};

/// Background, grid lines at the ticks and their texts left and below, in the caption font.
void draw_axes(ImDrawList& list, const PlotArea& area, const Ticks& x, const Ticks& y);

enum class Anchor { left, middle, right };

/// Caption text whose anchor lies at `at.x`, vertically centred on `at.y`; its width in pixels.
float draw_label(ImDrawList& list, ImVec2 at, Anchor anchor, ImU32 colour, std::string_view text);
float label_width(std::string_view text);
float label_height();

void draw_dashed(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 colour, float thickness, float dash);

/// A line with a head at its end; only the line if it is shorter than the head.
void draw_arrow(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 colour, float thickness);

/// A bar of 1, 2 or 5 times a power of ten in the lower left corner of a picture without axes, at most a third as wide.
void draw_length_bar(ImDrawList& list, ImVec2 from, ImVec2 to, double pixels_per_unit);

}  // namespace txs::app
