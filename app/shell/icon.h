#pragma once
#include <cstdint>
#include <vector>

namespace txs::app {

/// Square RGBA8 pixels.
struct IconPixels {
  int side = 0;
  std::vector<std::uint8_t> rgba;
};

/// The program's icon, drawn at the size it is asked for: a block of 4 x 4 texels on one colour line, as a block codec has
/// them, with the accent's frame around it.
IconPixels draw_program_icon(int side);

}  // namespace txs::app
