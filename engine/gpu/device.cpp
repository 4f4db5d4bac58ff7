#include "gpu/device.h"

#include <utility>

#include "core/log.h"
#include "gpu/device_state.h"
#include "gpu/faults.h"
#include "gpu/recorder.h"
#include "gpu/requirements.h"

namespace txs::gpu {
namespace {
std::vector<DeviceInfo> describe_all(const std::vector<vk::raii::PhysicalDevice>& devices, bool windowed) {
  std::vector<DeviceInfo> all;
  for (const auto& device : devices) all.push_back(describe(device, static_cast<int>(all.size()), windowed));
  return all;
}

vk::raii::Sampler make_sampler(const vk::raii::Device& device, vk::Filter filter) {
  constexpr auto clamp = vk::SamplerAddressMode::eClampToEdge;
  return {device, vk::SamplerCreateInfo({}, filter, filter, vk::SamplerMipmapMode::eNearest, clamp, clamp, clamp)};
}

std::uint64_t mask_of_bits(std::uint32_t bits) {
  return bits >= 64 ? ~std::uint64_t(0) : (std::uint64_t(1) << bits) - 1;
}
}  // namespace

std::vector<DeviceInfo> list_devices() {
  return guarded("listing the Vulkan devices", [] {
    const Instance instance{DeviceOptions{}};
    return describe_all(instance.physical_devices(), false);
  });
}

DeviceState::DeviceState(Device& owner_in, const DeviceOptions& options)
    : owner(owner_in),
      instance(options),
      physical(choose_physical(options)),
      limits(physical.getProperties().limits),
      family(queue_family(physical)),
      timestamp_mask(mask_of_bits(physical.getQueueFamilyProperties()[family].timestampValidBits)),
      device(make_device(options)),
      memory(physical, device),
      nearest(make_sampler(device, vk::Filter::eNearest)),
      linear(make_sampler(device, vk::Filter::eLinear)),
      timeline(device, family),
      graveyard(timeline, allocated_bytes),
      host_blocks(device, memory, timeline),
      recorders(*this),
      pipelines(physical, device, options.pipeline_cache),
      compiler(*this, options.warm_up && info.kind == "CPU") {}

DeviceState::~DeviceState() = default;

void DeviceState::collect() {
  recorders.collect();
  graveyard.collect();
}

vk::raii::PhysicalDevice DeviceState::choose_physical(const DeviceOptions& options) {
  auto devices = instance.physical_devices();
  const std::vector<DeviceInfo> all = describe_all(devices, options.windowed);
  const std::size_t chosen = choose(all, options.wanted);
  info = all[chosen];
  return std::move(devices[chosen]);
}

vk::raii::Device DeviceState::make_device(const DeviceOptions& options) {
  Features features(physical);
  enable_features(physical, features);
  samples_bc = features.core.features.textureCompressionBC;
  multiplies_matrices = gpu::multiplies_matrices(physical, features);
  vk::PhysicalDeviceSubgroupProperties subgroups;
  vk::PhysicalDeviceMaintenance4Properties maintenance4({}, &subgroups);
  vk::PhysicalDeviceProperties2 properties({}, &maintenance4);
  (*physical).getProperties2(&properties, *physical.getDispatcher());
  max_buffer_bytes = maintenance4.maxBufferSize;
  subgroup_size = subgroups.subgroupSize;

  const float priority = 1.0f;
  const vk::DeviceQueueCreateInfo queue({}, family, 1, &priority);
  const std::vector<const char*> extensions = device_extensions(physical, options.windowed);
  return {physical, vk::DeviceCreateInfo({}, queue, {}, extensions, nullptr, &features.core)};
}

Device::Device(const DeviceOptions& options)
    : state_(guarded("starting the Vulkan device", [&] { return std::make_unique<DeviceState>(*this, options); })) {}

Device::~Device() {
  try {
    state_->compiler.stop();
    wait_idle();
    save_pipeline_cache();
  } catch (const std::exception& error) {
    say(Severity::warning, error.what());
  }
}

const DeviceInfo& Device::info() const { return state_->info; }
bool Device::is_cpu() const { return state_->info.kind == "CPU"; }
bool Device::samples_bc() const { return state_->samples_bc; }
std::uint32_t Device::subgroup_size() const { return state_->subgroup_size; }
std::uint32_t Device::shared_bytes() const { return state_->limits.maxComputeSharedMemorySize; }
bool Device::multiplies_matrices() const { return state_->multiplies_matrices; }
std::uint32_t Device::most_texels() const { return state_->limits.maxTexelBufferElements; }
std::uint32_t Device::largest_texture_side() const { return state_->limits.maxImageDimension2D; }
double Device::nanoseconds_per_tick() const { return state_->limits.timestampPeriod; }

Ticket Device::submit(Recorder&& recorder) {
  std::uint64_t value = 0;
  {
    const Recorder consumed(std::move(recorder));
    value = state_->recorders.submit(consumed.state());
  }
  state_->collect();
  return {value};
}

bool Device::reached(Ticket ticket) const { return state_->timeline.reached(ticket.value); }
void Device::wait(Ticket ticket) const { state_->timeline.wait(ticket.value); }

void Device::wait_idle() {
  state_->timeline.wait(state_->timeline.submitted());
  state_->collect();
}

std::uint64_t Device::validation_messages() const { return state_->instance.validation().count(); }
std::vector<std::string> Device::validation_texts() const { return state_->instance.validation().texts(); }
std::uint64_t Device::allocated_bytes() const { return state_->allocated_bytes; }
void Device::save_pipeline_cache() const {
  guarded("saving the pipeline cache", [&] { state_->pipelines.save(); });
}

}  // namespace txs::gpu
