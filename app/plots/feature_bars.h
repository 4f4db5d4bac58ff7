#pragma once
#include <imgui.h>

#include <cstddef>
#include <optional>
#include <span>

namespace txs::app {

/// A bar a value about a line at zero, up for positive ones; `scale` is the height's half. The bar under the mouse.
std::optional<std::size_t> draw_feature_bars(const char* id, ImVec2 size, std::span<const float> values, float scale);

}  // namespace txs::app
