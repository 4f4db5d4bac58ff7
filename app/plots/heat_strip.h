#pragma once
#include <imgui.h>

#include <cstddef>
#include <optional>
#include <span>

namespace txs::app {

/// A map for values about zero: blue below, orange above, dark at 0. `t` in [-1, 1], clamped; grey for what is no number.
ImU32 diverging_colour(float t);

/// The largest absolute value that is a number; at least a little, so that it can be divided by.
float largest_magnitude(std::span<const float> values);

/// Values as small cells in rows of at most `a_row`, coloured by value / scale; fills `width`, cells `cell_height` tall.
/// The cell under the mouse.
std::optional<std::size_t> draw_heat_strip(const char* id, float width, float cell_height, std::size_t a_row,
                                           std::span<const float> values, float scale);

/// What the colours of a strip mean: -scale [gradient] scale, its right end at `right` (window coordinates) on the
/// current line.
void draw_heat_scale(float right, float scale);

}  // namespace txs::app
