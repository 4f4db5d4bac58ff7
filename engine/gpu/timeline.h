#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>

namespace txs::gpu {

/// The one queue, and the one timeline semaphore that counts its submissions: submission n is done when it reads n.
/// Thread-safe. Everything here throws Error(device) when the device is lost.
class Timeline {
 public:
  Timeline(const vk::raii::Device& device, std::uint32_t family);

  /// Submits after everything submitted before; returns the value that stands for it.
  std::uint64_t submit(vk::CommandBuffer commands, std::span<const vk::SemaphoreSubmitInfo> waits = {},
                       std::span<const vk::SemaphoreSubmitInfo> signals = {});
  /// vkQueuePresentKHR under the queue's lock; returns its result where that is no failure of the device.
  vk::Result present(const vk::PresentInfoKHR& info);

  /// Waits until the queue is idle, presentation included: what the timeline does not count.
  void wait_queue_idle();

  std::uint64_t submitted() const { return submitted_; }
  std::uint64_t completed() const;  ///< the last submission that is done, with all before it
  bool reached(std::uint64_t value) const { return value <= reached_ || value <= completed(); }
  void wait(std::uint64_t value) const;

 private:
  const vk::raii::Device& device_;
  vk::raii::Queue queue_;
  vk::raii::Semaphore semaphore_;
  std::mutex mutex_;  ///< vkQueueSubmit2 and vkQueuePresentKHR want the queue for themselves
  std::atomic<std::uint64_t> submitted_ = 0;
  mutable std::atomic<std::uint64_t> reached_ = 0;  ///< the last value read, to spare the driver a question
};

}  // namespace txs::gpu
