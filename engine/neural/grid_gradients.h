#pragma once
#include <cstdint>
#include <vector>

#include "gpu/kernel.h"
#include "neural/batch.h"
#include "neural/network.h"
#include "neural/training_pass.h"
#include "neural/work_table.h"

namespace txs::neural {

/// Gradients of the grids of a network, from those of its samples' features.
class GridGradients {
 public:
  GridGradients(gpu::Device& device, const Network& network);

  bool ready() const;
  /// `cell_starts`: of independent sampling, where each cell's samples begin.
  void record(gpu::Recorder& recorder, const Batch& batch, const SampleTexels& samples, const Texels& cell_starts,
              const Texels& gradient);

 private:
  struct Part {
    GridPart grids;
    WorkTable corners, entries;
  };
  void plan(const Batch& batch);

  gpu::Device& device_;
  const Network& network_;
  Batch planned_;
  std::vector<Part> parts_;
  std::vector<std::uint32_t> first_list_;
  Texels lists_, corner_gradients_;
  gpu::Kernel corner_kernel_, entry_kernel_;
};

}  // namespace txs::neural
