#define GLFW_INCLUDE_VULKAN
#include "shell/window.h"

#include <GLFW/glfw3.h>

#include <algorithm>
#include <string>

#include "core/error.h"
#include "shell/icon.h"

namespace txs::app {
namespace {

constexpr Window::Size smallest{1024, 700};

std::string glfw_problem() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text ? text : "no reason given";
}

/// GLFW itself, for as long as there is a window.
void start_glfw() {
  if (!glfwInit())
    throw Error(Fault::internal,
                "no window: " + glfw_problem() + " (set DISPLAY, or use a command that needs none: texelscope run)");
}

/// No larger than what the first monitor leaves to windows.
Window::Size within_monitor(Window::Size size) {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  if (monitor == nullptr) return size;
  int x = 0, y = 0, width = 0, height = 0;
  float scale_x = 1, scale_y = 1;
  glfwGetMonitorWorkarea(monitor, &x, &y, &width, &height);
  glfwGetMonitorContentScale(monitor, &scale_x, &scale_y);
  if (width > 0) size.width = std::min(size.width, int(float(width) / scale_x));
  if (height > 0) size.height = std::min(size.height, int(float(height) / scale_y));
  return size;
}

GLFWwindow* make_window(Window::Size size, bool maximised) {
  size = within_monitor(size);
  glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
  glfwWindowHint(GLFW_MAXIMIZED, maximised ? GLFW_TRUE : GLFW_FALSE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);  // the size is given at scale 1
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "Texelscope");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "texelscope");
  return glfwCreateWindow(size.width, size.height, "Texelscope", nullptr, nullptr);
}

void set_icon(GLFWwindow* window) {
  std::vector<Rgba8Image> icons = program_icons();
  std::vector<GLFWimage> images;
  for (Rgba8Image& icon : icons) images.push_back({icon.width, icon.height, icon.texels.data()});
  glfwSetWindowIcon(window, int(images.size()), images.data());
}

}  // namespace

struct Window::Callbacks {
  static Window& of(GLFWwindow* window) { return *static_cast<Window*>(glfwGetWindowUserPointer(window)); }

  static void key(GLFWwindow* window, int key, int, int action, int mods) {
    Window& self = of(window);
    self.events_.any = true;
    if (action == GLFW_RELEASE) return self.events_.releases.push_back(key);
    self.last_key_ = {0, key, (mods & GLFW_MOD_SHIFT) != 0, (mods & GLFW_MOD_CONTROL) != 0, action == GLFW_REPEAT};
    self.events_.presses.push_back(self.last_key_);
  }

  /// Follows the key that typed it.
  static void character(GLFWwindow* window, unsigned code) {
    Window& self = of(window);
    self.events_.any = true;
    KeyPress press = self.last_key_;
    press.character = code;
    if (!self.events_.presses.empty() && self.events_.presses.back().character == 0)
      self.events_.presses.back() = press;
    else
      self.events_.presses.push_back(press);
  }

  static void drop(GLFWwindow* window, int count, const char** paths) {
    Window& self = of(window);
    self.events_.any = true;
    for (int i = 0; i < count; ++i) self.events_.drops.emplace_back(paths[i]);
    double x = 0, y = 0;
    glfwGetCursorPos(window, &x, &y);
    self.events_.drop_x = float(x);
    self.events_.drop_y = float(y);
  }

  static void note(GLFWwindow* window) { of(window).events_.any = true; }
};

Window::Window(Size size, bool maximised) {
  start_glfw();
  window_ = make_window(size, maximised);
  if (!window_) {
    const std::string problem = glfw_problem();
    glfwTerminate();
    throw Error(Fault::internal, "no window: " + problem);
  }
  glfwSetWindowUserPointer(window_, this);
  glfwSetWindowSizeLimits(window_, smallest.width, smallest.height, GLFW_DONT_CARE, GLFW_DONT_CARE);
  set_icon(window_);
  // Set before ImGui's backend sets its own, which then calls these.
  glfwSetKeyCallback(window_, Callbacks::key);
  glfwSetCharCallback(window_, Callbacks::character);
  glfwSetDropCallback(window_, Callbacks::drop);
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int, int, int) { Callbacks::note(w); });
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double, double) { Callbacks::note(w); });
  glfwSetScrollCallback(window_, [](GLFWwindow* w, double, double) { Callbacks::note(w); });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int) { Callbacks::note(w); });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int) { Callbacks::note(w); });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { Callbacks::note(w); });
  glfwSetWindowIconifyCallback(window_, [](GLFWwindow* w, int) { Callbacks::note(w); });
  glfwSetFramebufferSizeCallback(window_, [](GLFWwindow* w, int, int) { Callbacks::note(w); });
  glfwSetWindowContentScaleCallback(window_, [](GLFWwindow* w, float, float) { Callbacks::note(w); });
}

Window::~Window() {
  glfwDestroyWindow(window_);
  glfwTerminate();
}

WindowEvents Window::poll(double seconds) {
  events_ = {};
  if (seconds > 0) {
    glfwWaitEventsTimeout(seconds);
  } else {
    glfwPollEvents();
  }
  return std::move(events_);
}

bool Window::should_close() const { return glfwWindowShouldClose(window_); }
bool Window::minimised() const { return glfwGetWindowAttrib(window_, GLFW_ICONIFIED); }
bool Window::maximised() const { return glfwGetWindowAttrib(window_, GLFW_MAXIMIZED); }

Window::Size Window::size() const {
  Size size;
  glfwGetWindowSize(window_, &size.width, &size.height);
  return size;
}

std::pair<int, int> Window::framebuffer() const {
  std::pair<int, int> size;
  glfwGetFramebufferSize(window_, &size.first, &size.second);
  return size;
}

float Window::content_scale() const {
  float x = 1, y = 1;
  glfwGetWindowContentScale(window_, &x, &y);
  return x > 0 ? x : 1;
}

double Window::refresh_seconds() const {
  GLFWmonitor* monitor = glfwGetPrimaryMonitor();
  const GLFWvidmode* mode = monitor ? glfwGetVideoMode(monitor) : nullptr;
  return mode && mode->refreshRate >= 24 ? 1.0 / std::min(mode->refreshRate, 240) : 1.0 / 60;
}

void Window::set_title(const std::string& title) { glfwSetWindowTitle(window_, title.c_str()); }

std::vector<const char*> Window::instance_extensions() {
  std::uint32_t count = 0;
  const char** names = glfwGetRequiredInstanceExtensions(&count);
  return {names, names + count};
}

VkSurfaceKHR Window::make_surface(VkInstance instance) const {
  VkSurfaceKHR surface = VK_NULL_HANDLE;
  if (glfwCreateWindowSurface(instance, window_, nullptr, &surface) != VK_SUCCESS)
    throw Error(Fault::device, "Vulkan cannot draw in this window: " + glfw_problem());
  return surface;
}

}  // namespace txs::app
