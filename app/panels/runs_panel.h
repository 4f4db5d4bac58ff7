#pragma once
#include <array>
#include <cstdint>

#include "plots/curve_plot.h"

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
  Quantity quantity = Quantity::psnr;
  struct Plots {
    CurvePlotState against_seconds, against_steps;
  };
  std::array<Plots, 4> plots;  ///< one a quantity, so that each keeps its ranges
};

}  // namespace txs::app
