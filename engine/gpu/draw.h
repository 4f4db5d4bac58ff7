#pragma once
#include <vulkan/vulkan.h>

#include <cstdint>
#include <memory>
#include <span>

#include "gpu/recorder.h"

namespace txs::gpu {

/// Textured, coloured triangles with scissors: what a user interface needs and no more.
struct DrawVertex {
  float position[2];  ///< pixels
  float uv[2];
  std::uint32_t colour;  ///< RGBA8, as stored
};

struct DrawCall {
  const Texture* texture = nullptr;
  std::uint32_t first_index = 0, index_count = 0;
  std::int32_t vertex_offset = 0;
  std::int32_t scissor[4] = {};  ///< x, y, width, height in pixels
  bool nearest = false;          ///< sampled without filter
  bool opaque = false;           ///< replaces what is there, alpha too: cheaper, and the same where alpha is 1
};

class DrawPass {
 public:
  DrawPass(Device& device, VkFormat target);
  ~DrawPass();

  /// Between begin_rendering and end_rendering (of the swapchain, or below). Vertices and indices are copied.
  void draw(Recorder& recorder, std::span<const DrawVertex> vertices, std::span<const std::uint16_t> indices,
            std::span<const DrawCall> calls, std::uint32_t width, std::uint32_t height);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Rendering into a texture of format rgba8, cleared to `clear`; between the two only drawing is recorded.
void begin_rendering(Recorder& recorder, const Texture& target, const float clear[4]);
void end_rendering(Recorder& recorder);

}  // namespace txs::gpu
