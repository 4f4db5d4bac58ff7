#include "artifact/paint.h"

#include <algorithm>

#include "artifact/sheet_style.h"

namespace txs::artifact {

void put(Rgba8Image& image, int x, int y, Rgb colour) {
  std::uint8_t* texel = &image.texels[(std::size_t(y) * std::size_t(image.width) + std::size_t(x)) * 4];
  std::ranges::copy(colour, texel);
  texel[3] = 255;
}

void fill(Rgba8Image& image, const Rect& box, Rgb colour) {
  for (int y = box.y; y < box.y + box.height; ++y) {
    for (int x = box.x; x < box.x + box.width; ++x) put(image, x, y, colour);
  }
}

void draw_text(Rgba8Image& image, const SheetText& text, int scale) {
  const Font& font = sheet_style::font(text.style);
  const int size = text_size(text.style, scale);
  const int baseline = text.box.y + font.baseline(size, text.box.height);
  font.draw(image, static_cast<float>(text.box.x), baseline, text.text, size, sheet_style::of(text.style).colour);
}

}  // namespace txs::artifact
