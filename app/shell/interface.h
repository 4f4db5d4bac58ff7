#pragma once
#include <filesystem>
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
  const Toasts& toasts() const { return toasts_; }

 private:
  void draw_left_column(const Area& area, Desk& desk);
  void draw_centre(const Area& area, Desk& desk, const Config& config);
  void draw_bottom(const Layout& layout, Desk& desk);
  void draw_drawer(const Area& area, Desk& desk, const DeviceStatus& device);

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
