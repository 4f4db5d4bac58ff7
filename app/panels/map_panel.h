#pragma once
#include "session/snapshot.h"
#include "view/view_state.h"

namespace txs::app {

/// All blocks of the picture: how many have each category of the view that is looked at, or each part of its scale, as
/// the search goes; a click on a category filters the pictures by it. Fills the content region; a list of many
/// categories scrolls.
void draw_map_panel(const session::Snapshot& snapshot, ViewState& view);

/// Whether the codec has views that can be counted.
bool has_maps(const session::ExperimentSnapshot& experiment);

}  // namespace txs::app
