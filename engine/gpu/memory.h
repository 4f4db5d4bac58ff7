#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <cstdint>
#include <string>

namespace txs::gpu {

/// Which memory types serve what. Every resource has an allocation of its own: there are tens of them, not thousands.
class Memory {
 public:
  Memory(const vk::raii::PhysicalDevice& physical, const vk::raii::Device& device);

  enum class Use {
    device,  ///< fast for the GPU
    host,    ///< mapped; cached where it can be, since most of it is read back
  };
  /// Throws vk::OutOfDeviceMemoryError and the like.
  vk::raii::DeviceMemory allocate(const vk::MemoryRequirements& needs, Use use, bool addressed) const;

 private:
  const vk::raii::Device& device_;
  vk::PhysicalDeviceMemoryProperties properties_;

  /// The first allowed type with all of `required`, preferring one with all of `preferred` too; ~0u if none.
  std::uint32_t type(std::uint32_t allowed, vk::MemoryPropertyFlags required, vk::MemoryPropertyFlags preferred) const;
  std::uint32_t type(std::uint32_t allowed, Use use) const;
};

}  // namespace txs::gpu
