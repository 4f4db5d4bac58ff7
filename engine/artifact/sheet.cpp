#include "artifact/sheet.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "artifact/paint.h"
#include "artifact/sheet_style.h"

namespace txs::artifact {
namespace {

/// Opaque texels come out as they are; others over a checkerboard, blended in the stored values as browsers do.
void draw_picture(Rgba8Image& sheet, const Rect& box, const Rgba8Image& picture, int square) {
  for (int y = 0; y < box.height; ++y) {
    for (int x = 0; x < box.width; ++x) {
      const auto [red, green, blue, alpha] = picture.at(x, y);
      const Rgb under = (x / square + y / square) % 2 == 0 ? sheet_style::checker_light : sheet_style::checker_dark;
      const Rgb over{red, green, blue};
      Rgb mixed{};
      for (std::size_t c = 0; c < 3; ++c) {
        mixed[c] = static_cast<std::uint8_t>((over[c] * alpha + under[c] * (255 - alpha) + 127) / 255);
      }
      put(sheet, box.x + x, box.y + y, mixed);
    }
  }
}

Rgb ramp_colour(const std::vector<Rgb>& ramp, float position) {
  const float at = position * static_cast<float>(ramp.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(at), ramp.size() - 2);
  const float share = at - static_cast<float>(low);
  Rgb colour{};
  for (std::size_t c = 0; c < 3; ++c) {
    colour[c] = static_cast<std::uint8_t>(std::lround(std::lerp(float(ramp[low][c]), float(ramp[low + 1][c]), share)));
  }
  return colour;
}

void draw_bar(Rgba8Image& sheet, const Rect& box, const std::vector<Rgb>& ramp) {
  for (int x = 0; x < box.width; ++x) {
    const float position = (static_cast<float>(x) + 0.5f) / static_cast<float>(box.width);
    fill(sheet, {box.x + x, box.y, 1, box.height}, ramp_colour(ramp, position));
  }
}

}  // namespace

Rgba8Image compose_sheet(const std::vector<SheetPanel>& panels, const SheetResults& results) {
  const SheetLayout layout = layout_sheet(panels, results);
  Rgba8Image sheet{layout.width, layout.height, {}};
  sheet.texels.resize(sheet.pixel_count() * 4);
  fill(sheet, {0, 0, sheet.width, sheet.height}, sheet_style::background);

  for (const Rect& rule : layout.rules) fill(sheet, rule, sheet_style::line);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    draw_picture(sheet, layout.pictures[i], panels[i].picture, sheet_style::checker * layout.scale);
  }
  for (const SheetLayout::Bar& bar : layout.bars) draw_bar(sheet, bar.box, panels[bar.panel].legend.ramp);
  for (const SheetLayout::Swatch& swatch : layout.swatches) fill(sheet, swatch.box, swatch.colour);
  for (const SheetText& text : layout.texts) draw_text(sheet, text, layout.scale);
  return sheet;
}

}  // namespace txs::artifact
