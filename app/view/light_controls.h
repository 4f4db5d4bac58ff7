#pragma once
#include <imgui.h>

#include "view/view_state.h"

namespace txs::app {

/// How light is shown, at the right end of a cell's title strip: the tone curve, and in a menu below it the choice of
/// curves and the exposure. Returns its left edge.
float draw_light_controls(ImVec2 top_right, float height, ViewState& view);

}  // namespace txs::app
