#pragma once
#include <vector>

#include "neural/tape.h"
#include "neural/training_pass.h"
#include "neural/weight_sums.h"
#include "shaders/interop/neural_group.h"

namespace txs::neural {

/// For GPUs: workgroups carry their samples together, in single precision, with activations and weights in shared memory
/// (shaders/neural/slice_shared.comp, weight_gradient_shared.comp).
class SharedPass : public TrainingPass {
 public:
  SharedPass(gpu::Device& device, const Network& network, const SliceInputs& inputs, const SampleTexels& outputs);

  static std::uint32_t shared_bytes(const ModelShape& shape);  ///< that its kernels need

  const char* name() const override { return "shared"; }
  bool ready() const override;
  std::uint32_t slice_blocks() const override { return tape_.slice_blocks(); }
  std::uint32_t losses_a_block() const override { return interop::neural_group; }
  void begin_step(gpu::Recorder& recorder, const Texels& parameters, std::uint32_t blocks) override;
  void record(gpu::Recorder& recorder, const interop::NeuralSlicePush& slice, std::uint32_t blocks,
              const SliceInputs& inputs, const SampleTexels& outputs) override;
  void end_step(gpu::Recorder& recorder, std::uint32_t blocks, const Texels& gradient) override;

 private:
  std::uint32_t sums_of(std::uint32_t blocks) const;  ///< of a slice

  const Network& network_;
  std::uint32_t samples_a_group_, quads_a_sum_ = 0;
  Tape tape_;
  std::vector<interop::WeightPatch> patch_list_;
  Texels patches_;
  WeightSums sums_;
  gpu::Kernel slice_, weights_;
};

}  // namespace txs::neural
