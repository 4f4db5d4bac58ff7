#include "gpu/resources.h"

#include <utility>

#include "gpu/device_state.h"
#include "gpu/faults.h"
#include "gpu/recorder.h"
#include "gpu/texel_format.h"

namespace txs::gpu {
namespace {
/// Allocates; when memory is short, first waits for what is retired to be given back.
vk::raii::DeviceMemory allocate(DeviceState& gpu, const vk::MemoryRequirements& needs, bool addressed) {
  try {
    return gpu.memory.allocate(needs, Memory::Use::device, addressed);
  } catch (const vk::OutOfDeviceMemoryError&) {
    gpu.owner.wait_idle();
    return gpu.memory.allocate(needs, Memory::Use::device, addressed);
  }
}

/// Bytes of the buffer that is made: whole words, for fills, and of one kind for llvmpipe. It compiles a kernel that reads
/// texels anew for another kind of buffer (Mesa 22.3: whether its size is a power of two, and whether its two lowest bytes
/// are zero, which it takes for mip levels), so that what was warmed up for one would stand when it met the other.
std::uint64_t capacity(std::uint64_t size) {
  const std::uint64_t bytes = (size + 255) / 256 * 256 + 16;
  return (bytes >> 8 & 0xff) == 0 ? bytes + 256 : bytes;
}

std::string making(const char* what, const std::string& name, std::uint64_t bytes) {
  return std::string("making ") + what + " '" + name + "' of " + std::to_string(bytes) + " bytes";
}

void zero(Device& device, const Buffer& buffer) {
  Recorder recorder(device);
  recorder.fill(buffer, 0);
  device.submit(std::move(recorder));
}

/// From its undefined first layout to the one it keeps, filled with zero.
void zero(Device& device, const Texture& texture, const std::string& name) {
  Recorder recorder(device);
  const vk::raii::CommandBuffer& commands = recorder.state().commands;
  const vk::ImageSubresourceRange range(vk::ImageAspectFlagBits::eColor, 0, 1, 0, 1);
  const vk::ImageMemoryBarrier2 to_general(
      vk::PipelineStageFlagBits2::eNone, vk::AccessFlagBits2::eNone, vk::PipelineStageFlagBits2::eAllCommands,
      vk::AccessFlagBits2::eMemoryRead | vk::AccessFlagBits2::eMemoryWrite, vk::ImageLayout::eUndefined,
      vk::ImageLayout::eGeneral, VK_QUEUE_FAMILY_IGNORED, VK_QUEUE_FAMILY_IGNORED, texture.image(), range);
  commands.pipelineBarrier2(vk::DependencyInfo().setImageMemoryBarriers(to_general));
  if (is_block_compressed(texture.format()))  // block-compressed images cannot be cleared, only copied to
    recorder.copy(Buffer(device, texture.byte_size(), name + " zeros"), 0, texture);
  else
    commands.clearColorImage(texture.image(), vk::ImageLayout::eGeneral, vk::ClearColorValue(), range);
  device.submit(std::move(recorder));
}
}  // namespace

Buffer::Buffer(Device& device, std::uint64_t size, std::string name) : device_(&device), size_(size) {
  if (size == 0) return;
  DeviceState& gpu = device.state();
  guarded(making("the buffer", name, size), [&] {
    using Usage = vk::BufferUsageFlagBits;
    if (size > gpu.max_buffer_bytes) throw vk::OutOfDeviceMemoryError("above maxBufferSize");
    vk::raii::Buffer buffer(
        gpu.device, {{},
                     capacity(size),
                     Usage::eStorageBuffer | Usage::eShaderDeviceAddress | Usage::eUniformTexelBuffer |
                         Usage::eStorageTexelBuffer | Usage::eTransferSrc | Usage::eTransferDst});
    const vk::MemoryRequirements needs = buffer.getMemoryRequirements();
    vk::raii::DeviceMemory memory = allocate(gpu, needs, true);
    buffer.bindMemory(*memory, 0);
    gpu.name(*buffer, name);
    address_ = gpu.device.getBufferAddress({*buffer});
    buffer_ = static_cast<VkBuffer>(buffer.release());
    memory_ = static_cast<VkDeviceMemory>(memory.release());
    gpu.allocated_bytes += needs.size;
  });
  try {
    zero(device, *this);
  } catch (...) {
    release();
    throw;
  }
}

Buffer::~Buffer() { release(); }
Buffer::Buffer(Buffer&& from) noexcept
    : device_(from.device_),
      size_(std::exchange(from.size_, 0)),
      address_(std::exchange(from.address_, 0)),
      buffer_(std::exchange(from.buffer_, nullptr)),
      memory_(std::exchange(from.memory_, nullptr)) {}

Buffer& Buffer::operator=(Buffer&& from) noexcept {
  if (this == &from) return *this;
  release();
  device_ = from.device_;
  size_ = std::exchange(from.size_, 0);
  address_ = std::exchange(from.address_, 0);
  buffer_ = std::exchange(from.buffer_, nullptr);
  memory_ = std::exchange(from.memory_, nullptr);
  return *this;
}

void Buffer::release() {
  if (buffer_ == VK_NULL_HANDLE) return;
  DeviceState& gpu = device_->state();
  Retired retired;
  retired.buffer = vk::raii::Buffer(gpu.device, std::exchange(buffer_, nullptr));
  retired.memory = vk::raii::DeviceMemory(gpu.device, std::exchange(memory_, nullptr));
  retired.bytes = retired.buffer.getMemoryRequirements().size;
  gpu.graveyard.bury(std::move(retired));
}

TexelView::TexelView(Device& device, const Buffer& buffer, Format format)
    : device_(&device), format_(format) {
  if (buffer.size() == 0) return;
  DeviceState& gpu = device.state();
  const TexelFormat texel = texel_format(format);
  const std::uint64_t bytes = capacity(buffer.size());
  guarded("viewing " + std::to_string(bytes) + " bytes as texels", [&] {
    if (bytes / texel.block_bytes > gpu.limits.maxTexelBufferElements)
      throw vk::OutOfDeviceMemoryError("above maxTexelBufferElements");
    vk::raii::BufferView view(gpu.device, {{}, buffer.handle(), texel.vulkan, 0, bytes});
    view_ = static_cast<VkBufferView>(view.release());
  });
}

TexelView::~TexelView() { release(); }
TexelView::TexelView(TexelView&& from) noexcept
    : device_(from.device_), format_(from.format_), view_(std::exchange(from.view_, nullptr)) {}

TexelView& TexelView::operator=(TexelView&& from) noexcept {
  if (this == &from) return *this;
  release();
  device_ = from.device_;
  format_ = from.format_;
  view_ = std::exchange(from.view_, nullptr);
  return *this;
}

void TexelView::release() {
  if (view_ == VK_NULL_HANDLE) return;
  DeviceState& gpu = device_->state();
  Retired retired;
  retired.buffer_view = vk::raii::BufferView(gpu.device, std::exchange(view_, nullptr));
  gpu.graveyard.bury(std::move(retired));
}

Texture::Texture(Device& device, Format format, std::uint32_t width, std::uint32_t height, std::string name)
    : device_(&device), format_(format), width_(width), height_(height) {
  DeviceState& gpu = device.state();
  const std::string doing = making("the texture", name, byte_size());
  const std::uint32_t largest = gpu.limits.maxImageDimension2D;
  if (width == 0 || height == 0 || width > largest || height > largest)
    throw Error(Fault::device, "while " + doing + ": " + std::to_string(width) + "x" + std::to_string(height) +
                                   " is outside 1x1 to " + std::to_string(largest) + "x" + std::to_string(largest));
  if (is_block_compressed(format) && !gpu.samples_bc)
    throw Error(Fault::device, "while " + doing + ": " + gpu.info.name + " has no BC textures");
  guarded(doing, [&] {
    using Usage = vk::ImageUsageFlagBits;
    const vk::Format vulkan_format = texel_format(format).vulkan;
    vk::ImageUsageFlags usage = Usage::eSampled | Usage::eTransferSrc | Usage::eTransferDst;
    if (!is_block_compressed(format)) usage |= Usage::eStorage;
    if (format == Format::rgba8) usage |= Usage::eColorAttachment;
    vk::raii::Image image(gpu.device, {{},
                                       vk::ImageType::e2D,
                                       vulkan_format,
                                       {width, height, 1},
                                       1,
                                       1,
                                       vk::SampleCountFlagBits::e1,
                                       vk::ImageTiling::eOptimal,
                                       usage});
    const vk::MemoryRequirements needs = image.getMemoryRequirements();
    vk::raii::DeviceMemory memory = allocate(gpu, needs, false);
    image.bindMemory(*memory, 0);
    vk::raii::ImageView view(
        gpu.device,
        {{}, *image, vk::ImageViewType::e2D, vulkan_format, {}, {vk::ImageAspectFlagBits::eColor, 0, 1, 0, 1}});
    gpu.name(*image, name);
    image_ = static_cast<VkImage>(image.release());
    view_ = static_cast<VkImageView>(view.release());
    memory_ = static_cast<VkDeviceMemory>(memory.release());
    gpu.allocated_bytes += needs.size;
  });
  try {
    zero(device, *this, name);
  } catch (...) {
    release();
    throw;
  }
}

Texture::~Texture() { release(); }
Texture::Texture(Texture&& from) noexcept
    : device_(from.device_),
      format_(from.format_),
      width_(std::exchange(from.width_, 0)),
      height_(std::exchange(from.height_, 0)),
      image_(std::exchange(from.image_, nullptr)),
      view_(std::exchange(from.view_, nullptr)),
      memory_(std::exchange(from.memory_, nullptr)) {}

Texture& Texture::operator=(Texture&& from) noexcept {
  if (this == &from) return *this;
  release();
  device_ = from.device_;
  format_ = from.format_;
  width_ = std::exchange(from.width_, 0);
  height_ = std::exchange(from.height_, 0);
  image_ = std::exchange(from.image_, nullptr);
  view_ = std::exchange(from.view_, nullptr);
  memory_ = std::exchange(from.memory_, nullptr);
  return *this;
}

std::uint64_t Texture::byte_size() const { return texel_format(format_).bytes(width_, height_); }

void Texture::release() {
  if (image_ == VK_NULL_HANDLE) return;
  DeviceState& gpu = device_->state();
  Retired retired;
  retired.view = vk::raii::ImageView(gpu.device, std::exchange(view_, nullptr));
  retired.image = vk::raii::Image(gpu.device, std::exchange(image_, nullptr));
  retired.memory = vk::raii::DeviceMemory(gpu.device, std::exchange(memory_, nullptr));
  retired.bytes = retired.image.getMemoryRequirements().size;
  gpu.graveyard.bury(std::move(retired));
}

}  // namespace txs::gpu
