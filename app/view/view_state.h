#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "display/panel_pass.h"

namespace txs::app {

/// Which picture a canvas cell shows. `grid` is the default of four cells; any one may fill the centre.
enum class Cell { original, reconstruction, error, codec_view };
inline constexpr int cell_count = 4;

/// How two pictures are laid over each other: `compared_with` against the cell that fills the centre, or in the grid
/// against the reconstruction.
enum class Compare { none, split, blink, difference };

/// The eyes of the user: what of the snapshot is looked at, and how. Owned by the window (and by scripts without one),
/// read by canvas, status line, sheets; saved in the config.
struct ViewState {
  std::optional<Cell> filling;        ///< nullopt: four cells
  Compare compare = Compare::none;    ///< difference is always the reconstruction's from the original
  Cell compared_with = Cell::original;  ///< left of the split; what blinking shows while its key is held
  float split = 0.5f;                 ///< [0, 1] of the cell's width
  bool blink_held = false;

  // One pan and zoom for all cells: the image coordinate at a cell's centre, and pixels a texel. zoom 0: fit.
  float centre_x = 0, centre_y = 0;
  float zoom = 0;                     ///< 0 or [1/64, 128]

  display::Channels channels = display::Channels::rgb;
  float exposure_stops = 0;           ///< [-8, 8]
  float error_scale = 0.1f;           ///< [0.005, 1]
  bool pixel_grid = true, block_grid = true;
  std::string codec_view;             ///< id; empty: the first
  int only_category = -1;
  display::FeatureLook features;      ///< of views of feature grids

  struct Cursor {
    int x = 0, y = 0;  ///< image texel
  };
  std::optional<Cursor> cursor;       ///< under the mouse, if over a picture
};

}  // namespace txs::app
