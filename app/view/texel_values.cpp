#include "view/texel_values.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "theme/theme.h"

namespace txs::app {
namespace {

/// "0" .. "255" without a formatting library's cost: a thousand of them a frame.
const char* write_byte(std::uint8_t value, std::array<char, 4>& text) {
  auto end = text.begin();
  if (value >= 100) *end++ = char('0' + value / 100);
  if (value >= 10) *end++ = char('0' + value / 10 % 10);
  *end++ = char('0' + value % 10);
  return &*text.begin() + (end - text.begin());
}

}  // namespace

float texel_values_zoom() { return theme::px(64); }

void draw_texel_values(ImDrawList& list, ImVec2 corner, Extent cell, const Projection& projection,
                       const Rgba8Image& picture) {
  const auto& font = *theme::fonts().caption;
  const Point first = projection.to_image({0, 0}), last = projection.to_image({cell.width, cell.height});
  const int x0 = std::max(0, int(std::floor(first.x))), x1 = std::min(picture.width - 1, int(std::floor(last.x)));
  const int y0 = std::max(0, int(std::floor(first.y))), y1 = std::min(picture.height - 1, int(std::floor(last.y)));
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const auto texel = picture.at(x, y);
      const int lines = texel[3] == 255 ? 3 : 4;
      const bool bright = texel[0] * 299 + texel[1] * 587 + texel[2] * 114 > 128 * 1000;
      const ImU32 ink = bright ? IM_COL32(0, 0, 0, 200) : IM_COL32(255, 255, 255, 200);
      const Point at = projection.to_cell({float(x), float(y)});
      const float top = at.y + (projection.zoom - float(lines) * font.FontSize) / 2;
      for (int line = 0; line < lines; ++line) {
        std::array<char, 4> text;
        const char* end = write_byte(texel[std::size_t(line)], text);
        const float width = font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.data(), end).x;
        list.AddText(&font, font.FontSize,
                     {std::round(corner.x + at.x + (projection.zoom - width) / 2),
                      std::round(corner.y + top + float(line) * font.FontSize)},
                     ink, text.data(), end);
      }
    }
  }
}

}  // namespace txs::app
