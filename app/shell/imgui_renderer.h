#pragma once
#include <imgui.h>

#include <memory>
#include <vector>

#include "gpu/draw.h"

namespace txs::app {

/// Draws what ImGui made. An ImTextureID is a `const gpu::Texture*`; all but the font atlas are opaque pictures.
class ImguiRenderer {
 public:
  ImguiRenderer(gpu::Device& device, VkFormat target) : device_(device), pass_(device, target) {}

  /// Brings the present font atlas to the device; after theme::apply, and on a new device.
  void upload_fonts();
  /// Within Swapchain::begin_rendering; the target's size in pixels.
  void draw(gpu::Recorder& recorder, const ImDrawData& data, std::uint32_t width, std::uint32_t height);

 private:
  void append(const ImDrawData& data, const ImDrawList& list);

  gpu::Device& device_;
  gpu::DrawPass pass_;
  std::unique_ptr<gpu::Texture> fonts_;
  std::vector<gpu::DrawVertex> vertices_;
  std::vector<std::uint16_t> indices_;
  std::vector<gpu::DrawCall> calls_;
};

}  // namespace txs::app
