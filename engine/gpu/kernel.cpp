#include "gpu/kernel.h"

#include <array>
#include <utility>

#include "gpu/device_state.h"
#include "gpu/faults.h"
#include "gpu/kernel_state.h"

namespace txs::gpu {

namespace {
vk::DescriptorType descriptor_type(Binding binding) {
  switch (binding) {
    case Binding::storage: return vk::DescriptorType::eStorageImage;
    case Binding::texels: return vk::DescriptorType::eUniformTexelBuffer;
    case Binding::stored_texels: return vk::DescriptorType::eStorageTexelBuffer;
    case Binding::block: return vk::DescriptorType::eStorageBuffer;
    case Binding::nearest:
    case Binding::linear: break;
  }
  return vk::DescriptorType::eCombinedImageSampler;
}
}  // namespace

vk::raii::DescriptorSetLayout make_set_layout(const vk::raii::Device& device, const std::vector<Binding>& bindings) {
  std::vector<vk::DescriptorSetLayoutBinding> layout;
  for (const Binding binding : bindings)
    layout.emplace_back(static_cast<std::uint32_t>(layout.size()), descriptor_type(binding), 1,
                        vk::ShaderStageFlagBits::eCompute);
  return {device, {vk::DescriptorSetLayoutCreateFlagBits::ePushDescriptorKHR, layout}};
}

vk::raii::PipelineLayout make_pipeline_layout(const vk::raii::Device& device, vk::DescriptorSetLayout set_layout,
                                              std::uint32_t push_bytes) {
  const vk::PushConstantRange range(vk::ShaderStageFlagBits::eCompute, 0, push_bytes);
  vk::PipelineLayoutCreateInfo info({}, set_layout);
  if (push_bytes > 0) info.setPushConstantRanges(range);
  return {device, info};
}

vk::raii::Pipeline make_compute_pipeline(const vk::raii::Device& device, const vk::raii::PipelineCache* cache,
                                         vk::PipelineLayout layout, std::span<const std::uint32_t> words,
                                         const std::vector<std::uint32_t>& constants) {
  const vk::raii::ShaderModule module(device, {{}, words.size_bytes(), words.data()});
  std::vector<vk::SpecializationMapEntry> entries;
  for (std::uint32_t id = 0; id < constants.size(); ++id) entries.emplace_back(id, id * 4, 4);
  const vk::SpecializationInfo specialisation(static_cast<std::uint32_t>(entries.size()), entries.data(),
                                              constants.size() * 4, constants.data());
  const vk::PipelineShaderStageCreateInfo stage({}, vk::ShaderStageFlagBits::eCompute, *module, "main",
                                                &specialisation);
  return {device, cache != nullptr ? vk::Optional<const vk::raii::PipelineCache>(*cache) : nullptr,
          vk::ComputePipelineCreateInfo({}, stage, layout)};
}

Kernel::State::State(DeviceState& gpu_in, KernelSource source_in, std::vector<TextureClass> like_in)
    : gpu(gpu_in),
      source(std::move(source_in)),
      like(std::move(like_in)),
      set_layout(make_set_layout(gpu.device, source.bindings)),
      layout(make_pipeline_layout(gpu.device, *set_layout, source.push_bytes)) {}

Kernel::State::~State() {
  Retired retired;
  retired.pipeline = std::move(pipeline_);
  retired.pipeline_layout = std::move(layout);
  retired.set_layout = std::move(set_layout);
  gpu.graveyard.bury(std::move(retired));
}

vk::Pipeline Kernel::State::pipeline_now() const {
  const std::scoped_lock lock(mutex_);
  return *pipeline_;
}

vk::Sampler Kernel::State::sampler(Binding binding) const {
  return binding == Binding::nearest ? *gpu.nearest : binding == Binding::linear ? *gpu.linear : vk::Sampler();
}

bool Kernel::State::finished() const {
  const std::scoped_lock lock(mutex_);
  return *pipeline_ || !failure_.empty();
}

void Kernel::State::wait() const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return *pipeline_ || !failure_.empty(); });
}

void Kernel::State::throw_failure() const {
  const std::scoped_lock lock(mutex_);
  if (!failure_.empty() && !*pipeline_) throw Error(Fault::device, failure_);
}

void Kernel::State::replace(vk::raii::Pipeline pipeline) {
  Retired retired;
  {
    const std::scoped_lock lock(mutex_);
    retired.pipeline = std::exchange(pipeline_, std::move(pipeline));
    failure_.clear();
  }
  changed_.notify_all();
  gpu.graveyard.bury(std::move(retired));
}

void Kernel::State::fail(std::string line) {
  {
    const std::scoped_lock lock(mutex_);
    failure_ = std::move(line);
  }
  changed_.notify_all();
}

void record_dispatch(Recorder::State& state, const Kernel::State& kernel, std::span<const std::byte> push,
                     std::span<const Bound> bound, Groups groups) {
  const vk::raii::CommandBuffer& commands = state.commands;
  commands.bindPipeline(vk::PipelineBindPoint::eCompute, kernel.pipeline_now());
  if (!push.empty())
    commands.pushConstants<const std::byte>(
        *kernel.layout, vk::ShaderStageFlagBits::eCompute, 0,
        vk::ArrayProxy<const std::byte>(static_cast<std::uint32_t>(push.size()), push.data()));
  std::array<vk::DescriptorImageInfo, most_bindings> images;
  std::array<vk::BufferView, most_bindings> views;
  std::array<vk::DescriptorBufferInfo, most_bindings> buffers;
  std::array<vk::WriteDescriptorSet, most_bindings> writes;
  std::uint32_t count = 0;
  for (const Bound& one : bound) {
    const Binding binding = kernel.source.bindings[count];
    if (one.texture != nullptr) images[count] = {kernel.sampler(binding), one.texture->view(), vk::ImageLayout::eGeneral};
    if (one.texels != nullptr) views[count] = one.texels->handle();
    if (one.buffer != nullptr) buffers[count] = vk::DescriptorBufferInfo(one.buffer->handle(), 0, (one.buffer->size() + 3) / 4 * 4);
    writes[count] = {{}, count, 0, 1, descriptor_type(binding), &images[count], &buffers[count], &views[count]};
    ++count;
  }
  if (count > 0)
    commands.pushDescriptorSetKHR(vk::PipelineBindPoint::eCompute, *kernel.layout, 0,
                                  vk::ArrayProxy<const vk::WriteDescriptorSet>(count, writes.data()));
  commands.dispatch(groups.x, groups.y, groups.z);
}

Kernel::Kernel(Device& device, KernelSource source, BoundList like)
    : state_(device.state().compiler.request(std::move(source), like)) {}
Kernel::~Kernel() = default;
Kernel::Kernel(Kernel&&) noexcept = default;
Kernel& Kernel::operator=(Kernel&&) noexcept = default;

bool Kernel::ready() const {
  state_->throw_failure();
  return state_->finished();
}

void Kernel::wait() const {
  state_->wait();
  state_->throw_failure();
}

const std::string& Kernel::shader() const { return state_->source.shader; }

KernelStatus kernel_status(const Device& device) { return device.state().compiler.status(); }

}  // namespace txs::gpu
