#pragma once
#include <cstdint>

#include "plots/quality_plot.h"

namespace txs::app {

/// The run that the mouse is on, in the table or on a plot, so that each lights it. Lasts a frame beyond the last mark,
/// whichever of them is drawn first.
class RunHighlight {
 public:
  void mark(std::uint64_t run);
  std::uint64_t run() const;  ///< 0: none

 private:
  std::uint64_t run_ = 0;
  int frame_ = -2;
};

struct QualityPanelState {
  bool previous_runs = true;  ///< their curves are shown
  QualityPlotState against_seconds, against_steps;
};

}  // namespace txs::app
