// Pictures of arithmetic alone, no library's sines or powers in them: the same bytes wherever they are drawn.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>

#include "samples/noise.h"
#include "samples/samples.h"

namespace txs::samples {
namespace {

struct Texel {
  int r, g, b;
};

Rgba8Image draw(int width, int height, const std::function<Texel(int x, int y)>& texel_at) {
  Rgba8Image image{width, height, {}};
  image.texels.reserve(image.pixel_count() * 4);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const Texel texel = texel_at(x, y);
      for (const int value : {texel.r, texel.g, texel.b, 255})
        image.texels.push_back(static_cast<std::uint8_t>(std::clamp(value, 0, 255)));
    }
  return image;
}

Texel mix(Texel a, Texel b, int part, int whole) {
  return {a.r + (b.r - a.r) * part / whole, a.g + (b.g - a.g) * part / whole, a.b + (b.b - a.b) * part / whole};
}

/// A saturated colour of the hue circle, 0 .. 1535 around it.
Texel hue(int turn) {
  turn = ((turn % 1536) + 1536) % 1536;
  const int rise = turn % 256, fall = 255 - rise;
  switch (turn / 256) {
    case 0: return {255, rise, 0};
    case 1: return {fall, 255, 0};
    case 2: return {0, 255, rise};
    case 3: return {0, fall, 255};
    case 4: return {rise, 0, 255};
    default: return {255, 0, fall};
  }
}

/// 0 .. 255 .. 0 over a period.
int triangle(int position, int period) {
  const int phase = ((position % period) + period) % period;
  return 255 - std::abs(2 * phase - period) * 255 / period;
}

constexpr int cell = 32, cells_a_row = 8;

/// What a cell of the swatches shows. x, y run over the cell, `row` picks the two colours it is made of.
Texel swatch(int column, int row, int x, int y) {
  const Texel a = hue(row * 192), b = hue(row * 192 + 512), c = hue(row * 192 + 1024);
  const Texel white{255, 255, 255}, black{0, 0, 0};
  switch (column) {
    case 0: return (x + y) % 2 == 0 ? a : b;                                    // checks of single texels
    case 1: return x % (2 + row % 4) == 0 ? a : (row < 4 ? black : white);  // lines, 1 in 2 to 1 in 5
    case 2: return std::array{a, b, c}[static_cast<std::size_t>((x + (row % 2 == 0 ? y : 2 * y)) % 3)];  // three hues
    case 3: return (x - 16) * (x - 16) + (y - 16) * (y - 16) < 120 + row * 8 ? a : b;  // an edge through blocks
    case 4: return hue(static_cast<int>(hash01(x, y, static_cast<std::uint32_t>(row)) * 1536));  // every texel another
    case 5: return mix(mix(black, a, x, 31), mix(white, c, x, 31), y, 31);                       // a bilinear gradient
    case 6: {  // steps of one code value near grey
      const int grey = 40 + row * 24;
      return {grey + (x / 4) % 3 - 1, grey + (y / 4) % 3 - 1, grey + (x / 4 + y / 4) % 3 - 1};
    }
    default: {  // strokes as of letters, one texel wide, on colour
      const bool stroke = x % 8 == 1 || (y % 8 == 1 && x % 8 < 6) || (y % 8 == 4 && x % 8 < 4) || x % 8 == y % 8;
      return stroke ? (row % 2 == 0 ? white : black) : mix(a, c, row, 12);
    }
  }
}

}  // namespace

Rgba8Image swatches() {
  return draw(cell * cells_a_row, cell * cells_a_row,
              [](int x, int y) { return swatch(x / cell, y / cell, x % cell, y % cell); });
}

Rgba8Image odd() {
  return draw(201, 103, [](int x, int y) {
    const int dx = x - 66, dy = y - 52;
    const int squared = dx * dx + dy * dy;  // rings that get finer outwards, as of a zone plate
    const Texel colour = hue(x * 7 + y * 3);
    return mix(mix(Texel{12, 16, 28}, colour, 1, 4), mix(colour, Texel{255, 250, 240}, 1, 3),
               triangle(squared / 2 + 256, 512), 255);
  });
}

Rgba8Image tiny() {
  return draw(1, 1, [](int, int) { return Texel{0xE8, 0x8A, 0x2C}; });
}

}  // namespace txs::samples
