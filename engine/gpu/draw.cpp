#include "gpu/draw.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <stdexcept>

#include "gpu/device_state.h"
#include "gpu/faults.h"
#include "shaders/embedded.h"

namespace txs::gpu {
namespace {
/// The push constants of ui.vert.
struct Push {
  float scale[2];
  float translate[2];
};

vk::raii::DescriptorSetLayout make_texture_layout(const vk::raii::Device& device) {
  const vk::DescriptorSetLayoutBinding texture(0, vk::DescriptorType::eCombinedImageSampler, 1,
                                               vk::ShaderStageFlagBits::eFragment);
  return {device, {vk::DescriptorSetLayoutCreateFlagBits::ePushDescriptorKHR, texture}};
}

vk::raii::PipelineLayout make_layout(const vk::raii::Device& device, vk::DescriptorSetLayout textures) {
  const vk::PushConstantRange push(vk::ShaderStageFlagBits::eVertex, 0, sizeof(Push));
  return {device, {{}, textures, push}};
}

vk::raii::ShaderModule make_module(const vk::raii::Device& device, std::string_view path) {
  const auto words = embedded_shader(path);
  return {device, {{}, words.size_bytes(), words.data()}};
}

vk::raii::Pipeline make_pipeline(const DeviceState& gpu, vk::PipelineLayout layout, vk::Format target, bool blends) {
  const auto vertex_module = make_module(gpu.device, "ui/ui.vert"),
             fragment_module = make_module(gpu.device, "ui/ui.frag");
  const std::array stages{
      vk::PipelineShaderStageCreateInfo({}, vk::ShaderStageFlagBits::eVertex, *vertex_module, "main"),
      vk::PipelineShaderStageCreateInfo({}, vk::ShaderStageFlagBits::eFragment, *fragment_module, "main")};
  const vk::VertexInputBindingDescription binding(0, sizeof(DrawVertex), vk::VertexInputRate::eVertex);
  const std::array attributes{
      vk::VertexInputAttributeDescription(0, 0, vk::Format::eR32G32Sfloat, offsetof(DrawVertex, position)),
      vk::VertexInputAttributeDescription(1, 0, vk::Format::eR32G32Sfloat, offsetof(DrawVertex, uv)),
      vk::VertexInputAttributeDescription(2, 0, vk::Format::eR8G8B8A8Unorm, offsetof(DrawVertex, colour))};
  const vk::PipelineVertexInputStateCreateInfo vertex_input({}, binding, attributes);
  const vk::PipelineInputAssemblyStateCreateInfo assembly({}, vk::PrimitiveTopology::eTriangleList);
  const vk::PipelineViewportStateCreateInfo viewport({}, 1, nullptr, 1, nullptr);
  const vk::PipelineRasterizationStateCreateInfo raster({}, VK_FALSE, VK_FALSE, vk::PolygonMode::eFill,
                                                        vk::CullModeFlagBits::eNone, {}, VK_FALSE, 0, 0, 0, 1.0f);
  const vk::PipelineMultisampleStateCreateInfo samples({}, vk::SampleCountFlagBits::e1);
  using Factor = vk::BlendFactor;
  using Channel = vk::ColorComponentFlagBits;
  const vk::PipelineColorBlendAttachmentState straight_alpha(
      blends, Factor::eSrcAlpha, Factor::eOneMinusSrcAlpha, vk::BlendOp::eAdd, Factor::eOne, Factor::eOneMinusSrcAlpha,
      vk::BlendOp::eAdd, Channel::eR | Channel::eG | Channel::eB | Channel::eA);
  const vk::PipelineColorBlendStateCreateInfo blend({}, VK_FALSE, {}, straight_alpha);
  const std::array dynamic_states{vk::DynamicState::eViewport, vk::DynamicState::eScissor};
  const vk::PipelineDynamicStateCreateInfo dynamic({}, dynamic_states);
  const vk::PipelineRenderingCreateInfo rendering(0, target);
  const vk::GraphicsPipelineCreateInfo info({}, stages, &vertex_input, &assembly, nullptr, &viewport, &raster, &samples,
                                            nullptr, &blend, &dynamic, layout, {}, 0, {}, -1, &rendering);
  return {gpu.device, gpu.pipelines.cache(), info};
}

/// The part of a call's scissor that lies on the target; empty where none does.
vk::Rect2D clipped(const std::int32_t (&scissor)[4], std::uint32_t width, std::uint32_t height) {
  const auto clip = [](std::int64_t first, std::int64_t length, std::uint32_t limit) {
    const std::int64_t low = std::clamp<std::int64_t>(first, 0, limit);
    const std::int64_t high = std::clamp<std::int64_t>(first + length, low, limit);
    return std::pair(static_cast<std::int32_t>(low), static_cast<std::uint32_t>(high - low));
  };
  const auto [x, w] = clip(scissor[0], scissor[2], width);
  const auto [y, h] = clip(scissor[1], scissor[3], height);
  return {{x, y}, {w, h}};
}
}  // namespace

struct DrawPass::State {
  State(DeviceState& gpu_in, vk::Format target)
      : gpu(gpu_in),
        textures(make_texture_layout(gpu.device)),
        layout(make_layout(gpu.device, *textures)),
        blending(make_pipeline(gpu, *layout, target, true)),
        replacing(make_pipeline(gpu, *layout, target, false)) {}
  ~State() {
    Retired retired, other;
    retired.pipeline = std::move(blending);
    retired.pipeline_layout = std::move(layout);
    retired.set_layout = std::move(textures);
    other.pipeline = std::move(replacing);
    gpu.graveyard.bury(std::move(retired));
    gpu.graveyard.bury(std::move(other));
  }

  void bind(const vk::raii::CommandBuffer& commands, const HostBlock& block, std::uint64_t index_offset,
            std::uint32_t width, std::uint32_t height) const;
  void bind_pipeline(const vk::raii::CommandBuffer& commands, const DrawCall& call) const;
  void bind_texture(const vk::raii::CommandBuffer& commands, const DrawCall& call) const;

  DeviceState& gpu;
  vk::raii::DescriptorSetLayout textures;
  vk::raii::PipelineLayout layout;
  vk::raii::Pipeline blending, replacing;
};

void DrawPass::State::bind(const vk::raii::CommandBuffer& commands, const HostBlock& block, std::uint64_t index_offset,
                           std::uint32_t width, std::uint32_t height) const {
  commands.bindVertexBuffers(0, *block.buffer, vk::DeviceSize(0));
  commands.bindIndexBuffer(*block.buffer, index_offset, vk::IndexType::eUint16);
  const float w = static_cast<float>(width), h = static_cast<float>(height);
  commands.setViewport(0, vk::Viewport(0, 0, w, h, 0, 1));
  commands.pushConstants<Push>(*layout, vk::ShaderStageFlagBits::eVertex, 0, Push{{2 / w, 2 / h}, {-1, -1}});
}

void DrawPass::State::bind_pipeline(const vk::raii::CommandBuffer& commands, const DrawCall& call) const {
  commands.bindPipeline(vk::PipelineBindPoint::eGraphics, *(call.opaque ? replacing : blending));
}

void DrawPass::State::bind_texture(const vk::raii::CommandBuffer& commands, const DrawCall& call) const {
  const vk::DescriptorImageInfo image(*(call.nearest ? gpu.nearest : gpu.linear), call.texture->view(),
                                      vk::ImageLayout::eGeneral);
  commands.pushDescriptorSetKHR(vk::PipelineBindPoint::eGraphics, *layout, 0,
                                vk::WriteDescriptorSet({}, 0, 0, vk::DescriptorType::eCombinedImageSampler, image));
}

DrawPass::DrawPass(Device& device, VkFormat target)
    : state_(guarded("preparing to draw",
                     [&] { return std::make_unique<State>(device.state(), static_cast<vk::Format>(target)); })) {}
DrawPass::~DrawPass() = default;

void DrawPass::draw(Recorder& recorder, std::span<const DrawVertex> vertices, std::span<const std::uint16_t> indices,
                    std::span<const DrawCall> calls, std::uint32_t width, std::uint32_t height) {
  if (!recorder.state().rendering) throw std::logic_error("DrawPass::draw outside begin_rendering and end_rendering");
  if (vertices.empty() || indices.empty()) return;
  // The pool's blocks are the ring: this one is free again when the GPU is past the recording.
  const auto block = guarded("making room for a frame's triangles", [&] {
    return state_->gpu.host_blocks.take(vertices.size_bytes() + indices.size_bytes());
  });
  std::memcpy(block->mapped, vertices.data(), vertices.size_bytes());
  std::memcpy(block->mapped + vertices.size_bytes(), indices.data(), indices.size_bytes());
  block->flush();
  recorder.state().blocks.push_back(block);

  const vk::raii::CommandBuffer& commands = recorder.state().commands;
  state_->bind(commands, *block, vertices.size_bytes(), width, height);
  const DrawCall* bound = nullptr;
  for (const DrawCall& call : calls) {
    const vk::Rect2D scissor = clipped(call.scissor, width, height);
    if (call.texture == nullptr || call.index_count == 0 || scissor.extent.width == 0 || scissor.extent.height == 0)
      continue;
    if (std::uint64_t(call.first_index) + call.index_count > indices.size())
      throw std::logic_error("DrawPass::draw: a call beyond the indices");
    if (bound == nullptr || bound->opaque != call.opaque) state_->bind_pipeline(commands, call);
    if (bound == nullptr || bound->texture != call.texture || bound->nearest != call.nearest)
      state_->bind_texture(commands, call);
    bound = &call;
    commands.setScissor(0, scissor);
    commands.drawIndexed(call.index_count, 1, call.first_index, call.vertex_offset, 0);
  }
}

}  // namespace txs::gpu
