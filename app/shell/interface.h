#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "panels/panels.h"
#include "shell/actions.h"
#include "shell/config.h"
#include "shell/toasts.h"

namespace txs::app {

/// Draws the whole window with ImGui: the panels in their places, the canvas, and what lies over them.
class Interface {
 public:
  Interface();

  void draw(Extent window, Desk& desk, Config& config, const DeviceStatus& device);

  /// Moves by itself, without anything new from the session.
  bool animated() const { return inspector_.playing; }
  bool over_b_choice(ImVec2 point) const { return toolbar_.over_b(point); }
  /// Groups of parameters that are folded away.
  const std::set<std::string>& folded() const { return codec_.folded; }
  void fold(std::set<std::string> groups) { codec_.folded = std::move(groups); }
  const Toasts& toasts() const { return toasts_; }

 private:
  void draw_left_column(const Area& area, Desk& desk);
  void draw_centre(const Area& area, Desk& desk, const Config& config);
  void draw_bottom(const Layout& layout, Desk& desk);
  void draw_drawer(const Area& area, Desk& desk, const DeviceStatus& device);

  ToolbarState toolbar_;
  CodecPanelState codec_;
  QualityPanelState quality_;
  RunHighlight highlight_;
  InspectorState inspector_;
  LogPanelState log_;
  Toasts toasts_;
  float size_panel_height_ = 0;  ///< as it was in the last frame
  std::vector<std::filesystem::path> samples_;
};

}  // namespace txs::app
