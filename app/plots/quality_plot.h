#pragma once
#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "artifact/report.h"
#include "plots/axis.h"

namespace txs::app {

struct QualityCurve {
  std::uint64_t run = 0;
  bool present = false;  ///< the run of now: in the accent, with its newest figure at its end
  std::span<const artifact::HistoryPoint> history;
};

enum class QualityAxis { seconds, steps };

struct QualityPlotState {
  std::optional<Range> x, y;  ///< as shown; on their way to what the curves need
};

/// The point of a curve that the mouse is nearest to.
struct QualityHit {
  std::size_t curve = 0, point = 0;
};

/// PSNR against seconds or steps. `highlighted` (a run; 0: none) is drawn strongly. Returns what is under the mouse,
/// which has a crosshair then. Infinite figures (a lossless result) lie on the upper edge.
std::optional<QualityHit> draw_quality_plot(const char* id, ImVec2 size, std::span<const QualityCurve> curves,
                                            QualityAxis axis, std::string_view x_title, std::uint64_t highlighted,
                                            QualityPlotState& state);

/// The colour of a run's curve and chip: the accent for the present one, else by its number.
ImU32 run_colour(std::uint64_t run, bool present);

}  // namespace txs::app
