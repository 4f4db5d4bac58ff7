#pragma once
#include <imgui.h>

#include <string>

#include "session/snapshot.h"
#include "view/projection.h"
#include "view/view_state.h"

namespace txs::app {

/// From here on a texel has room for its three numbers.
float texel_values_zoom();

/// Prints R, G, B (and A where it is not opaque) into the texels that are seen: stored bytes, or linear numbers of light.
/// Of pictures alone; nothing while the values have not been read back. `corner` is the cell's on the screen.
void draw_texel_values(ImDrawList& list, ImVec2 corner, Extent size, const Projection& projection, Cell cell,
                       const session::Snapshot& snapshot, const ViewState& view);

/// A linear value in at most six letters and a sign: "0.0123", "1.250", "24000".
std::string light_text(float value);

}  // namespace txs::app
