#pragma once
#include <imgui.h>

#include <string_view>

#include "panels/inspector.h"

namespace txs::app {

/// What the steps of a search are called where one moves through them.
struct TransportNames {
  std::string_view to_first, to_last, step, counted, a_second;  ///< "To the initial simplex", ..., tooltips
};

/// To a step, 0 .. last, by the user.
void go_to_step(InspectorState& state, int step, int last);
/// One frame of playing.
void advance_player(InspectorState& state, int last);
/// Buttons, "3 of 14", and how fast it is played.
void draw_transport(InspectorState& state, int last, const TransportNames& names);
/// A line that names a step, marked with its kind's colour in the plot.
void draw_step_name(std::string_view name, ImU32 ink);

}  // namespace txs::app
