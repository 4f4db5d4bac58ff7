#pragma once
#include <cstdint>

#include "gpu/kernel.h"
#include "neural/network.h"
#include "neural/work_table.h"

namespace txs::neural {

/// The least and largest value of each channel of a network's grids, and what is rounded to the levels between them.
class GridRanges {
 public:
  GridRanges(gpu::Device& device, const Network& network);

  bool ready() const;
  void wait() const;
  void record(gpu::Recorder& recorder, const Texels& values);
  /// Rounds `values` into `forward`, by the ranges as `record` left them.
  void quantise(gpu::Recorder& recorder, std::uint32_t bits, const Texels& values, const Texels& forward);

  const Texels& texels() const { return ranges_; }  ///< a quad a channel: least, largest, 0, 0

 private:
  Texels ranges_;
  WorkTable channels_, values_;
  gpu::Kernel range_, quantise_;
};

}  // namespace txs::neural
