#include "neural/matrix_pass.h"

#include <algorithm>
#include <span>

namespace txs::neural {
namespace {

using gpu::Binding;
using gpu::divide_up;
using interop::matrix_halves;
using interop::matrix_side;
using interop::neural_block;

// Of 16 samples, that a subgroup carries. Two would use a matrix of weights twice; one has more subgroups to hide each
// other's waits (measured on an H200: 0.050 against 0.058 ms a slice of tinylatent-two-scale, 0.071 and 0.090 of tinymlp).
constexpr std::uint32_t sample_tiles = 1;
constexpr std::uint64_t most_tape_bytes = std::uint64_t(128) << 20;
// Partial sums of a batch, about: fewer leave a large GPU idle, more are more to add up.
constexpr std::uint32_t wanted_sums = 64;
constexpr std::uint32_t least_steps_a_sum = 64;

std::uint32_t tiles_of(std::uint32_t floats) { return divide_up(floats, matrix_side); }

struct MatrixSizes {
  std::uint32_t halves = 0, biases = 0, tape_tiles = 0;
};

MatrixSizes sizes_of(const Network& network) {
  MatrixSizes sizes;
  for (const LayerLayout& layer : network.layout().layers) {
    sizes.halves += tiles_of(layer.padded_inputs) * tiles_of(layer.padded_outputs) * matrix_halves;
    sizes.biases += tiles_of(layer.padded_outputs) * matrix_side;
    sizes.tape_tiles += tiles_of(layer.padded_inputs) + tiles_of(layer.padded_outputs);
  }
  return sizes;
}

std::vector<interop::MatrixRow> matrix_rows(const Network& network) {
  std::vector<interop::MatrixRow> rows;
  std::uint32_t input_tile = 0, delta_tile = 0;
  for (const LayerLayout& layer : network.layout().layers) delta_tile += tiles_of(layer.padded_inputs);
  for (const LayerLayout& layer : network.layout().layers) {
    const std::uint32_t weights = layer.weights - network.layout().grid_floats;
    const std::uint32_t biases = layer.biases - network.layout().grid_floats;
    const std::uint32_t inputs = tiles_of(layer.padded_inputs), outputs = tiles_of(layer.padded_outputs);
    for (std::uint32_t o = 0; o < outputs; ++o)
      for (std::uint32_t i = 0; i < inputs; i += interop::matrix_row)
        rows.push_back({.input_tile = input_tile + i,
                        .delta_tile = delta_tile + o,
                        .tiles = std::min(inputs - i, interop::matrix_row),
                        .weights = weights + o * matrix_side * layer.padded_inputs + i * matrix_side,
                        .row = layer.padded_inputs,
                        .inputs_left = layer.padded_inputs - i * matrix_side,
                        .outputs_left = layer.padded_outputs - o * matrix_side,
                        .biases = i == 0 ? biases + o * matrix_side : interop::no_biases});
    input_tile += inputs;
    delta_tile += outputs;
  }
  return rows;
}

std::vector<std::uint32_t> slice_constants(const Network& network) {
  std::vector<std::uint32_t> constants = network.constants();
  constants.push_back(sample_tiles);
  return constants;
}

std::uint32_t blocks_a_slice(std::uint32_t tape_tiles) {
  const std::uint64_t block_bytes = std::uint64_t(tape_tiles) * (neural_block / matrix_side) * matrix_halves * 2;
  return std::uint32_t(std::max<std::uint64_t>(most_tape_bytes / block_bytes, 1));
}

}  // namespace

MatrixPass::MatrixPass(gpu::Device& device, const Network& network, const SliceInputs& inputs,
                       const SampleTexels& outputs)
    : device_(device),
      network_(network),
      tape_tiles_(sizes_of(network).tape_tiles),
      slice_blocks_(blocks_a_slice(tape_tiles_)),
      row_list_(matrix_rows(network)),
      weights_(device, std::uint64_t(sizes_of(network).halves) * 2, "weights as matrices"),
      biases_(device, std::uint64_t(sizes_of(network).biases) * 4, "biases of matrices"),
      tape_(device, 0, "tape"),
      rows_(device, row_list_.size() * sizeof(interop::MatrixRow) / 4, "rows of matrices", Texels::Words::integers),
      sums_(device, network),
      convert_(device,
               {"neural/matrix_weights.comp", sizeof(interop::MatrixWeightsPush), {Binding::texels},
                {network.input_quads(), network.hidden_quads(), network.shape().depth}},
               {&inputs.parameters.single}),
      slice_(device,
             {"neural/slice_matrix.comp", sizeof(interop::NeuralMatrixPush),
              {Binding::texels, Binding::texels, Binding::texels, Binding::nearest, Binding::stored_texels,
               Binding::stored_texels, Binding::stored_texels, Binding::texels},
              slice_constants(network)},
             {&inputs.parameters.quads, &inputs.parameters.single, &network.grids().quads, &inputs.picture,
              &outputs.feature_gradients.quads, &outputs.positions.single, &outputs.losses.single,
              &inputs.drawn_pixels.single}),
      gradient_(device,
                {"neural/weight_gradient_matrix.comp", sizeof(interop::MatrixGradientPush),
                 {Binding::texels, Binding::stored_texels}, {}},
                {&rows_.quads, &sums_.texels().single}) {
  device.upload(rows_.buffer, std::as_bytes(std::span(row_list_)));
}

std::uint32_t MatrixPass::shared_bytes(const ModelShape& shape) {
  const std::uint32_t widest = tiles_of(std::max(shape.inputs(), shape.hidden)) * matrix_side;
  return interop::matrix_subgroups * sample_tiles * matrix_side * (2 * (widest + 8) + 4 * matrix_side);
}

bool MatrixPass::ready() const {
  bool all = sums_.ready();
  for (const gpu::Kernel* kernel : {&convert_, &slice_, &gradient_}) all &= kernel->ready();
  return all;
}

std::uint32_t MatrixPass::sums_of(std::uint32_t blocks) const {
  return divide_up(blocks * (neural_block / matrix_side), steps_a_sum_);
}

void MatrixPass::begin_step(gpu::Recorder& recorder, const Texels& parameters, std::uint32_t blocks) {
  const std::uint32_t steps = divide_up(blocks * (neural_block / matrix_side), wanted_sums);
  steps_a_sum_ = divide_up(steps, least_steps_a_sum) * least_steps_a_sum;
  const std::uint32_t slice = std::min(blocks, slice_blocks_);
  if (slice > room_) {
    room_ = slice;
    tape_ = gpu::Buffer(device_, std::uint64_t(slice) * (neural_block / matrix_side) * tape_tiles_ * matrix_halves * 2, "tape");
  }
  sums_.make_room(std::uint64_t(blocks / slice_blocks_ + 1) * sums_of(slice));

  const MatrixSizes sizes = sizes_of(network_);
  const interop::MatrixWeightsPush push{network_.layers_quad(), 0, weights_.address(), biases_.address()};
  recorder.dispatch(convert_, push, {&parameters.single},
                    {divide_up(sizes.halves + sizes.biases, interop::neural_group)});
}

void MatrixPass::record(gpu::Recorder& recorder, const interop::NeuralSlicePush& slice, std::uint32_t blocks,
                        const SliceInputs& inputs, const SampleTexels& outputs) {
  const interop::NeuralMatrixPush push{slice, weights_.address(), biases_.address(), tape_.address()};
  recorder.dispatch(slice_, push,
                    {&inputs.parameters.quads, &inputs.parameters.single, &network_.grids().quads, &inputs.picture,
                     &outputs.feature_gradients.quads, &outputs.positions.single, &outputs.losses.single,
                     &inputs.drawn_pixels.single},
                    {blocks * neural_block / (interop::matrix_subgroups * sample_tiles * matrix_side)});
  const interop::MatrixGradientPush gradient{.tape = tape_.address(),
                                             .tape_tiles = tape_tiles_,
                                             .steps = blocks * (neural_block / matrix_side),
                                             .steps_a_sum = steps_a_sum_,
                                             .first_sum = slice.first_block / slice_blocks_ * sums_of(slice_blocks_),
                                             .decoder_floats = network_.decoder_floats(),
                                             .scale = slice.gradient_scale / (2 * interop::matrix_loss_scale)};
  recorder.dispatch(gradient_, gradient, {&rows_.quads, &sums_.texels().single},
                    {std::uint32_t(row_list_.size()), sums_of(blocks)});
}

void MatrixPass::end_step(gpu::Recorder& recorder, std::uint32_t blocks, const Texels& gradient) {
  const std::uint32_t whole = blocks / slice_blocks_ * sums_of(slice_blocks_);
  sums_.add_up(recorder, whole + sums_of(blocks % slice_blocks_), gradient);
}

}  // namespace txs::neural
