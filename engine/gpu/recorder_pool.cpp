#include "gpu/recorder_pool.h"

#include <utility>

#include "gpu/device_state.h"
#include "gpu/faults.h"

namespace txs::gpu {
namespace {
// The end of one pass is the beginning of the next where they touch, so this is never used up by most_timed_passes.
constexpr std::uint32_t stamp_count = 2 * most_timed_passes;

vk::raii::CommandBuffer allocate_commands(const vk::raii::Device& device, const vk::raii::CommandPool& pool) {
  return std::move(vk::raii::CommandBuffers(device, {*pool, vk::CommandBufferLevel::ePrimary, 1}).front());
}

void memory_barrier(vk::CommandBuffer commands, const vk::raii::Device& device, vk::MemoryBarrier2 barrier) {
  commands.pipelineBarrier2(vk::DependencyInfo().setMemoryBarriers(barrier), *device.getDispatcher());
}
}  // namespace

Recorder::State::State(Device& device_in, DeviceState& gpu_in)
    : device(device_in),
      gpu(gpu_in),
      pool(gpu.device, vk::CommandPoolCreateInfo(vk::CommandPoolCreateFlagBits::eTransient, gpu.family)),
      commands(allocate_commands(gpu.device, pool)),
      queries(gpu.device, vk::QueryPoolCreateInfo({}, vk::QueryType::eTimestamp, stamp_count)) {}

void Recorder::State::begin() {
  ticket = 0;
  passes.clear();
  stamps = 0;
  pass_open = pass_timed = rendering = reads_back = false;
  pool.reset();
  commands.begin({vk::CommandBufferUsageFlagBits::eOneTimeSubmit});
  commands.resetQueryPool(*queries, 0, stamp_count);
}

void Recorder::State::finish() {
  if (pass_open) {
    if (pass_timed) stamp();
    if (gpu.instance.debug_utils()) commands.endDebugUtilsLabelEXT();
    pass_open = pass_timed = false;
  }
  if (reads_back)
    memory_barrier(*commands, gpu.device,
                   {vk::PipelineStageFlagBits2::eAllCommands, vk::AccessFlagBits2::eMemoryWrite,
                    vk::PipelineStageFlagBits2::eHost, vk::AccessFlagBits2::eHostRead});
  commands.end();
}

// The first command of a recording has its barrier too: submissions to one queue start in order, but without a barrier
// the later may overtake the earlier and need not see its writes.
void Recorder::State::order() {
  memory_barrier(
      *commands, gpu.device,
      {vk::PipelineStageFlagBits2::eAllCommands, vk::AccessFlagBits2::eMemoryWrite,
       vk::PipelineStageFlagBits2::eAllCommands, vk::AccessFlagBits2::eMemoryRead | vk::AccessFlagBits2::eMemoryWrite});
}

void Recorder::State::stamp() {
  commands.writeTimestamp2(vk::PipelineStageFlagBits2::eAllCommands, *queries, stamps++);
}

RecorderPool::~RecorderPool() {
  for (const auto& recording : in_flight_)
    if (recording->times != nullptr) recording->times->pool = nullptr;
}

std::unique_ptr<Recorder::State> RecorderPool::take(Device& device) {
  std::unique_ptr<Recorder::State> recording;
  {
    const std::scoped_lock lock(mutex_);
    if (!free_.empty()) {
      recording = std::move(free_.back());
      free_.pop_back();
    }
  }
  guarded("starting to record", [&] {
    if (recording == nullptr) recording = std::make_unique<Recorder::State>(device, gpu_);
    recording->begin();
  });
  recording->number = gpu_.graveyard.begin_recording();
  return recording;
}

std::uint64_t RecorderPool::submit(Recorder::State& recording, std::span<const vk::SemaphoreSubmitInfo> waits,
                                   std::span<const vk::SemaphoreSubmitInfo> signals) {
  guarded("recording work", [&] { recording.finish(); });
  recording.ticket = gpu_.timeline.submit(*recording.commands, waits, signals);
  for (const auto& block : recording.blocks) block->ticket = recording.ticket;
  if (recording.times != nullptr) recording.times->ticket = recording.ticket;
  return recording.ticket;
}

void RecorderPool::give_back(std::unique_ptr<Recorder::State> recording) noexcept {
  gpu_.graveyard.end_recording(recording->number);
  const bool submitted = recording->ticket != 0;
  if (!submitted) {
    for (const auto& block : recording->blocks) block->ticket = HostBlock::dropped;
    if (recording->times != nullptr) recording->times->pool = nullptr;
    recording->blocks.clear();
    recording->times = nullptr;
  }
  const std::scoped_lock lock(mutex_);
  (submitted ? in_flight_ : free_).push_back(std::move(recording));
}

void RecorderPool::collect() {
  const std::scoped_lock lock(mutex_);
  if (in_flight_.empty()) return;
  const std::uint64_t completed = gpu_.timeline.completed();
  std::erase_if(in_flight_, [&](std::unique_ptr<Recorder::State>& recording) {
    if (recording->ticket > completed) return false;
    settle_times(*recording);
    recording->blocks.clear();
    free_.push_back(std::move(recording));
    return true;
  });
}

void RecorderPool::settle_times(Recorder::State& recording) {
  const std::shared_ptr<PendingTimes::State> times = std::exchange(recording.times, nullptr);
  if (times == nullptr) return;
  try {
    std::vector<std::uint64_t> ticks;
    if (recording.stamps > 0)
      ticks = recording.queries
                  .getResults<std::uint64_t>(0, recording.stamps, recording.stamps * sizeof(std::uint64_t),
                                             sizeof(std::uint64_t), vk::QueryResultFlagBits::e64)
                  .second;
    for (const Recorder::State::Pass& pass : recording.passes) {
      const std::uint64_t elapsed = (ticks[pass.first_stamp + 1] - ticks[pass.first_stamp]) & gpu_.timestamp_mask;
      times->times.push_back({pass.name, static_cast<double>(elapsed) * gpu_.limits.timestampPeriod * 1e-6});
    }
    times->done = true;
  } catch (const vk::SystemError&) {
    times->pool = nullptr;  // the device is lost, and the times with it
  }
}

bool PendingTimes::ready() const {
  if (state_ == nullptr) return false;
  if (state_->done) return true;
  if (RecorderPool* pool = state_->pool; pool != nullptr && state_->ticket != 0) pool->collect();
  return state_->done;
}

const std::vector<PassTime>& PendingTimes::times() const {
  if (!ready()) throw std::logic_error("PendingTimes::times before they are ready");
  return state_->times;
}

}  // namespace txs::gpu
