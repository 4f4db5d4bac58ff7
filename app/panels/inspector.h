#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "codec/codec.h"
#include "codec/inspection.h"
#include "plots/colour_cube.h"
#include "plots/simplex_plane.h"

namespace txs::app {

/// Where the user stands in a block's search, how the colour cube is turned, and what of a texel is unfolded.
struct InspectorState {
  int iteration = 0;        ///< of the search; 0 is the initial simplex
  bool follows_end = true;  ///< stays on the last iteration while the search grows; until the user scrubs
  bool playing = false;
  float moves_per_second = 4;  ///< while playing
  float waited = 0;            ///< share of the next move's time that has passed
  CubeView cube;

  std::shared_ptr<const codec::BlockInspection> seen;  ///< what `planes` belongs to
  std::vector<SimplexPlane> planes;
  std::optional<std::size_t> texel_under_mouse;  ///< lit wherever the block is drawn
  int field_under_mouse = -1;                    ///< of the bits; its bits, its row and what it sets are lit
  int bit_under_mouse = -1;
  int endpoint_under_mouse = -1;                 ///< 2 * line + (0 low, 1 high)
  bool whole_channels = false;                   ///< plots of single channels show all values that there are
  float exposure_stops = 0;                      ///< of blocks of light
  const codec::CodecKind* searches_simplex = nullptr;  ///< the kind of which a block with such a search was seen

  std::uint32_t descent_lines = 0;  ///< whose descents are looked at; 0: of the block's best
  int descent_start = -1;           ///< -1: the best start

  std::set<std::string> unfolded_grids;  ///< by name, so that other texels' stay unfolded too
  bool sums = false;                     ///< of a network's units, before the activation
};

}  // namespace txs::app
