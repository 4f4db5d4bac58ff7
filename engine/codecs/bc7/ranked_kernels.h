#pragma once
#include <array>
#include <cstdint>
#include <optional>

#include "codecs/bc7/ranked_plan.h"
#include "codecs/bc7/settings.h"
#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"
#include "shaders/interop/bc7_ranked.h"

namespace txs::bc7 {

/// Where the state of a ranked search lies: that of the picture, or of one block that is searched again.
struct RankedState {
  std::uint64_t blocks = 0, records = 0, keys = 0;  ///< addresses of block 0's; keys: of `tile_first`'s
  std::uint32_t tile_first = 0;
};

/// The kernels of the ranked search, one of the trials for all modes of as many subsets.
class RankedKernels {
 public:
  RankedKernels(gpu::Device& device, const RankedSettings& settings, const codec::Source& source);

  bool ready() const;
  /// Does `stage` to blocks [first, first + count).
  void record(gpu::Recorder& recorder, const RankedStage& stage, const RankedState& state, std::uint32_t first,
              std::uint32_t count);

 private:
  interop::Bc7RankedPush push_of(const RankedStage& stage, const RankedState& state) const;
  const gpu::Kernel& kernel_of(const RankedStage& stage) const;

  RankedSettings settings_;
  std::shared_ptr<const gpu::Texture> source_;
  gpu::Buffer tables_;
  bool has_tables_ = false;
  gpu::Kernel rank_, sort_;
  std::array<std::optional<gpu::Kernel>, interop::bc7_parts_dual + 1> trial_;  // by the kind of parts
};

}  // namespace txs::bc7
