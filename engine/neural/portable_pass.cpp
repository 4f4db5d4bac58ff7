#include "neural/portable_pass.h"

namespace txs::neural {
namespace {

using gpu::Binding;
using gpu::divide_up;

// A workgroup of the weight gradients adds up so many blocks: fewer make more partial sums to be added later.
constexpr std::uint32_t blocks_a_sum = 4;

}  // namespace

PortablePass::PortablePass(gpu::Device& device, const Network& network, const SliceInputs& inputs,
                           const SampleTexels& outputs)
    : network_(network),
      tape_(device, network),
      sums_(device, network),
      slice_(device,
             {"neural/slice.comp", sizeof(interop::NeuralSlicePush),
              {Binding::texels, Binding::texels, Binding::texels, Binding::nearest, Binding::stored_texels,
               Binding::stored_texels, Binding::stored_texels, Binding::texels, Binding::stored_texels},
              network.constants()},
             {&inputs.parameters.quads, &inputs.parameters.single, &network.grids().quads, &inputs.picture,
              &outputs.feature_gradients.quads, &outputs.positions.single, &outputs.losses.single,
              &inputs.drawn_pixels.single, &tape_.texels().quads}),
      weight_gradient_(device,
                       {"neural/weight_gradient.comp", sizeof(interop::WeightGradientPush),
                        {Binding::texels, Binding::texels, Binding::stored_texels}, {device.subgroup_size()}},
                       {&tape_.texels().quads, &tape_.tiles().quads, &sums_.texels().single}) {}

bool PortablePass::ready() const {
  bool all = sums_.ready();
  for (const gpu::Kernel* kernel : {&slice_, &weight_gradient_}) all &= kernel->ready();
  return all;
}

void PortablePass::begin_step(gpu::Recorder&, const Texels&, std::uint32_t blocks) {
  tape_.make_room(blocks);
  sums_.make_room(divide_up(blocks, blocks_a_sum) + blocks / tape_.slice_blocks());
}

void PortablePass::record(gpu::Recorder& recorder, const interop::NeuralSlicePush& slice, std::uint32_t blocks,
                          const SliceInputs& inputs, const SampleTexels& outputs) {
  recorder.dispatch(slice_, slice,
                    {&inputs.parameters.quads, &inputs.parameters.single, &network_.grids().quads, &inputs.picture,
                     &outputs.feature_gradients.quads, &outputs.positions.single, &outputs.losses.single,
                     &inputs.drawn_pixels.single, &tape_.texels().quads},
                    {blocks});
  const std::uint32_t sums_a_slice = divide_up(tape_.slice_blocks(), blocks_a_sum);
  const interop::WeightGradientPush push{tape_.quads(), blocks_a_sum, blocks,
                                         slice.first_block / tape_.slice_blocks() * sums_a_slice,
                                         network_.decoder_floats()};
  recorder.dispatch(weight_gradient_, push, {&tape_.texels().quads, &tape_.tiles().quads, &sums_.texels().single},
                    {tape_.tile_count(), divide_up(blocks, blocks_a_sum)});
}

void PortablePass::end_step(gpu::Recorder& recorder, std::uint32_t blocks, const Texels& gradient) {
  const std::uint32_t whole = blocks / tape_.slice_blocks(), rest = blocks % tape_.slice_blocks();
  sums_.add_up(recorder, whole * divide_up(tape_.slice_blocks(), blocks_a_sum) + divide_up(rest, blocks_a_sum), gradient);
}

}  // namespace txs::neural
