#include "neural/shared_pass.h"

#include <algorithm>
#include <span>
#include <vector>


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
constexpr std::uint32_t most_staged_bytes = 27000;  // of the tape, in shared memory

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

/// As many whole layers a workgroup as it has invocations for their tiles, or as many rows of tiles of a larger one. The
/// inputs of neighbouring layers lie side by side on the tape, and so do their deltas.
std::vector<interop::WeightPatch> weight_patches(const ModelLayout& layout) {
  using interop::neural_tile;
  std::vector<interop::WeightPatch> patches;
  std::uint32_t tile = 0, input_unit = 0, delta_unit = 0;
  for (const LayerLayout& layer : layout.layers) delta_unit += layer.padded_inputs / neural_tile;
  for (const LayerLayout& layer : layout.layers) {
    const std::uint32_t inputs = layer.padded_inputs / neural_tile, outputs = layer.padded_outputs / neural_tile;
    const std::uint32_t most = neural_wide_group / inputs;  // rows
    if (!patches.empty() && patches.back().tiles + inputs * outputs <= neural_wide_group) {
      patches.back().tiles += inputs * outputs;
      patches.back().inputs += inputs;
      patches.back().deltas += outputs;
    } else {
      for (std::uint32_t row = 0; row < outputs; row += most)
        patches.push_back({.first_tile = tile + row * inputs,
                           .tiles = std::min(most, outputs - row) * inputs,
                           .first_input = input_unit,
                           .inputs = inputs,
                           .first_delta = delta_unit + row,
                           .deltas = std::min(most, outputs - row)});
    }
    tile += inputs * outputs;
    input_unit += inputs;
    delta_unit += outputs;
  }
  return patches;
}

/// Constants of weight_gradient_shared.comp: invocations, units and quads in shared memory.
struct WeightStaging {
  std::uint32_t group = 0, units = 0, quads = 8;

  explicit WeightStaging(const std::vector<interop::WeightPatch>& patches) {
    for (const interop::WeightPatch& patch : patches) {
      group = std::max(group, divide_up(patch.tiles, 32) * 32);
      units = std::max(units, patch.inputs + patch.deltas);
    }
    while (quads > 1 && bytes() > most_staged_bytes) quads /= 2;
  }
  std::uint32_t bytes() const { return 8 * quads * (units | 1) * 16; }
};

std::vector<std::uint32_t> staging_constants(const std::vector<interop::WeightPatch>& patches) {
  const WeightStaging staging(patches);
  return {staging.group, staging.units, staging.quads};
}

}  // namespace

SharedPass::SharedPass(gpu::Device& device, const Network& network, const SliceInputs& inputs,
                       const SampleTexels& outputs)
    : network_(network),
      samples_a_group_(samples_for(network.shape())),
      tape_(device, network),
      patch_list_(weight_patches(network.layout())),
      patches_(device, patch_list_.size() * sizeof(interop::WeightPatch) / 4, "weight patches", Texels::Words::integers),
      sums_(device, network),
      slice_(device,
             {"neural/slice_shared.comp", sizeof(interop::NeuralSlicePush),
              {Binding::texels, Binding::texels, Binding::texels, Binding::nearest, Binding::stored_texels,
               Binding::stored_texels, Binding::stored_texels, Binding::texels, Binding::stored_texels},
              slice_constants(network, samples_a_group_)},
             {&inputs.parameters.quads, &inputs.parameters.single, &network.grids().quads, &inputs.picture,
              &outputs.feature_gradients.quads, &outputs.positions.single, &outputs.losses.single,
              &inputs.drawn_pixels.single, &tape_.texels().quads}),
      weights_(device,
               {"neural/weight_gradient_shared.comp", sizeof(interop::SharedWeightsPush),
                {Binding::texels, Binding::texels, Binding::texels, Binding::stored_texels},
                staging_constants(patch_list_)},
               {&tape_.texels().quads, &tape_.tiles().quads, &patches_.quads, &sums_.texels().single}) {
  device.upload(patches_.buffer, std::as_bytes(std::span(patch_list_)));
}

std::uint32_t SharedPass::shared_bytes(const ModelShape& shape) {
  const std::uint32_t samples = samples_for(shape);
  return std::max(widest_layer(shape) * 4 * (samples + interop::staged_columns),
                  WeightStaging(weight_patches(ModelLayout(shape))).bytes());
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
  recorder.dispatch(slice_, slice,
                    {&inputs.parameters.quads, &inputs.parameters.single, &network_.grids().quads, &inputs.picture,
                     &outputs.feature_gradients.quads, &outputs.positions.single, &outputs.losses.single,
                     &inputs.drawn_pixels.single, &tape_.texels().quads},
                    {blocks * neural_block / samples_a_group_});
  const interop::SharedWeightsPush push{.tape_values = tape_.quads() * 4,
                                        .quads = blocks * neural_group,
                                        .quads_a_sum = quads_a_sum_,
                                        .first_sum = slice.first_block / slice_blocks() * sums_of(slice_blocks()),
                                        .decoder_floats = network_.decoder_floats()};
  recorder.dispatch(weights_, push, {&tape_.texels().quads, &tape_.tiles().quads, &patches_.quads, &sums_.texels().single},
                    {std::uint32_t(patch_list_.size()), sums_of(blocks)});
}

void SharedPass::end_step(gpu::Recorder& recorder, std::uint32_t blocks, const Texels& gradient) {
  const std::uint32_t whole = blocks / slice_blocks() * sums_of(slice_blocks());
  sums_.add_up(recorder, whole + sums_of(blocks % slice_blocks()), gradient);
}

}  // namespace txs::neural
