#pragma once
#include <vulkan/vulkan_raii.hpp>

#include "gpu/recorder_pool.h"

namespace txs::gpu {

/// Begins dynamic rendering on the whole of a colour attachment, after all that was recorded before.
/// With `first_use` its old content and layout do not matter (a swapchain's image).
void begin_rendering(Recorder::State& state, vk::Image image, vk::ImageView view, vk::Extent2D extent, bool first_use,
                     const float clear[4]);

}  // namespace txs::gpu
