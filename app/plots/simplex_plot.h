#pragma once
#include <imgui.h>

#include "codec/inspection.h"
#include "plots/simplex_plane.h"

namespace txs::app {

/// One move of the search on its plane: the simplex before (faint) and after, best and worst vertex marked, the
/// centroid, and the way from the worst vertex to the trial points.
/// @param before null for the initial simplex
void draw_simplex_plot(ImVec2 size, const codec::SimplexIteration* before, const codec::SimplexIteration& after,
                       const SimplexPlane& plane);

}  // namespace txs::app
