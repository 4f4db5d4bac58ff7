#pragma once
#include <imgui.h>

namespace txs::app {

/// Signs drawn as shapes, since the font has none; sharp at every scale.
enum class Icon { play, pause, step, restart, sheet, save, open, help, close, left, right, down, fit, first, last };

/// Fills about a `size` square around `centre`, in pixels of now.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour);

}  // namespace txs::app
