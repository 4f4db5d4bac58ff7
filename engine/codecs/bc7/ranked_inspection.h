#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "block/block_texture.h"
#include "codec/inspection.h"
#include "codecs/bc7/ranked_kernels.h"
#include "codecs/bc7/ranked_plan.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"

namespace txs::bc7 {

/// What a trace holds: the block's bits now, then what its search left after each of its stages.
struct RankedTraceLayout {
  std::vector<RankedStage> stages;  ///< that were traced
  std::uint32_t list_length = 0;
  std::uint64_t stage_bytes() const { return 16 + 16 + std::uint64_t(list_length) * 4; }  ///< bits, record, keys

  std::span<const std::byte> bits(std::span<const std::byte> trace) const { return trace.first(16); }
  std::span<const std::byte> after(std::span<const std::byte> trace, std::size_t stage) const {
    return trace.subspan(16 + stage * stage_bytes(), stage_bytes());
  }
};

/// The search of one block, done again by the kernels that did it, which writes down what each stage made of it.
class RankedTrace {
 public:
  RankedTrace(gpu::Device& device, const RankedSettings& settings);

  /// All stages that the block has had.
  void record(gpu::Recorder& recorder, RankedKernels& kernels, const RankedSchedule& schedule,
              block::BlockTexture& bits, std::uint32_t block);
  gpu::PendingRead read(gpu::Recorder& recorder) const;
  const RankedTraceLayout& layout() const { return layout_; }  ///< of the last recording

 private:
  RankedTraceLayout layout_;
  gpu::Buffer state_;  // the block's bits, record and keys while it is searched
  gpu::Buffer trace_;
};

/// Adds candidates and gains to what the bits say.
void add_ranked_search(codec::BlockInspection& inspection, const RankedTraceLayout& layout,
                       std::span<const std::byte> trace);

}  // namespace txs::bc7
