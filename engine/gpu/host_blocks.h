#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "gpu/memory.h"
#include "gpu/timeline.h"

namespace txs::gpu {

/// A mapped buffer that the GPU copies to and from: readback and staging.
struct HostBlock {
  static constexpr std::uint64_t unsubmitted = 0, dropped = ~std::uint64_t(0);

  HostBlock(const vk::raii::Device& device, const Memory& memory, const Timeline& timeline, std::uint64_t capacity);

  std::span<std::byte> bytes() const { return {mapped, size}; }
  /// To be called before the host reads what the GPU wrote, and after the host wrote what the GPU will read.
  /// (Both are allowed on coherent memory, where they do nothing.)
  void invalidate() const;
  void flush() const;

  const vk::raii::Device& device;
  const Timeline& timeline;
  const std::uint64_t capacity;
  vk::raii::Buffer buffer;
  vk::raii::DeviceMemory memory;
  std::byte* mapped = nullptr;
  std::uint64_t size = 0;                           ///< of its present use
  std::atomic<std::uint64_t> ticket = unsubmitted;  ///< of the submission that fills it
};

/// Blocks are handed out again and again, so that frames allocate no memory. Thread-safe.
class HostBlockPool {
 public:
  HostBlockPool(const vk::raii::Device& device, const Memory& memory, const Timeline& timeline);
  ~HostBlockPool();

  /// A block of at least `size` bytes; it comes back to the pool with its last copy, which outlives all GPU use of it
  /// because the recording holds one. Throws vk::SystemError when memory is short.
  std::shared_ptr<HostBlock> take(std::uint64_t size);

 private:
  struct Shared;
  const vk::raii::Device& device_;
  const Memory& memory_;
  const Timeline& timeline_;
  std::shared_ptr<Shared> shared_;
};

}  // namespace txs::gpu
