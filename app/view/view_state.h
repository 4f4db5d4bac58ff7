#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "display/panel_pass.h"
#include "view/category_filter.h"

namespace txs::app {

/// What a canvas cell shows. Those of B are there while there is a B.
enum class Cell {
  original,
  reconstruction, error, codec_view,        ///< of experiment A
  reconstruction_b, error_b, codec_view_b,  ///< of experiment B
  between,                                  ///< how far A and B are from each other
};
inline constexpr int cell_count = 8;

/// How two cells are laid over each other: `compared_with` against the one that fills the centre, or in the grid against
/// the top right one. The difference is that of two pictures.
enum class Compare { none, split, blink, difference };

/// The eyes of the user: what of the snapshot is looked at, and how. Owned by the window (and by scripts without one),
/// read by canvas, status line, sheets; saved in the config.
struct ViewState {
  static constexpr std::size_t places = 4;  ///< of the grid, row by row
  std::array<Cell, places> grid{Cell::original, Cell::reconstruction, Cell::error, Cell::codec_view};
  std::optional<Cell> filling;        ///< alone in the centre; nullopt: the grid
  Compare compare = Compare::none;
  Cell compared_with = Cell::original;  ///< left of the split; what blinking shows while its key is held
  bool with_b = false;                  ///< there was an experiment B when cells were last chosen
  float split = 0.5f;                 ///< [0, 1] of the cell's width
  bool blink_held = false;

  // One pan and zoom for all cells: the image coordinate at a cell's centre, and pixels a texel. zoom 0: fit.
  float centre_x = 0, centre_y = 0;
  float zoom = 0;                     ///< 0 or [1/64, 128]

  display::Channels channels = display::Channels::rgb;
  float exposure_stops = 0;           ///< [-8, 8]
  ToneCurve tone_curve = ToneCurve::reinhard;  ///< of pictures that are light
  float error_scale = 0.1f;           ///< [0.005, 1]
  bool pixel_grid = true, block_grid = true;
  std::string codec_view, codec_view_b;  ///< ids of A's and of B's; empty: the first
  CategoryFilter filter;              ///< blocks that stay lit
  bool filters_pictures = true;       ///< also in reconstruction and error, not in the codec's views alone
  display::FeatureLook features;      ///< of views of feature grids

  struct Cursor {
    int x = 0, y = 0;  ///< image texel
  };
  std::optional<Cursor> cursor;       ///< under the mouse, if over a picture
};

}  // namespace txs::app
