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
  struct Tables {
    WorkTable corners, cells;
  };
  struct Part {
    Tables dense, hashed;
    WorkTable entries;
  };
  /// A kernel for each way of sampling.
  struct Kernels {
    gpu::Kernel stratified, independent;
    const gpu::Kernel& of(Sampling sampling) const { return sampling == Sampling::independent ? independent : stratified; }
    bool ready() const;
  };
  void plan(const Batch& batch);
  Tables tables(const GridPart& part, bool hashed, std::uint64_t& cell_sums) const;
  /// Of corners or of cells: they take the same, and leave what they gather in `target`.
  Kernels gathering_kernels(const char* shader, const Texels& target) const;
  void record(gpu::Recorder& recorder, const Tables& tables, const Batch& batch, const SampleTexels& samples,
              const Texels& cell_starts, const Texels& target);

  gpu::Device& device_;
  const Network& network_;
  Batch planned_;
  std::vector<Part> parts_;
  std::vector<std::uint32_t> first_list_;
  Texels lists_, corner_gradients_, cell_sums_;
  Kernels corner_kernels_, cell_kernels_;
  gpu::Kernel sum_kernel_, entry_kernel_;
};

}  // namespace txs::neural
