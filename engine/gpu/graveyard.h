#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "gpu/timeline.h"

namespace txs::gpu {

/// Vulkan objects whose C++ owner is gone. Members die in reverse order: a view before its image, that
/// before its memory.
struct Retired {
  vk::raii::DeviceMemory memory = nullptr;
  vk::raii::Buffer buffer = nullptr;
  vk::raii::BufferView buffer_view = nullptr;
  vk::raii::Image image = nullptr;
  vk::raii::ImageView view = nullptr;
  vk::raii::DescriptorSetLayout set_layout = nullptr;
  vk::raii::PipelineLayout pipeline_layout = nullptr;
  vk::raii::Pipeline pipeline = nullptr;
  vk::raii::SwapchainKHR swapchain = nullptr;
  vk::raii::Semaphore semaphore = nullptr;
  std::uint64_t bytes = 0;  ///< of memory, taken off the device's account when it is given back
};

/// Keeps retired objects until no GPU work can touch them any more.
///
/// The rule: an object can be used by what was submitted before it was retired, and by recordings that were open at
/// that moment. Recordings are numbered in the order they begin. A retired object first waits until every recording up
/// to the last one begun before its retirement is over (submitted or dropped); what is submitted by then covers all its
/// uses, so it then waits for the timeline to reach that submission. A recording held open thus holds back what is
/// retired meanwhile; frames do not do that.
class Graveyard {
 public:
  Graveyard(const Timeline& timeline, std::atomic<std::uint64_t>& allocated_bytes)
      : timeline_(timeline), allocated_bytes_(allocated_bytes) {}

  std::uint64_t begin_recording();
  void end_recording(std::uint64_t number);

  void bury(Retired retired);
  /// Destroys what is safe to destroy.
  void collect();
  /// Destroys everything: the device is idle or lost, and no recording is open.
  void clear();

 private:
  struct Entry {
    std::uint64_t after;  ///< first the number of a recording, then a value of the timeline
    Retired retired;
  };

  void destroy(std::deque<Entry>& entries, std::size_t count);

  const Timeline& timeline_;
  std::atomic<std::uint64_t>& allocated_bytes_;
  std::mutex mutex_;
  std::uint64_t last_recording_ = 0;
  std::vector<std::uint64_t> open_;  ///< ascending
  std::deque<Entry> after_recordings_;
  std::deque<Entry> after_submissions_;
};

}  // namespace txs::gpu
