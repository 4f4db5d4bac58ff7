#include "gpu/host_blocks.h"

#include <algorithm>
#include <bit>
#include <stdexcept>

#include "gpu/device_state.h"
#include "gpu/resources.h"

namespace txs::gpu {
namespace {
constexpr std::uint64_t smallest_block = 16 << 10;
constexpr std::uint64_t most_free_bytes = 64 << 20;  ///< kept for the next read; beyond that memory is given back

vk::raii::Buffer make_buffer(const vk::raii::Device& device, std::uint64_t size) {
  return {device,
          vk::BufferCreateInfo({}, size,
                               vk::BufferUsageFlagBits::eTransferSrc | vk::BufferUsageFlagBits::eTransferDst |
                                   vk::BufferUsageFlagBits::eVertexBuffer | vk::BufferUsageFlagBits::eIndexBuffer)};
}
}  // namespace

HostBlock::HostBlock(const vk::raii::Device& device_in, const Memory& memory_in, const Timeline& timeline_in,
                     std::uint64_t capacity_in)
    : device(device_in),
      timeline(timeline_in),
      capacity(capacity_in),
      buffer(make_buffer(device_in, capacity_in)),
      memory(memory_in.allocate(buffer.getMemoryRequirements(), Memory::Use::host, false)) {
  buffer.bindMemory(*memory, 0);
  mapped = static_cast<std::byte*>(memory.mapMemory(0, VK_WHOLE_SIZE));
}

void HostBlock::invalidate() const {
  device.invalidateMappedMemoryRanges(vk::MappedMemoryRange(*memory, 0, VK_WHOLE_SIZE));
}
void HostBlock::flush() const { device.flushMappedMemoryRanges(vk::MappedMemoryRange(*memory, 0, VK_WHOLE_SIZE)); }

/// Outlives the pool until the last block is back. A block that comes back after the pool is gone is simply destroyed.
struct HostBlockPool::Shared {
  std::mutex mutex;
  bool open = true;
  std::uint64_t free_bytes = 0;
  std::vector<std::unique_ptr<HostBlock>> free;

  std::unique_ptr<HostBlock> take(std::uint64_t size) {
    const std::scoped_lock lock(mutex);
    const auto found = std::ranges::find(free, size, &HostBlock::capacity);
    if (found == free.end()) return nullptr;
    std::unique_ptr<HostBlock> block = std::move(*found);
    free.erase(found);
    free_bytes -= block->capacity;
    return block;
  }

  void give_back(std::unique_ptr<HostBlock> block) {
    const std::scoped_lock lock(mutex);
    if (!open || free_bytes + block->capacity > most_free_bytes) return;
    free_bytes += block->capacity;
    free.push_back(std::move(block));
  }
};

HostBlockPool::HostBlockPool(const vk::raii::Device& device, const Memory& memory, const Timeline& timeline)
    : device_(device), memory_(memory), timeline_(timeline), shared_(std::make_shared<Shared>()) {}

HostBlockPool::~HostBlockPool() {
  const std::scoped_lock lock(shared_->mutex);
  shared_->open = false;
  shared_->free.clear();
}

std::shared_ptr<HostBlock> HostBlockPool::take(std::uint64_t size) {
  const std::uint64_t capacity = std::max(smallest_block, std::bit_ceil(size));
  std::unique_ptr<HostBlock> block = shared_->take(capacity);
  if (block == nullptr) block = std::make_unique<HostBlock>(device_, memory_, timeline_, capacity);
  block->size = size;
  block->ticket = HostBlock::unsubmitted;
  return {block.release(),
          [shared = shared_](HostBlock* used) { shared->give_back(std::unique_ptr<HostBlock>(used)); }};
}

bool PendingRead::ready() const {
  const std::uint64_t ticket = block_ == nullptr ? HostBlock::unsubmitted : block_->ticket.load();
  return ticket != HostBlock::unsubmitted && ticket != HostBlock::dropped && block_->timeline.reached(ticket);
}

std::span<const std::byte> PendingRead::bytes() const {
  if (!ready()) throw std::logic_error("PendingRead::bytes before it is ready");
  block_->invalidate();
  return block_->bytes();
}

void PendingRead::wait() const {
  const std::uint64_t ticket = block_ == nullptr ? HostBlock::unsubmitted : block_->ticket.load();
  if (ticket == HostBlock::unsubmitted || ticket == HostBlock::dropped)
    throw std::logic_error("PendingRead::wait before its recorder was submitted");
  block_->timeline.wait(ticket);
}

}  // namespace txs::gpu
