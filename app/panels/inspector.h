#pragma once
#include <cstdint>
#include <utility>

namespace txs::app {

/// Where the user stands in a block's search, and how the colour cube is turned.
struct InspectorState {
  std::pair<std::uint32_t, std::uint32_t> block{UINT32_MAX, UINT32_MAX};  ///< that the rest belongs to
  int iteration = 0;           ///< of the search, 0 is the initial simplex
  bool at_end = true;          ///< stays on the last iteration while the search grows
  bool playing = false;
  float moves_per_second = 4;  ///< while playing
  float pending_moves = 0;     ///< fraction of the next move already waited for
  float cube_yaw = 0.7f, cube_pitch = 0.45f;  ///< radians
};

}  // namespace txs::app
