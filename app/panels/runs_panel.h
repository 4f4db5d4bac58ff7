#pragma once
#include <cstdint>

namespace txs::app {

/// The run that the mouse is on, in the table or on the plot; both show it. 0: none.
struct RunHighlight {
  std::uint64_t run = 0;
};

/// Which curves the quality panel shows.
struct QualityPanelState {
  bool previous_runs = true;
};

}  // namespace txs::app
