#include "gpu/timeline.h"

#include <array>
#include <limits>
#include <vector>

#include "gpu/faults.h"

namespace txs::gpu {
namespace {
vk::raii::Semaphore make_timeline_semaphore(const vk::raii::Device& device) {
  const vk::SemaphoreTypeCreateInfo type(vk::SemaphoreType::eTimeline, 0);
  return {device, vk::SemaphoreCreateInfo({}, &type)};
}
}  // namespace

Timeline::Timeline(const vk::raii::Device& device, std::uint32_t family)
    : device_(device), queue_(device, family, 0), semaphore_(make_timeline_semaphore(device)) {}

std::uint64_t Timeline::submit(vk::CommandBuffer commands, std::span<const vk::SemaphoreSubmitInfo> waits,
                               std::span<const vk::SemaphoreSubmitInfo> signals) {
  constexpr std::size_t most_signals = 4;
  std::array<vk::SemaphoreSubmitInfo, most_signals> all;
  std::uint32_t count = 0;
  for (const auto& signal : signals.first(std::min(signals.size(), most_signals - 1))) all[count++] = signal;

  const std::scoped_lock lock(mutex_);
  const std::uint64_t value = submitted_ + 1;
  all[count++] = vk::SemaphoreSubmitInfo(*semaphore_, value, vk::PipelineStageFlagBits2::eAllCommands);
  const vk::CommandBufferSubmitInfo command_info(commands);
  vk::SubmitInfo2 info;
  info.setCommandBufferInfos(command_info);
  info.setPWaitSemaphoreInfos(waits.data()).setWaitSemaphoreInfoCount(static_cast<std::uint32_t>(waits.size()));
  info.setPSignalSemaphoreInfos(all.data()).setSignalSemaphoreInfoCount(count);
  guarded("submitting work", [&] { queue_.submit2(info); });
  submitted_ = value;
  return value;
}

vk::Result Timeline::present(const vk::PresentInfoKHR& info) {
  const std::scoped_lock lock(mutex_);
  return guarded("presenting a frame", [&] {
    try {
      return queue_.presentKHR(info);
    } catch (const vk::OutOfDateKHRError&) {
      return vk::Result::eErrorOutOfDateKHR;
    }
  });
}

void Timeline::wait_queue_idle() {
  const std::scoped_lock lock(mutex_);
  guarded("waiting for the last frames", [&] { queue_.waitIdle(); });
}

std::uint64_t Timeline::completed() const {
  return reached_ = guarded("checking on submitted work", [&] { return semaphore_.getCounterValue(); });
}

void Timeline::wait(std::uint64_t value) const {
  if (reached(value)) return;
  const vk::SemaphoreWaitInfo info({}, *semaphore_, value);
  guarded("waiting for submitted work",
          [&] { return device_.waitSemaphores(info, std::numeric_limits<std::uint64_t>::max()); });
}

}  // namespace txs::gpu
