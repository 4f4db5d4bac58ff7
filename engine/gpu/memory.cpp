#include "gpu/memory.h"

namespace txs::gpu {
namespace {
using Flag = vk::MemoryPropertyFlagBits;
constexpr std::uint32_t none = ~0u;
}  // namespace

Memory::Memory(const vk::raii::PhysicalDevice& physical, const vk::raii::Device& device)
    : device_(device), properties_(physical.getMemoryProperties()) {}

vk::raii::DeviceMemory Memory::allocate(const vk::MemoryRequirements& needs, Use use, bool addressed) const {
  const std::uint32_t index = type(needs.memoryTypeBits, use);
  if (index == none) throw vk::OutOfDeviceMemoryError("no memory type fits");
  const vk::MemoryAllocateFlagsInfo flags(vk::MemoryAllocateFlagBits::eDeviceAddress);
  return {device_, vk::MemoryAllocateInfo(needs.size, index, addressed ? &flags : nullptr)};
}

std::uint32_t Memory::type(std::uint32_t allowed, vk::MemoryPropertyFlags required,
                           vk::MemoryPropertyFlags preferred) const {
  std::uint32_t found = none;
  for (std::uint32_t index = 0; index < properties_.memoryTypeCount; ++index) {
    const vk::MemoryPropertyFlags flags = properties_.memoryTypes[index].propertyFlags;
    if (!(allowed >> index & 1) || (flags & required) != required) continue;
    if ((flags & preferred) == preferred) return index;
    if (found == none) found = index;
  }
  return found;
}

std::uint32_t Memory::type(std::uint32_t allowed, Use use) const {
  if (use == Use::device) return type(allowed, {}, Flag::eDeviceLocal);
  const std::uint32_t cached = type(allowed, Flag::eHostVisible | Flag::eHostCached, Flag::eHostCoherent);
  return cached != none ? cached : type(allowed, Flag::eHostVisible | Flag::eHostCoherent, {});
}

}  // namespace txs::gpu
