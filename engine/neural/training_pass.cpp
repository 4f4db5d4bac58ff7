#include "neural/training_pass.h"

#include "neural/portable_pass.h"

namespace txs::neural {

SampleTexels::SampleTexels(gpu::Device& device, const Network& network, std::uint32_t blocks)
    : positions(device, std::uint64_t(blocks) * interop::neural_block, "sample positions", Texels::Words::integers),
      feature_gradients(device, std::uint64_t(blocks) * interop::neural_block * network.input_quads() * 4,
                        "feature gradients"),
      losses(device, std::uint64_t(blocks) * interop::neural_block, "losses") {}

std::unique_ptr<TrainingPass> make_training_pass(gpu::Device& device, const Network& network, const SliceInputs& inputs,
                                                 const SampleTexels& outputs) {
  return std::make_unique<PortablePass>(device, network, inputs, outputs);
}

}  // namespace txs::neural
