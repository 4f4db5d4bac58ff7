#include "plots/plot_area.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "theme/theme.h"

namespace txs::app {

float PlotArea::at_x(double data_x) const {
  return from.x + width() * static_cast<float>(axis_share(x, data_x, false));
}

float PlotArea::at_y(double data_y) const {
  return to.y - height() * static_cast<float>(axis_share(y, data_y, log_y));
}

double PlotArea::x_of(float pixel_x) const { return x.low + x.span() * double((pixel_x - from.x) / width()); }

bool PlotArea::contains(ImVec2 pixel) const {
  return pixel.x >= from.x && pixel.x < to.x && pixel.y >= from.y && pixel.y < to.y;
}

void draw_axes(ImDrawList& list, const PlotArea& area, const Ticks& x, const Ticks& y) {
  list.AddRectFilled(area.from, area.to, colour::canvas);
  for (double value : y.values) {
    const float line = std::round(area.at_y(value));
    list.AddRectFilled({area.from.x, line}, {area.to.x, line + 1}, colour::line_faint);
    draw_label(list, {area.from.x - theme::px(4), line}, Anchor::right, colour::text_dim, tick_text(value, y));
  }
  const float text_y = area.to.y + theme::px(2) + label_height() / 2;
  for (double value : x.values) {
    const float line = std::round(area.at_x(value));
    list.AddRectFilled({line, area.from.y}, {line + 1, area.to.y}, colour::line_faint);
    draw_label(list, {line, text_y}, Anchor::middle, colour::text_dim, tick_text(value, x));
  }
}

float label_width(std::string_view text) {
  ImFont* font = theme::fonts().caption;
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.data(), text.data() + text.size()).x;
}

float label_height() { return theme::fonts().caption->FontSize; }

float draw_label(ImDrawList& list, ImVec2 at, Anchor anchor, ImU32 colour, std::string_view text) {
  const float width = label_width(text);
  const float offset = anchor == Anchor::left ? 0 : anchor == Anchor::middle ? width / 2 : width;
  list.AddText(theme::fonts().caption, theme::fonts().caption->FontSize,
               {std::round(at.x - offset), std::round(at.y - label_height() / 2)}, colour, text.data(),
               text.data() + text.size());
  return width;
}

void draw_dashed(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 colour, float thickness, float dash) {
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  // Endpoints far outside the clip rectangle would otherwise cost a dash for every few pixels of their distance.
  constexpr float most_dashes = 200;
  if (!(length > 0)) return;
  dash = std::max(dash, length / (2 * most_dashes));
  const ImVec2 unit{(to.x - from.x) / length, (to.y - from.y) / length};
  for (float t = 0; t < length; t += 2 * dash) {
    const float end = std::min(t + dash, length);
    list.AddLine({from.x + unit.x * t, from.y + unit.y * t}, {from.x + unit.x * end, from.y + unit.y * end}, colour,
                 thickness);
  }
}

void draw_arrow(ImDrawList& list, ImVec2 from, ImVec2 to, ImU32 colour, float thickness) {
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  const float head = theme::px(6), half = theme::px(3);
  list.AddLine(from, to, colour, thickness);
  if (length < head) return;
  const ImVec2 unit{(to.x - from.x) / length, (to.y - from.y) / length};
  const ImVec2 back{to.x - unit.x * head, to.y - unit.y * head};
  list.AddTriangleFilled(to, {back.x - unit.y * half, back.y + unit.x * half},
                         {back.x + unit.y * half, back.y - unit.x * half}, colour);
}

void draw_length_bar(ImDrawList& list, ImVec2 from, ImVec2 to, double pixels_per_unit) {
  const double longest = double(to.x - from.x) / 3 / pixels_per_unit;
  double length = std::pow(10.0, std::floor(std::log10(longest)));
  if (length * 5 <= longest)
    length *= 5;
  else if (length * 2 <= longest)
    length *= 2;
  const float x = from.x + theme::px(8), y = to.y - theme::px(10), width = static_cast<float>(length * pixels_per_unit);
  list.AddRectFilled({x, y}, {x + width, y + theme::px(2)}, colour::text_dim);
  draw_label(list, {x + width + theme::px(4), y}, Anchor::left, colour::text_dim, fmt::format("{:g}", length));
}

}  // namespace txs::app
