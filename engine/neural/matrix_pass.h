#pragma once
#include <vector>

#include "neural/training_pass.h"
#include "neural/weight_sums.h"
#include "shaders/interop/neural_matrix.h"

namespace txs::neural {

/// For GPUs that multiply matrices (gpu::Device::multiplies_matrices): weights, activations and gradients of sums as
/// binary16, products summed in single precision (shaders/neural/slice_matrix.comp, weight_gradient_matrix.comp).
class MatrixPass : public TrainingPass {
 public:
  MatrixPass(gpu::Device& device, const Network& network, const SliceInputs& inputs, const SampleTexels& outputs);

  static std::uint32_t shared_bytes(const ModelShape& shape);  ///< that its kernels need

  const char* name() const override { return "matrix"; }
  bool ready() const override;
  std::uint32_t slice_blocks() const override { return slice_blocks_; }
  std::uint32_t losses_a_block() const override { return interop::neural_block; }
  void begin_step(gpu::Recorder& recorder, const Texels& parameters, std::uint32_t blocks) override;
  void record(gpu::Recorder& recorder, const interop::NeuralSlicePush& slice, std::uint32_t blocks,
              const SliceInputs& inputs, const SampleTexels& outputs) override;
  void end_step(gpu::Recorder& recorder, std::uint32_t blocks, const Texels& gradient) override;

 private:
  std::uint32_t sums_of(std::uint32_t blocks) const;  ///< of a slice

  gpu::Device& device_;
  const Network& network_;
  std::uint32_t tape_tiles_, slice_blocks_, room_ = 0, steps_a_sum_ = 0;
  std::vector<interop::MatrixRow> row_list_;
  gpu::Buffer weights_, biases_, tape_;
  Texels rows_;
  WeightSums sums_;
  gpu::Kernel convert_, slice_, gradient_;
};

}  // namespace txs::neural
