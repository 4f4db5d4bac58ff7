#include "neural/shared_pass.h"

#include <algorithm>
#include <span>
#include <vector>

#include "shaders/interop/neural_group.h"

namespace txs::neural {
namespace {

using gpu::Binding;
using gpu::divide_up;
using interop::neural_block;
using interop::neural_group;
using interop::neural_wide_group;

// Partial sums of a batch, about: fewer leave a large GPU idle, more are more to add up.
constexpr std::uint32_t wanted_sums = 512;
constexpr std::uint32_t least_quads_a_sum = 32;

std::uint32_t widest_layer(const ModelShape& shape) {
  return divide_up(std::max(shape.inputs(), shape.hidden), interop::neural_tile) * interop::neural_tile;
}

/// An invocation has 8 units of 4 samples: as many samples as let 128 invocations cover the widest layer.
std::uint32_t samples_for(const ModelShape& shape) { return widest_layer(shape) <= 64 ? 64 : 32; }

std::vector<std::uint32_t> slice_constants(const Network& network, std::uint32_t samples) {
  std::vector<std::uint32_t> constants = network.constants();
  constants.push_back(samples);
  return constants;
}

/// The patches that one workgroup each makes gradients of: rows of a layer's tiles, as many as it has invocations for.
std::vector<interop::WeightPatch> weight_patches(const Network& network) {
  using interop::neural_tile;
  std::vector<interop::WeightPatch> patches;
  std::uint32_t input_unit = 0;
  std::uint32_t delta_unit = (network.input_quads() + network.shape().depth * network.hidden_quads()) / 2;
  for (const LayerLayout& layer : network.layout().layers) {
    const std::uint32_t inputs = layer.padded_inputs / neural_tile, outputs = layer.padded_outputs / neural_tile;
    const std::uint32_t most = std::min(neural_wide_group / inputs, interop::patch_units - inputs);
    for (std::uint32_t first = 0; first < outputs; first += most) {
      const std::uint32_t row = first * neural_tile;
      patches.push_back({.first_input = input_unit,
                         .first_delta = delta_unit + first,
                         .inputs = inputs,
                         .outputs = std::min(most, outputs - first),
                         .weights = layer.weights - network.layout().grid_floats + row * layer.padded_inputs,
                         .row = layer.padded_inputs,
                         .biases = layer.biases - network.layout().grid_floats + row});
    }
    input_unit += inputs;
    delta_unit += outputs;
  }
  return patches;
}

}  // namespace

SharedPass::SharedPass(gpu::Device& device, const Network& network, const SliceInputs& inputs,
                       const SampleTexels& outputs)
    : network_(network),
      samples_a_group_(samples_for(network.shape())),
      tape_(device, network),
      patches_(device, 4, "weight patches", Texels::Words::integers),
      sums_(device, network),
      slice_(device,
             {"neural/slice_shared.comp", sizeof(interop::NeuralSharedPush),
              {Binding::texels, Binding::texels, Binding::texels, Binding::nearest, Binding::stored_texels,
               Binding::stored_texels, Binding::stored_texels, Binding::texels, Binding::stored_texels},
              slice_constants(network, samples_a_group_)},
             {&inputs.parameters.quads, &inputs.parameters.single, &network.grids().quads, &inputs.picture,
              &outputs.feature_gradients.quads, &outputs.positions.single, &outputs.losses.single,
              &inputs.drawn_pixels.single, &tape_.texels().quads}),
      weights_(device,
               {"neural/weight_gradient_shared.comp", sizeof(interop::SharedWeightsPush),
                {Binding::texels, Binding::texels, Binding::stored_texels}, {}},
               {&tape_.texels().quads, &patches_.quads, &sums_.texels().single}) {
  const std::vector<interop::WeightPatch> patches = weight_patches(network);
  patch_count_ = std::uint32_t(patches.size());
  patches_ = Texels(device, patches.size() * sizeof(interop::WeightPatch) / 4, "weight patches", Texels::Words::integers);
  device.upload(patches_.buffer, std::as_bytes(std::span(patches)));
}

std::uint32_t SharedPass::shared_bytes(const ModelShape& shape) {
  const std::uint32_t samples = samples_for(shape);
  constexpr std::uint32_t staged = 8 * interop::staged_quads * (interop::patch_units | 1) * 16;
  return std::max(widest_layer(shape) * 4 * (samples + interop::staged_columns), staged);
}

bool SharedPass::ready() const {
  bool all = sums_.ready();
  for (const gpu::Kernel* kernel : {&slice_, &weights_}) all &= kernel->ready();
  return all;
}

std::uint32_t SharedPass::sums_of(std::uint32_t blocks) const { return divide_up(blocks * neural_group, quads_a_sum_); }

void SharedPass::begin_step(gpu::Recorder&, const Texels&, std::uint32_t blocks) {
  quads_a_sum_ = divide_up(divide_up(blocks * neural_group, wanted_sums), least_quads_a_sum) * least_quads_a_sum;
  tape_.make_room(blocks);
  sums_.make_room(std::uint64_t(blocks / slice_blocks() + 1) * sums_of(std::min(blocks, slice_blocks())));
}

void SharedPass::record(gpu::Recorder& recorder, const interop::NeuralSlicePush& slice, std::uint32_t blocks,
                        const SliceInputs& inputs, const SampleTexels& outputs) {
  recorder.dispatch(slice_, interop::NeuralSharedPush{slice},
                    {&inputs.parameters.quads, &inputs.parameters.single, &network_.grids().quads, &inputs.picture,
                     &outputs.feature_gradients.quads, &outputs.positions.single, &outputs.losses.single,
                     &inputs.drawn_pixels.single, &tape_.texels().quads},
                    {blocks * neural_block / samples_a_group_});
  const interop::SharedWeightsPush push{.tape_values = tape_.quads() * 4,
                                        .quads = blocks * neural_group,
                                        .quads_a_sum = quads_a_sum_,
                                        .first_sum = slice.first_block / slice_blocks() * sums_of(slice_blocks()),
                                        .decoder_floats = network_.decoder_floats()};
  recorder.dispatch(weights_, push, {&tape_.texels().quads, &patches_.quads, &sums_.texels().single},
                    {patch_count_, sums_of(blocks)});
}

void SharedPass::end_step(gpu::Recorder& recorder, std::uint32_t blocks, const Texels& gradient) {
  const std::uint32_t whole = blocks / slice_blocks() * sums_of(slice_blocks());
  sums_.add_up(recorder, whole + sums_of(blocks % slice_blocks()), gradient);
}

}  // namespace txs::neural
