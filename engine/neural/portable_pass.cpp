#include "neural/portable_pass.h"

namespace txs::neural {
namespace {

using gpu::Binding;
using gpu::divide_up;

// A workgroup of the weight gradients adds up so many blocks: fewer make more partial sums to be added later.
constexpr std::uint32_t blocks_a_sum = 4;
constexpr std::uint32_t software_tile_quads = 4;  // weight_gradient.comp says why

}  // namespace

PortablePass::PortablePass(gpu::Device& device, const Network& network, const SliceInputs& inputs,
                           const SampleTexels& outputs)
    : network_(network),
      tile_quads_(device.is_cpu() ? software_tile_quads : interop::neural_tile / 4),
      tape_(device, network, tile_quads_),
      sums_(device, network),
      slice_(device,
             {"neural/slice.comp", sizeof(interop::NeuralSlicePush),
              {Binding::texels, Binding::texels, Binding::texels, Binding::nearest, Binding::block,
               Binding::stored_texels, Binding::stored_texels, Binding::texels, Binding::stored_texels, Binding::block},
              network.portable_constants()},
             {&inputs.parameters.quads, &inputs.parameters.single, &network.grids().quads, &inputs.picture,
              &outputs.feature_gradients.buffer, &outputs.positions.single, &outputs.losses.single,
              &inputs.drawn_pixels.single, &tape_.texels().quads, &tape_.texels().buffer}),
      weight_gradient_(weight_kernel(device, tile_quads_)),
      output_gradient_(weight_kernel(device, 1)) {}

gpu::Kernel PortablePass::weight_kernel(gpu::Device& device, std::uint32_t delta_quads) const {
  return {device,
          {"neural/weight_gradient.comp", sizeof(interop::WeightGradientPush),
           {Binding::texels, Binding::texels, Binding::stored_texels},
           {device.subgroup_size(), delta_quads, tile_quads_}},
          {&tape_.texels().quads, &tape_.tiles().quads, &sums_.texels().single}};
}

bool PortablePass::ready() const {
  bool all = sums_.ready();
  for (const gpu::Kernel* kernel : {&slice_, &weight_gradient_, &output_gradient_}) all &= kernel->ready();
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
                     &outputs.feature_gradients.buffer, &outputs.positions.single, &outputs.losses.single,
                     &inputs.drawn_pixels.single, &tape_.texels().quads, &tape_.texels().buffer},
                    {blocks});
  const std::uint32_t sums_a_slice = divide_up(tape_.slice_blocks(), blocks_a_sum);
  interop::WeightGradientPush push{0, tape_.quads(), blocks_a_sum, blocks,
                                   slice.first_block / tape_.slice_blocks() * sums_a_slice, network_.decoder_floats()};
  const std::uint32_t hidden_tiles = tape_.tile_count() - tape_.output_tiles(), sums = divide_up(blocks, blocks_a_sum);
  recorder.dispatch(weight_gradient_, push, {&tape_.texels().quads, &tape_.tiles().quads, &sums_.texels().single},
                    {hidden_tiles, sums});
  push.first_tile = hidden_tiles;
  recorder.dispatch(output_gradient_, push, {&tape_.texels().quads, &tape_.tiles().quads, &sums_.texels().single},
                    {tape_.output_tiles(), sums});
}

void PortablePass::end_step(gpu::Recorder& recorder, std::uint32_t blocks, const Texels& gradient) {
  const std::uint32_t whole = blocks / tape_.slice_blocks(), rest = blocks % tape_.slice_blocks();
  sums_.add_up(recorder, whole * divide_up(tape_.slice_blocks(), blocks_a_sum) + divide_up(rest, blocks_a_sum), gradient);
}

}  // namespace txs::neural
