#pragma once
#include <imgui.h>

#include "image/image.h"
#include "view/projection.h"

namespace txs::app {

/// From here on a texel has room for its three numbers.
float texel_values_zoom();

/// Prints R, G, B (and A where it is not opaque) into the texels that are seen. `corner` is the cell's on the screen.
void draw_texel_values(ImDrawList& list, ImVec2 corner, Extent cell, const Projection& projection,
                       const Rgba8Image& picture);

}  // namespace txs::app
