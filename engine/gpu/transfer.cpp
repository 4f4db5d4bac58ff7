// Set-up and inspection: copies that wait, through a staging block of bounded size.
#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "gpu/device_state.h"
#include "gpu/faults.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"
#include "gpu/texel_format.h"

namespace txs::gpu {
namespace {
constexpr std::uint64_t staging_bytes = 16 << 20;

/// Records one copy to or from `block` and waits for it.
template <typename Record>
void run_copy(Device& device, const std::shared_ptr<HostBlock>& block, Record&& record) {
  Recorder recorder(device);
  recorder.state().order();
  record(recorder.state().commands);
  recorder.state().blocks.push_back(block);
  recorder.state().reads_back = true;
  device.wait(device.submit(std::move(recorder)));
}

/// The rows of a texture in strips that fit the staging block.
struct Strips {
  const Texture& texture;
  TexelFormat format = texel_format(texture.format());
  std::uint64_t row_bytes = format.row_bytes(texture.width());
  std::uint32_t rows = format.block_rows(texture.height());
  std::uint32_t rows_a_strip =
      static_cast<std::uint32_t>(std::clamp<std::uint64_t>(staging_bytes / row_bytes, 1, rows));

  std::uint64_t strip_bytes() const { return rows_a_strip * row_bytes; }

  /// each(region, first byte in the tightly packed texture, bytes)
  template <typename Each>
  void for_each(Each&& each) const {
    for (std::uint32_t row = 0; row < rows; row += rows_a_strip) {
      const std::uint32_t count = std::min(rows_a_strip, rows - row);
      const std::uint32_t top = row * format.block;
      const std::uint32_t height = std::min(count * format.block, texture.height() - top);
      const vk::BufferImageCopy region(0, 0, 0, {vk::ImageAspectFlagBits::eColor, 0, 0, 1},
                                       {0, static_cast<std::int32_t>(top), 0}, {texture.width(), height, 1});
      each(region, row * row_bytes, count * row_bytes);
    }
  }
};

std::shared_ptr<HostBlock> staging(DeviceState& gpu, std::uint64_t size) {
  return guarded("making room for a transfer", [&] { return gpu.host_blocks.take(std::min(size, staging_bytes)); });
}
}  // namespace

void Device::upload(Buffer& buffer, std::span<const std::byte> bytes, std::uint64_t offset) {
  if (offset > buffer.size() || bytes.size() > buffer.size() - offset)
    throw std::logic_error("Device::upload beyond the end of a buffer");
  if (bytes.empty()) return;
  const std::shared_ptr<HostBlock> block = staging(*state_, bytes.size());
  while (!bytes.empty()) {
    const auto chunk = bytes.first(std::min<std::size_t>(bytes.size(), staging_bytes));
    std::memcpy(block->mapped, chunk.data(), chunk.size());
    block->flush();
    run_copy(*this, block, [&](const vk::raii::CommandBuffer& commands) {
      commands.copyBuffer(*block->buffer, buffer.handle(), vk::BufferCopy(0, offset, chunk.size()));
    });
    bytes = bytes.subspan(chunk.size());
    offset += chunk.size();
  }
}

void Device::upload(Texture& texture, std::span<const std::byte> texels) {
  if (texels.size() != texture.byte_size())
    throw std::logic_error("Device::upload takes a whole texture, tightly packed");
  const Strips strips{texture};
  const auto block =
      guarded("making room for a transfer", [&] { return state_->host_blocks.take(strips.strip_bytes()); });
  strips.for_each([&](const vk::BufferImageCopy& region, std::uint64_t first, std::uint64_t size) {
    std::memcpy(block->mapped, texels.data() + first, size);
    block->flush();
    run_copy(*this, block, [&](const vk::raii::CommandBuffer& commands) {
      commands.copyBufferToImage(*block->buffer, texture.image(), vk::ImageLayout::eGeneral, region);
    });
  });
}

std::vector<std::byte> Device::download(const Texture& texture) {
  std::vector<std::byte> texels(texture.byte_size());
  const Strips strips{texture};
  const auto block =
      guarded("making room for a transfer", [&] { return state_->host_blocks.take(strips.strip_bytes()); });
  strips.for_each([&](const vk::BufferImageCopy& region, std::uint64_t first, std::uint64_t size) {
    run_copy(*this, block, [&](const vk::raii::CommandBuffer& commands) {
      commands.copyImageToBuffer(texture.image(), vk::ImageLayout::eGeneral, *block->buffer, region);
    });
    block->invalidate();
    std::memcpy(texels.data() + first, block->mapped, size);
  });
  return texels;
}

std::vector<std::byte> Device::download(const Buffer& buffer) {
  std::vector<std::byte> bytes(buffer.size());
  if (bytes.empty()) return bytes;
  const std::shared_ptr<HostBlock> block = staging(*state_, bytes.size());
  for (std::uint64_t offset = 0; offset < bytes.size(); offset += staging_bytes) {
    const std::uint64_t size = std::min(bytes.size() - offset, staging_bytes);
    run_copy(*this, block, [&](const vk::raii::CommandBuffer& commands) {
      commands.copyBuffer(buffer.handle(), *block->buffer, vk::BufferCopy(offset, 0, size));
    });
    block->invalidate();
    std::memcpy(bytes.data() + offset, block->mapped, size);
  }
  return bytes;
}

}  // namespace txs::gpu
