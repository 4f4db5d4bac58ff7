#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <compare>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"

namespace txs::gpu {

/// What llvmpipe compiles into a kernel for each texture: the format, and whether its sides are powers of two.
struct TextureClass {
  Format format = Format::rgba8;
  bool wide_power_of_two = true, high_power_of_two = true;
  auto operator<=>(const TextureClass&) const = default;
};

/// One compute pipeline and its layout. Kernels of equal source share it.
struct Kernel::State {
  State(DeviceState& gpu, KernelSource source, std::vector<TextureClass> like);
  ~State();  ///< retires the Vulkan objects

  vk::Pipeline pipeline_now() const;  ///< null until it is made
  vk::Sampler sampler(Binding binding) const;
  bool finished() const;  ///< made or failed
  void wait() const;
  void throw_failure() const;  ///< does nothing if there was none

  /// From the compile thread. An old pipeline, if any, is retired.
  void replace(vk::raii::Pipeline pipeline);
  void fail(std::string line);  ///< keeps an old pipeline

  DeviceState& gpu;
  const KernelSource source;
  const std::vector<TextureClass> like;  ///< on software devices, the textures that it is warmed up for; else empty
  vk::raii::DescriptorSetLayout set_layout;
  vk::raii::PipelineLayout layout;

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  vk::raii::Pipeline pipeline_ = nullptr;
  std::string failure_;
};

constexpr std::size_t most_bindings = 16;

/// Binds a kernel and dispatches it; all was checked. Zero groups are recorded too: see WarmUp.
void record_dispatch(Recorder::State& state, const Kernel::State& kernel, std::span<const std::byte> push,
                     std::span<const Bound> bound, Groups groups);

/// A compute pipeline of `words` for `layout`, specialised by `constants`. Throws vk::SystemError.
vk::raii::Pipeline make_compute_pipeline(const vk::raii::Device& device, const vk::raii::PipelineCache* cache,
                                         vk::PipelineLayout layout, std::span<const std::uint32_t> words,
                                         const std::vector<std::uint32_t>& constants);
vk::raii::DescriptorSetLayout make_set_layout(const vk::raii::Device& device, const std::vector<Binding>& bindings);
vk::raii::PipelineLayout make_pipeline_layout(const vk::raii::Device& device, vk::DescriptorSetLayout set_layout,
                                              std::uint32_t push_bytes);

}  // namespace txs::gpu
