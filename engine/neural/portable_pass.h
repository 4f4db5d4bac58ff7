#pragma once
#include "neural/tape.h"
#include "neural/training_pass.h"
#include "neural/weight_sums.h"

namespace txs::neural {

/// For any device: an invocation carries four samples, in single precision (shaders/neural/slice.comp).
class PortablePass : public TrainingPass {
 public:
  PortablePass(gpu::Device& device, const Network& network, const SliceInputs& inputs, const SampleTexels& outputs);

  const char* name() const override { return "portable"; }
  bool ready() const override;
  std::uint32_t slice_blocks() const override { return tape_.slice_blocks(); }
  std::uint32_t losses_a_block() const override { return interop::neural_group; }
  void begin_step(gpu::Recorder& recorder, const Texels& parameters, std::uint32_t blocks) override;
  void record(gpu::Recorder& recorder, const interop::NeuralSlicePush& slice, std::uint32_t blocks,
              const SliceInputs& inputs, const SampleTexels& outputs) override;
  void end_step(gpu::Recorder& recorder, std::uint32_t blocks, const Texels& gradient) override;

 private:
  gpu::Kernel weight_kernel(gpu::Device& device, std::uint32_t delta_quads) const;

  const Network& network_;
  std::uint32_t tile_quads_;
  Tape tape_;
  WeightSums sums_;
  gpu::Kernel slice_, weight_gradient_, output_gradient_;
};

}  // namespace txs::neural
