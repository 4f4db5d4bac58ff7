#pragma once
#include <imgui.h>

#include "shell/layout.h"

namespace txs::app {

/// An ImGui window at a fixed place, for as long as it is in scope. It has no background, since the frame is cleared to
/// the panels' colour. Where panes overlap, the one that was made first in the program's life lies on top.
class Pane {
 public:
  Pane(const char* name, const Area& area, ImVec2 padding, bool scrolls = false);
  ~Pane() { ImGui::End(); }
  Pane(const Pane&) = delete;
  Pane& operator=(const Pane&) = delete;
};

}  // namespace txs::app
