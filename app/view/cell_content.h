#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "display/panel_pass.h"
#include "session/snapshot.h"
#include "view/projection.h"
#include "view/view_state.h"

namespace txs::app {

/// Texels that a click selects: a block, (1, 1) for codecs without blocks, (0, 0) while there is no codec.
struct BlockSize {
  std::uint32_t width = 0, height = 0;
};
BlockSize block_size(const session::Snapshot& snapshot);

/// The codec view that is looked at, or null if there is none.
const codec::View* shown_view(const session::Snapshot& snapshot, const ViewState& view);

/// The id of the codec view that some cell shows now; empty if none does.
std::string_view seen_view(const session::Snapshot& snapshot, const ViewState& view);

/// What a place on the canvas shows: one cell's picture, or two over each other.
struct Shown {
  Cell cell;                 ///< whole, or right of the split
  std::optional<Cell> left;  ///< of the split
  bool difference = false;
};
Shown resolve(Cell cell, const ViewState& view);

/// The picture of a cell; nothing while what it needs is not there yet.
std::optional<display::Panel> cell_panel(Cell cell, bool difference, const session::Snapshot& snapshot,
                                         const ViewState& view, const Projection& projection);

/// What stands above it: "Reconstruction · 39.97 dB".
std::string cell_title(const Shown& shown, const session::Snapshot& snapshot, const ViewState& view);
/// What stands in its place while there is no picture.
std::string cell_notice(Cell cell, const session::Snapshot& snapshot);

/// Of an encode that has failed, or that learns nothing more: why, and what may help. It stands over the newest picture;
/// empty while all is well.
std::string trouble_notice(const session::Snapshot& snapshot);

}  // namespace txs::app
