#pragma once
#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "plots/curve_plot.h"
#include "plots/plot_area.h"

namespace txs::app {

/// The colour of a run's curve and chip: the accent for the present one, else by its number, of Okabe and Ito's set.
ImU32 run_colour(std::uint64_t run, bool present);

/// The runs' names in a corner of the plot, newest first, as many as have room; `at_bottom` where curves fall from the
/// top. The curve whose name the mouse is on.
std::optional<std::size_t> draw_curve_legend(ImDrawList& list, const PlotArea& area, std::span<const Curve> curves,
                                             std::uint64_t highlighted, bool at_bottom);

}  // namespace txs::app
