#pragma once
#include <atomic>
#include <cstdint>
#include <future>

#include "codecs/astc/astc_block.h"
#include "gpu/device.h"
#include "gpu/resources.h"

namespace txs::astc {

/// The patterns of a block size on the GPU, as interop::AstcSnapping and what stands behind it. Made by a thread of its own:
/// of 4x4 texels that takes half a second the first time, and a file's reading later.
class SnappingMemory {
 public:
  SnappingMemory(gpu::Device& device, const Footprint& footprint);
  ~SnappingMemory() { stop_ = true; }
  SnappingMemory(const SnappingMemory&) = delete;
  SnappingMemory& operator=(const SnappingMemory&) = delete;

  bool ready();  ///< throws what went wrong, once
  std::uint64_t address() const { return buffer_.address(); }

 private:
  void fill(gpu::Device& device, const Footprint& footprint);

  gpu::Buffer buffer_;
  std::atomic<bool> stop_ = false;
  std::future<void> filling_;  // last: its end is waited for before the others go
};

}  // namespace txs::astc
