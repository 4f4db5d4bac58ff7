#pragma once
#include <vulkan/vulkan.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

struct GLFWwindow;

namespace txs::app {

/// A key going down: what it typed, if that is a printable character (keyboards of any layout find their '?' and
/// '+' by it), and what key it is (GLFW's number, for those that type nothing).
struct KeyPress {
  char32_t character = 0;
  int key = 0;
  bool shift = false, control = false;
  bool repeated = false;  ///< held down
};

/// What has come from the window system since the last poll.
struct WindowEvents {
  std::vector<KeyPress> presses;
  std::vector<int> releases;  ///< GLFW's key numbers
  std::vector<std::filesystem::path> drops;
  float drop_x = 0, drop_y = 0;  ///< where, in the window
  bool any = false;           ///< something that may change what is to be seen, mouse movement included
};

/// The one window, by GLFW. Knows nothing of what is drawn in it.
class Window {
 public:
  struct Size {
    int width = 0, height = 0;
  };

  /// Throws Error(internal) when there is no display.
  Window(Size size, bool maximised);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  /// Takes events; waits up to `seconds` for the first.
  WindowEvents poll(double seconds);

  bool should_close() const;
  bool minimised() const;
  bool maximised() const;
  Size size() const;                          ///< of the window, in its own units
  std::pair<int, int> framebuffer() const;    ///< in pixels
  float content_scale() const;                ///< 1 at 96 dpi
  double refresh_seconds() const;             ///< of the monitor, 1/60 where it is not known
  void set_title(const std::string& title);
  GLFWwindow* handle() const { return window_; }

  static std::vector<const char*> instance_extensions();
  VkSurfaceKHR make_surface(VkInstance instance) const;  ///< throws Error(device)

 private:
  struct Callbacks;
  GLFWwindow* window_ = nullptr;
  WindowEvents events_;
  KeyPress last_key_;
};

}  // namespace txs::app
