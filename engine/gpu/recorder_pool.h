#pragma once
#include <vulkan/vulkan_raii.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "gpu/host_blocks.h"
#include "gpu/recorder.h"

namespace txs::gpu {

constexpr std::uint32_t most_timed_passes = 64;  ///< of one recording; further passes are labelled but not timed

class RecorderPool;

struct PendingTimes::State {
  std::atomic<RecorderPool*> pool = nullptr;  ///< null: the recording was dropped, or the device is gone
  std::atomic<std::uint64_t> ticket = 0;
  std::atomic<bool> done = false;
  std::vector<PassTime> times;  ///< once done
};

/// A command buffer with all that belongs to its recording; used again when the GPU has passed it. A command pool for
/// each lets recorders be used on several threads without a common lock.
struct Recorder::State {
  State(Device& device, DeviceState& gpu);

  void begin();
  /// Ends the recording and makes what was read visible to the host.
  void finish();
  /// Stands before every command: see Recorder.
  void order();
  void stamp();

  struct Pass {
    std::string name;
    std::uint32_t first_stamp;
  };

  Device& device;
  DeviceState& gpu;
  vk::raii::CommandPool pool;
  vk::raii::CommandBuffer commands;
  vk::raii::QueryPool queries;

  std::uint64_t number = 0;                        ///< of the recording, for the graveyard
  std::uint64_t ticket = 0;                        ///< 0: not submitted
  std::vector<std::shared_ptr<HostBlock>> blocks;  ///< in use by this recording
  bool reads_back = false;                         ///< the host will look into one of them
  std::shared_ptr<PendingTimes::State> times;
  std::vector<Pass> passes;  ///< the timed ones
  std::uint32_t stamps = 0;
  bool pass_open = false;    ///< labelled
  bool pass_timed = false;   ///< its end is still to be stamped
  bool rendering = false;    ///< between Swapchain::begin_rendering and end_rendering: no barriers, no compute
};

/// Hands out recordings and takes them back. Thread-safe.
class RecorderPool {
 public:
  explicit RecorderPool(DeviceState& gpu) : gpu_(gpu) {}
  ~RecorderPool();

  std::unique_ptr<Recorder::State> take(Device& device);
  std::uint64_t submit(Recorder::State& recording, std::span<const vk::SemaphoreSubmitInfo> waits = {},
                       std::span<const vk::SemaphoreSubmitInfo> signals = {});
  /// Submitted or to be dropped.
  void give_back(std::unique_ptr<Recorder::State> recording) noexcept;
  /// Makes recordings that the GPU has passed free again, and their pass times known.
  void collect();

 private:
  void settle_times(Recorder::State& recording);

  DeviceState& gpu_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Recorder::State>> free_;
  std::vector<std::unique_ptr<Recorder::State>> in_flight_;
};

}  // namespace txs::gpu
