#pragma once
#include "shell/window.h"

namespace txs::app {

/// ImGui's context and its GLFW backend, for one window.
class ImguiContext {
 public:
  explicit ImguiContext(const Window& window);
  ~ImguiContext();
  ImguiContext(const ImguiContext&) = delete;
  ImguiContext& operator=(const ImguiContext&) = delete;

  void begin_frame();
};

}  // namespace txs::app
