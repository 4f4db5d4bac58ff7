#pragma once
#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "plots/curve_plot.h"
#include "plots/plot_area.h"

namespace txs::app {

/// The colour of a run's curve and chip: the accent for A's, sky blue for B's, else by its number, of Okabe and Ito's set.
ImU32 run_colour(std::uint64_t run, Role role);

/// The runs' names in a corner of the plot, newest first, as many as have room: in that corner where the fewest of
/// `points` (on the screen, of all curves) are covered; it stays in its corner as long as none is much better. The curve
/// whose name the mouse is on.
std::optional<std::size_t> draw_curve_legend(ImDrawList& list, const PlotArea& area, std::span<const Curve> curves,
                                             std::span<const ImVec2> points, std::uint64_t highlighted, int& corner);

}  // namespace txs::app
