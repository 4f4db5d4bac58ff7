#pragma once
#include "gpu/device.h"
#include "gpu/swapchain.h"
#include "session/session.h"
#include "shell/imgui_renderer.h"
#include "shell/window.h"
#include "view/canvas.h"

namespace txs::app {

/// All that lives on one Vulkan device: made anew as a whole when the device is lost.
struct Stage {
  Stage(const gpu::DeviceOptions& options, const Window& window)
      : device(options),
        swapchain(device, [&window](VkInstance instance) { return window.make_surface(instance); },
                  [&window] { return window.framebuffer(); }),
        renderer(device, swapchain.format()),
        session(device),
        canvas(device) {}

  gpu::Device device;
  gpu::Swapchain swapchain;
  ImguiRenderer renderer;
  session::Session session;
  Canvas canvas;
};

}  // namespace txs::app
