#pragma once
#include <imgui.h>

#include "codec/inspection.h"

namespace txs::app {

/// Best and worst loss of the simplex against iterations, logarithmic, with the moves as a coloured strip below.
/// Dragging scrubs: true if `iteration` (0 .. iterations - 1) was changed.
bool draw_loss_plot(const char* id, ImVec2 size, const codec::SimplexSearch& search, int& iteration);

/// The colour that stands for a move wherever moves are shown.
ImU32 move_colour(codec::SimplexMove move);

}  // namespace txs::app
