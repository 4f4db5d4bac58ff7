#pragma once
#include <imgui.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "core/ticks.h"

namespace txs::app {

/// How often values lie in equal parts of a scale: a bar a part, in the colour that a map gives its middle. Returns the
/// bar under the mouse.
std::optional<std::size_t> draw_histogram(const char* id, ImVec2 size, std::span<const std::uint32_t> counts,
                                          Range scale, std::array<std::uint8_t, 3> (*map)(float));

}  // namespace txs::app
