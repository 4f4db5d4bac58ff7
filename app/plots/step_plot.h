#pragma once
#include <imgui.h>

#include <cstddef>
#include <functional>

#include "plots/plot_area.h"

namespace txs::app {

/// What plots against the steps of a search share: a strip of coloured cells below, one a step, with their numbers; a head
/// at one of them; and dragging, which moves it.
class StepPlot {
 public:
  /// Takes `size` of the window. `left` and `right`: room for texts beside the area.
  StepPlot(const char* id, ImVec2 size, std::size_t steps, float left, float right);

  bool has_room() const;
  /// Cells of the steps from `first` on, in the colours that say of what kind they are, and numbers.
  void draw_strip(ImDrawList& list, std::size_t first, const std::function<ImU32(std::size_t)>& colour_of) const;
  void draw_head(ImDrawList& list, int step) const;
  /// True if `step` was changed.
  bool scrub(int& step) const;

  PlotArea area;  ///< x counts steps; what y is, is the plot's to say

 private:
  int last_;
  bool dragged_;
};

}  // namespace txs::app
