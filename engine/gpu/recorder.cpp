#include "gpu/recorder.h"

#include <array>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/error.h"
#include "gpu/device_state.h"
#include "gpu/faults.h"
#include "gpu/kernel_state.h"
#include "gpu/texel_format.h"

namespace txs::gpu {
namespace {
constexpr std::uint64_t most_written_bytes = 65536;  // vkCmdUpdateBuffer

void require(bool condition, const std::string& what) {
  if (!condition) throw std::logic_error(what);
}

void require_range(const Buffer& buffer, std::uint64_t offset, std::uint64_t size, const char* who) {
  require(offset <= buffer.size() && size <= buffer.size() - offset, std::string(who) + " beyond the end of a buffer");
}

bool fits(const Bound& bound, Binding binding) {
  switch (binding) {
    case Binding::texels:
    case Binding::stored_texels: return bound.texels != nullptr;
    case Binding::block: return bound.buffer != nullptr;
    case Binding::storage:
    case Binding::nearest:
    case Binding::linear: break;
  }
  return bound.texture != nullptr;
}

vk::ImageSubresourceLayers whole_level() { return {vk::ImageAspectFlagBits::eColor, 0, 0, 1}; }

vk::BufferImageCopy whole_texture(const Texture& texture, std::uint64_t buffer_offset) {
  return {buffer_offset, 0, 0, whole_level(), {0, 0, 0}, {texture.width(), texture.height(), 1}};
}

/// Ready for a command outside rendering, with the barrier in place.
const vk::raii::CommandBuffer& ordered(Recorder::State& state) {
  require(!state.rendering, "only drawing between begin_rendering and end_rendering");
  state.order();
  return state.commands;
}
}  // namespace

Recorder::Recorder(Device& device) : state_(device.state().recorders.take(device)) {}
Recorder::Recorder(Recorder&&) noexcept = default;
Recorder::~Recorder() {
  if (state_ == nullptr) return;
  RecorderPool& pool = state_->gpu.recorders;
  pool.give_back(std::move(state_));
}

Device& Recorder::device() const { return state_->device; }
VkCommandBuffer Recorder::handle() const { return *state_->commands; }

void Recorder::begin_pass(std::string_view name) {
  State& state = *state_;
  const bool touching = state.pass_timed;  // one stamp ends the pass before and begins this one
  end_pass();
  state.pass_open = true;
  if (state.gpu.instance.debug_utils()) state.commands.beginDebugUtilsLabelEXT({std::string(name).c_str()});
  if (state.passes.size() == most_timed_passes) return;
  if (!touching) {
    // The pass's first command has its barrier all the same: lavapipe takes a stamp when its renderer is flushed, which
    // is at the next barrier, so without one between them the stamp would follow the work that it is to precede.
    if (!state.rendering) state.order();
    state.stamp();
  }
  state.passes.push_back({std::string(name), state.stamps - 1});
  state.pass_timed = true;
}

void Recorder::end_pass() {
  State& state = *state_;
  if (!state.pass_open) return;
  if (state.pass_timed) state.stamp();
  if (state.gpu.instance.debug_utils()) state.commands.endDebugUtilsLabelEXT();
  state.pass_open = state.pass_timed = false;
}

void Recorder::dispatch_bytes(const Kernel& kernel, const void* push, std::uint32_t push_bytes,
                              BoundList bound, Groups groups) {
  const Kernel::State& made = kernel.state();
  const std::vector<Binding>& bindings = made.source.bindings;
  const auto& limit = state_->gpu.limits.maxComputeWorkGroupCount;
  require(groups.x <= limit[0] && groups.y <= limit[1] && groups.z <= limit[2],
          made.source.shader + ": more workgroups than the device takes; split the work");
  require(push_bytes == made.source.push_bytes, made.source.shader + ": the push constants have another size");
  require(bound.size() == bindings.size(), made.source.shader + ": what is bound does not match the bindings");
  require(bool(made.pipeline_now()), made.source.shader + ": dispatched before it was ready");
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    const Bound& one = bound.begin()[i];
    require(fits(one, bindings[i]), made.source.shader + ": what is bound does not match the bindings");
    if (one.buffer != nullptr && one.buffer->size() > state_->gpu.limits.maxStorageBufferRange)
      throw Error(Fault::device, made.source.shader + ": a buffer of " + std::to_string(one.buffer->size()) +
                                     " bytes is more than the device binds, " +
                                     std::to_string(state_->gpu.limits.maxStorageBufferRange));
    require(bindings[i] != Binding::storage || !is_block_compressed(one.texture->format()),
            made.source.shader + ": block-compressed textures cannot be stored to");
  }
  if (groups.x == 0 || groups.y == 0 || groups.z == 0) return;
  ordered(*state_);
  record_dispatch(*state_, made, {static_cast<const std::byte*>(push), push_bytes}, bound, groups);
}

void Recorder::copy(const Buffer& from, std::uint64_t from_offset, const Buffer& to, std::uint64_t to_offset,
                    std::uint64_t size) {
  require_range(from, from_offset, size, "Recorder::copy reads");
  require_range(to, to_offset, size, "Recorder::copy writes");
  if (size == 0) return;
  ordered(*state_).copyBuffer(from.handle(), to.handle(), vk::BufferCopy(from_offset, to_offset, size));
}

void Recorder::copy(const Buffer& from, std::uint64_t from_offset, const Texture& to) {
  require_range(from, from_offset, to.byte_size(), "Recorder::copy reads");
  ordered(*state_).copyBufferToImage(from.handle(), to.image(), vk::ImageLayout::eGeneral,
                                     whole_texture(to, from_offset));
}

void Recorder::fill(const Buffer& buffer, std::uint32_t word) {
  if (buffer.size() > 0) ordered(*state_).fillBuffer(buffer.handle(), 0, VK_WHOLE_SIZE, word);
}

void Recorder::write(const Buffer& buffer, std::uint64_t offset, std::span<const std::byte> bytes) {
  require_range(buffer, offset, bytes.size(), "Recorder::write writes");
  require(bytes.size() <= most_written_bytes && bytes.size() % 4 == 0 && offset % 4 == 0,
          "Recorder::write takes at most 65536 bytes, and sizes and offsets that are multiples of 4");
  if (!bytes.empty()) ordered(*state_).updateBuffer<const std::byte>(buffer.handle(), offset, bytes);
}

PendingRead Recorder::read(const Buffer& buffer, std::uint64_t offset, std::uint64_t size) {
  require_range(buffer, offset, size, "Recorder::read reads");
  auto block = guarded("making room for a read", [&] { return state_->gpu.host_blocks.take(size); });
  if (size > 0) ordered(*state_).copyBuffer(buffer.handle(), *block->buffer, vk::BufferCopy(offset, 0, size));
  state_->blocks.push_back(block);
  state_->reads_back = true;
  return PendingRead(std::move(block));
}

PendingRead Recorder::read(const Texture& texture) {
  auto block = guarded("making room for a read", [&] { return state_->gpu.host_blocks.take(texture.byte_size()); });
  ordered(*state_).copyImageToBuffer(texture.image(), vk::ImageLayout::eGeneral, *block->buffer,
                                     whole_texture(texture, 0));
  state_->blocks.push_back(block);
  state_->reads_back = true;
  return PendingRead(std::move(block));
}

PendingTimes Recorder::times() {
  if (state_->times == nullptr) {
    state_->times = std::make_shared<PendingTimes::State>();
    state_->times->pool = &state_->gpu.recorders;
  }
  PendingTimes times;
  times.state_ = state_->times;
  return times;
}

}  // namespace txs::gpu
