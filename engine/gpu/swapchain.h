#pragma once
#include <vulkan/vulkan.h>

#include <functional>
#include <memory>

#include "gpu/device.h"
#include "gpu/recorder.h"

namespace txs::gpu {

/// A window's images. Resize, out-of-date, suboptimal and zero-sized (minimised) windows are handled here.
class Swapchain {
 public:
  /// `make_surface` is called once with the instance (glfwCreateWindowSurface). `size` gives the framebuffer's pixels
  /// now.
  Swapchain(Device& device, const std::function<VkSurfaceKHR(VkInstance)>& make_surface,
            std::function<std::pair<int, int>()> size);
  ~Swapchain();

  /// Begins a frame; false if there is nothing to draw on now (minimised). Blocks only for a free image (mailbox if
  /// there is).
  bool acquire();
  std::uint32_t width() const;
  std::uint32_t height() const;
  VkFormat format() const;
  VkImage image() const;
  VkImageView view() const;

  /// Begins and ends dynamic rendering on the image, cleared to `clear` (as stored, no colour conversion: the format is
  /// UNORM).
  void begin_rendering(Recorder& recorder, const float clear[4]);
  void end_rendering(Recorder& recorder);
  /// Submits and presents.
  Ticket present(Recorder&& recorder);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace txs::gpu
