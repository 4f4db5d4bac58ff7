#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "display/panel_pass.h"
#include "session/session.h"
#include "session/snapshot.h"
#include "view/projection.h"
#include "view/view_state.h"

namespace txs::app {

/// The experiment that a cell is of; the original is A's.
session::Slot slot_of(Cell cell);
/// The same cell of experiment A: what is to be seen, whoever it is of.
Cell kind_of(Cell cell);
/// That kind of cell, of an experiment.
Cell of_slot(Cell kind, session::Slot slot);
/// Whether what it is of is there: all cells but those of a B that is not.
bool available(Cell cell, const session::Snapshot& snapshot);
/// "Original", "Reconstruction B", "Codec view".
std::string cell_name(Cell cell, const session::Snapshot& snapshot);

/// When B comes it takes a place in the grid, and A is compared with it; when it goes, so do its cells.
void follow_experiments(ViewState& view, const session::Snapshot& snapshot);

/// Texels that a click selects: a block, (1, 1) for codecs without blocks, (0, 0) while there is no codec.
codec::BlockSize block_size(const session::ExperimentSnapshot& experiment);

/// The codec view of an experiment that is looked at, or null if there is none.
const codec::View* shown_view(const session::Snapshot& snapshot, const ViewState& view, session::Slot slot);
/// The choice of it: an id.
std::string& chosen_view(ViewState& view, session::Slot slot);
const std::string& chosen_view(const ViewState& view, session::Slot slot);
/// A sheet as pictures are looked at now, with the view of the experiment that has the focus.
session::Session::SheetSettings sheet_settings(const session::Snapshot& snapshot, const ViewState& view);

/// The id of the codec view of an experiment that some cell shows now; empty if none does.
std::string_view seen_view(const session::Snapshot& snapshot, const ViewState& view, session::Slot slot);

/// What a place on the canvas shows: one cell's picture, or two over each other.
struct Shown {
  Cell cell;                 ///< whole, or right of the split
  std::optional<Cell> left;  ///< of the split
  std::optional<Cell> minus; ///< the picture that it is a difference from
};
Shown resolve(Cell cell, const ViewState& view);

/// The views that the filter looks for its map in: those of the cell's own codec, else those of the other experiment:
/// the same places are dimmed, whatever blocks lie there.
std::span<const codec::View> filtering_views(Cell cell, const session::Snapshot& snapshot, const ViewState& view);

/// Whether a cell dims the blocks that the filter leaves out: all but the original do.
bool is_filtered(Cell cell, bool difference, const ViewState& view);

/// Whether what an experiment encodes is light: then its figures, errors and readouts are of that.
bool is_of_light(const session::ExperimentSnapshot& experiment);
/// Whether a cell shows light, exposed and tone-mapped.
bool shows_light(Cell cell, const session::Snapshot& snapshot);

/// What its picture is made of: what changes where a texture's contents do.
std::uint64_t cell_revision(Cell cell, std::optional<Cell> minus, const session::Snapshot& snapshot);

/// The picture of a cell; nothing while what it needs is not there yet.
std::optional<display::Panel> cell_panel(Cell cell, std::optional<Cell> minus, const session::Snapshot& snapshot,
                                         const ViewState& view, const Projection& projection);

/// What stands above it: "Reconstruction · 39.97 dB".
std::string cell_title(const Shown& shown, const session::Snapshot& snapshot, const ViewState& view);
/// What stands in its place while there is no picture.
std::string cell_notice(Cell cell, const session::Snapshot& snapshot);

/// Of an encode that has failed, or that learns nothing more: why, and what may help. It stands over the newest picture;
/// empty while all is well.
std::string trouble_notice(const session::ExperimentSnapshot& experiment);

}  // namespace txs::app
