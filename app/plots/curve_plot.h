#pragma once
#include <imgui.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "artifact/report.h"
#include "plots/axis.h"

namespace txs::app {

/// Whose a run is: of now, with a colour of its own and its newest figure at its curve's end, or of before.
enum class Role { before, a, b };

/// How one run went.
struct Curve {
  std::uint64_t run = 0;
  Role role = Role::before;
  std::string label;     ///< in the legend
  std::span<const artifact::HistoryPoint> history;
};

enum class Quantity { psnr, loss, learning_rate, hamming };

/// Whether a run has any figure of it.
bool has(std::span<const artifact::HistoryPoint> history, Quantity quantity);

enum class PlotAxis { seconds, steps };

struct CurvePlot {
  Quantity quantity = Quantity::psnr;
  PlotAxis axis = PlotAxis::seconds;
  std::string_view x_title;
  bool legend = false;              ///< names the runs, where there are two or more
  std::uint64_t highlighted = 0;    ///< a run that is drawn strongly; 0: none
  metrics::Measure measure = metrics::Measure::rgb;  ///< what the decibels of all its runs are of
};

struct CurvePlotState {
  std::optional<Range> x, y;  ///< as shown; on their way to what the curves need
  int legend_corner = 3;      ///< top left, top right, bottom left, bottom right: where it covers least
};

/// What the mouse is on: the nearest point of a curve, or a name in the legend.
struct CurveHit {
  std::size_t curve = 0;
  std::optional<std::size_t> point;
};

/// A quantity against seconds or steps; the loss on a logarithmic axis. A point under the mouse has a crosshair.
/// Infinite decibels (a lossless result) lie on the upper edge; figures that a point lacks are left out.
std::optional<CurveHit> draw_curve_plot(const char* id, ImVec2 size, std::span<const Curve> curves,
                                        const CurvePlot& plot, CurvePlotState& state);

}  // namespace txs::app
