#pragma once
#include <imgui.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "codec/inspection.h"
#include "theme/theme.h"

namespace txs::app {

/// How the user looks at the colour cube.
struct CubeView {
  /// Radians; green points up. The eye starts beside the grey diagonal, along which most blocks lie.
  float yaw = -0.9f, pitch = 0.35f;
  float zoom = 1;      ///< [0.25, 16]
  bool whole = false;  ///< the unit cube instead of the block's part of it
};

/// A colour: where it lies in the unit cube, and how it is painted.
struct CubePoint {
  codec::Colour place{};
  ImU32 ink = 0;
};

struct CubeTexel {
  CubePoint original;
  std::optional<CubePoint> decoded;
  ImU32 ring = 0;    ///< that of its line; 0: a neutral one, by depth
  bool lit = false;  ///< under the mouse elsewhere
};

/// A line of colours between two endpoints.
struct CubeSegment {
  codec::Colour low{}, high{};  ///< places
  std::vector<codec::Colour> palette;
  ImU32 ink = 0;
  int lit_end = -1;  ///< 0 low, 1 high: pointed at elsewhere
};

/// A block in RGB space. Alpha is not drawn.
struct CubeScene {
  std::vector<CubeTexel> texels;
  codec::Colour mean{}, axis{};  ///< main axis through the mean; not drawn if it is 0
  std::optional<CubeSegment> initial;
  std::vector<CubeSegment> present;
  double low = 0, high = 255;  ///< what the ends of the axes stand for
};

/// Of the line that a search started from.
inline constexpr ImU32 cube_initial_ink = colour::sky_blue;

/// Orthographic, depth-cued. A drag turns it, the wheel zooms, a double click changes between the block and the whole
/// cube, whose axes say what their ends are.
void draw_colour_cube(const char* id, ImVec2 size, const CubeScene& scene, CubeView& view);

/// One caption line that says what the marks of the cube are. `line`: the ink of a single line; 0: there are several.
void draw_cube_legend(bool with_axis, bool with_initial, ImU32 line);

}  // namespace txs::app
