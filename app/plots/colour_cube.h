#pragma once
#include <imgui.h>

#include <optional>
#include <span>
#include <vector>

#include "codec/inspection.h"

namespace txs::app {

/// How the user looks at the colour cube.
struct CubeView {
  /// Radians; green points up. The eye starts beside the grey diagonal, along which most blocks lie.
  float yaw = -0.9f, pitch = 0.35f;
  float zoom = 1;      ///< [0.25, 16]
  bool whole = false;  ///< the unit cube instead of the block's part of it
};

/// A line of colours between two endpoints; `palette` may be empty.
struct CubeSegment {
  codec::Colour low{}, high{};
  std::span<const codec::Colour> palette;
};

/// A block in RGB space. Alpha is not drawn.
struct CubeScene {
  std::span<const codec::Texel> original, decoded;  ///< decoded may be empty
  codec::Colour mean{}, axis{};                     ///< main axis through the mean; not drawn if it is 0
  std::optional<CubeSegment> initial;
  std::vector<CubeSegment> present;
};

/// Orthographic, depth-cued. A drag turns it, the wheel zooms, a double click changes between the block and the whole
/// cube.
void draw_colour_cube(const char* id, ImVec2 size, const CubeScene& scene, CubeView& view);

/// One caption line that says what the marks of the cube are.
void draw_cube_legend(bool with_initial);

}  // namespace txs::app
