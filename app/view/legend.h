#pragma once
#include <imgui.h>

#include <array>
#include <cstdint>
#include <string>

#include "codec/codec.h"

namespace txs::app {

// Colour bars stand at the right end of a cell's title strip, `height` tall, within `room` pixels where that is
// possible. Each returns its left edge.

using ColourMap = std::array<std::uint8_t, 3> (*)(float);

/// low [gradient] high.
struct ColourBar {
  ImVec2 from, to;  ///< of the gradient
  float left = 0;
};
ColourBar draw_bar(ImVec2 top_right, float height, float room, ColourMap map, const std::string& low,
                   const std::string& high);

/// Of the error map: 0 .. scale, or of the difference, -scale .. scale; of 8 bits also in steps of 255, of light in
/// units of the logarithm. Drag, wheel and double click change the scale.
float draw_error_bar(ImVec2 top_right, float height, float room, float& scale, bool is_signed, bool of_light);

/// Of a scalar view: minimum .. maximum and unit.
float draw_scalar_bar(ImVec2 top_right, float height, float room, const codec::View& view);

}  // namespace txs::app
