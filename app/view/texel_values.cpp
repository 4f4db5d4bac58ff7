#include "view/texel_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/half.h"
#include "theme/theme.h"
#include "view/cell_content.h"

namespace txs::app {
namespace {

using Word = std::array<char, 12>;

/// "0" .. "255" without a formatting library's cost: a thousand of them a frame.
char* write_value(std::uint8_t value, Word& text) {
  char* end = text.data();
  if (value >= 100) *end++ = char('0' + value / 100);
  if (value >= 10) *end++ = char('0' + value / 10 % 10);
  *end++ = char('0' + value % 10);
  return end;
}

/// Four digits that count, and no more than six letters but for a sign.
char* write_value(float value, Word& text) {
  const float size = std::abs(value);
  const int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
  if (size > 0 && size < 0.0001f) return fmt::format_to_n(text.data(), text.size(), "{:.0e}", value).out;
  return fmt::format_to_n(text.data(), text.size(), "{:.{}f}", value, decimals).out;
}
char* write_value(std::uint16_t half, Word& text) { return write_value(half_to_float(half), text); }

bool is_opaque(std::uint8_t alpha) { return alpha == 255; }
bool is_opaque(std::uint16_t alpha) { return half_to_float(alpha) >= 1; }

constexpr float dark_ink_from = 128.0f / 255;  // luma of what is behind the numbers

/// `luma_at(texel)` is how bright a texel is shown.
template <class Picture>
void draw_values(ImDrawList& list, ImVec2 corner, Extent size, const Projection& projection, const Picture& picture,
                 auto luma_at) {
  const auto& font = *theme::fonts().caption;
  const Point first = projection.to_image({0, 0}), last = projection.to_image({size.width, size.height});
  const int x0 = std::max(0, int(std::floor(first.x))), x1 = std::min(picture.width - 1, int(std::floor(last.x)));
  const int y0 = std::max(0, int(std::floor(first.y))), y1 = std::min(picture.height - 1, int(std::floor(last.y)));
  for (int y = y0; y <= y1; ++y) {
    for (int x = x0; x <= x1; ++x) {
      const auto texel = picture.at(x, y);
      const int lines = is_opaque(texel[3]) ? 3 : 4;
      const ImU32 ink = luma_at(texel) > dark_ink_from ? IM_COL32(0, 0, 0, 200) : IM_COL32(255, 255, 255, 200);
      const Point at = projection.to_cell({float(x), float(y)});
      const float top = at.y + (projection.zoom - float(lines) * font.FontSize) / 2;
      for (int line = 0; line < lines; ++line) {
        Word text;
        const char* end = write_value(texel[std::size_t(line)], text);
        const float width = font.CalcTextSizeA(font.FontSize, FLT_MAX, 0, text.data(), end).x;
        list.AddText(&font, font.FontSize,
                     {std::round(corner.x + at.x + (projection.zoom - width) / 2),
                      std::round(corner.y + top + float(line) * font.FontSize)},
                     ink, text.data(), end);
      }
    }
  }
}

float luma(float red, float green, float blue) { return 0.299f * red + 0.587f * green + 0.114f * blue; }

float stored_luma(const std::array<std::uint8_t, 4>& texel) { return luma(texel[0], texel[1], texel[2]) / 255; }

float shown_luma(const std::array<std::uint16_t, 4>& texel, const Exposure& exposure, ToneCurve curve) {
  const auto shown = [&](std::uint16_t half) {
    return srgb_encode(tone_map(curve, half_to_float(half) * exposure.scale, exposure.white_point));
  };
  return luma(shown(texel[0]), shown(texel[1]), shown(texel[2]));
}

}  // namespace

float texel_values_zoom() { return theme::px(64); }

std::string light_text(float value) {
  Word text;
  return {text.data(), write_value(value, text)};
}

void draw_texel_values(ImDrawList& list, ImVec2 corner, Extent size, const Projection& projection, Cell cell,
                       const session::Snapshot& snapshot, const ViewState& view) {
  const session::ExperimentSnapshot* own = snapshot.of(slot_of(cell));
  const bool original = cell == Cell::original, reconstruction = kind_of(cell) == Cell::reconstruction;
  if (!snapshot.source || !own || !(original || reconstruction)) return;
  if (!shows_light(cell, snapshot)) {
    const auto& picture = original ? snapshot.source->picture : own->reconstruction_pixels;
    if (picture) draw_values(list, corner, size, projection, *picture, stored_luma);
    return;
  }
  const auto& light = original ? snapshot.source->light : own->reconstruction_light;
  Exposure exposure = snapshot.source->exposure;
  exposure.scale *= std::exp2(view.exposure_stops);
  if (light)
    draw_values(list, corner, size, projection, *light,
                [&](const auto& texel) { return shown_luma(texel, exposure, view.tone_curve); });
}

}  // namespace txs::app
