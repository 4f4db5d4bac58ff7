#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <atomic>
#include <mutex>
#include <string>

#include "gpu/device.h"
#include "gpu/graveyard.h"
#include "gpu/host_blocks.h"
#include "gpu/instance.h"
#include "gpu/kernel_compiler.h"
#include "gpu/memory.h"
#include "gpu/pipeline_store.h"
#include "gpu/recorder_pool.h"
#include "gpu/timeline.h"

namespace txs::gpu {

/// The Vulkan side of a Device, in the order of construction: each part uses only those above it.
/// Buffers, textures, kernels, recorders and pending reads go before their device.
struct DeviceState {
  DeviceState(Device& owner, const DeviceOptions& options);
  ~DeviceState();

  /// Recycles what the GPU has passed: recordings, retired objects.
  void collect();

  /// Gives an object its name in captures and validation messages.
  template <typename Handle>
  void name(Handle handle, const std::string& text) const {
    if (!instance.debug_utils()) return;
    device.setDebugUtilsObjectNameEXT({Handle::objectType,
                                       reinterpret_cast<std::uint64_t>(static_cast<typename Handle::CType>(handle)),
                                       text.c_str()});
  }

  Device& owner;
  Instance instance;
  DeviceInfo info;
  vk::raii::PhysicalDevice physical;
  vk::PhysicalDeviceLimits limits;
  std::uint32_t family;
  std::uint64_t timestamp_mask;  ///< the valid bits of a timestamp
  std::uint64_t max_buffer_bytes = 0;
  bool samples_bc = false, multiplies_matrices = false;
  std::uint32_t subgroup_size = 0;
  vk::raii::Device device;
  Memory memory;
  std::atomic<std::uint64_t> allocated_bytes = 0;
  vk::raii::Sampler nearest, linear;
  Timeline timeline;
  Graveyard graveyard;
  HostBlockPool host_blocks;
  RecorderPool recorders;
  PipelineStore pipelines;
  KernelCompiler compiler;

 private:
  vk::raii::PhysicalDevice choose_physical(const DeviceOptions& options);
  vk::raii::Device make_device(const DeviceOptions& options);
};

}  // namespace txs::gpu
