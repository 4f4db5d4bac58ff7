#pragma once
#include <imgui.h>

#include "codec/inspection.h"

namespace txs::app {

/// Loss (a line, logarithmic) and distance from the nearest pattern (bars, in texels) against a descent's steps, with the
/// kind of each step as a coloured strip below. Dragging scrubs: true if `step` (0 .. steps - 1) was changed.
bool draw_descent_plot(const char* id, ImVec2 size, const codec::Descent& descent, int& step);

/// The colour that stands for a kind of step wherever steps are shown.
ImU32 step_colour(codec::DescentStep::Kind kind);

}  // namespace txs::app
