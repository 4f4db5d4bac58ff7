#include "shell/icon.h"

#include <algorithm>
#include <array>

namespace txs::app {
namespace {

using Rgba = std::array<std::uint8_t, 4>;

// The endpoints' colours and the palette index of each texel, in fifths of the way from one endpoint to the other.
constexpr Rgba low{24, 46, 84, 255}, high{255, 214, 140, 255}, frame{226, 168, 74, 255};
constexpr std::array<int, 16> indices{0, 0, 1, 2, 0, 1, 3, 4, 1, 3, 5, 4, 2, 4, 4, 3};

Rgba texel(int index) {
  Rgba colour = low;
  for (std::size_t c = 0; c < 3; ++c) colour[c] = std::uint8_t(low[c] + (high[c] - low[c]) * index / 5);
  return colour;
}

}  // namespace

IconPixels draw_program_icon(int side) {
  IconPixels icon{side, std::vector<std::uint8_t>(std::size_t(side) * std::size_t(side) * 4)};
  const int border = side >= 32 ? side / 16 : 1, inner = side - 2 * border;
  for (int y = 0; y < side; ++y) {
    for (int x = 0; x < side; ++x) {
      const int u = x - border, v = y - border;
      const bool inside = u >= 0 && v >= 0 && u < inner && v < inner;
      const Rgba colour = inside ? texel(indices[std::size_t(v * 4 / inner * 4 + u * 4 / inner)]) : frame;
      std::copy(colour.begin(), colour.end(), icon.rgba.begin() + (std::ptrdiff_t(y) * side + x) * 4);
    }
  }
  return icon;
}

}  // namespace txs::app
