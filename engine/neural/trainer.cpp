#include "neural/trainer.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/error.h"
#include "neural/grids.h"
#include "neural/hash_lists.h"

namespace txs::neural {
namespace {

using gpu::Binding;
using gpu::divide_up;
using interop::neural_block;
using interop::neural_group;
using interop::neural_tile;

// A software device gets slices that fit between frames: 8192 samples of two hidden layers of 64 units are about 10 ms
// of two cores. A GPU takes the whole batch at once, as far as the tape fits this.
constexpr std::uint32_t software_slice_blocks = 32;
constexpr std::uint64_t most_tape_bytes = std::uint64_t(256) << 20;
// A workgroup of the weight gradients adds up so many blocks: fewer make more partial sums to be added later.
constexpr std::uint32_t blocks_a_sum = 4;

interop::uvec2 words_of(std::uint64_t seed) { return interop::seed_words(seed); }

gpu::Groups groups_for(std::uint32_t items) { return {divide_up(items, neural_group)}; }

std::vector<interop::WeightTile> weight_tiles(const Network& network) {
  std::vector<interop::WeightTile> tiles;
  const std::vector<LayerLayout>& layers = network.layout().layers;
  std::uint32_t input_quad = 0;
  std::uint32_t delta_quad = network.input_quads() + network.shape().depth * network.hidden_quads();
  for (const LayerLayout& layer : layers) {
    const std::uint32_t weights = layer.weights - network.layout().grid_floats;
    const std::uint32_t biases = layer.biases - network.layout().grid_floats;
    for (std::uint32_t output = 0; output < layer.padded_outputs; output += neural_tile)
      for (std::uint32_t input = 0; input < layer.padded_inputs; input += neural_tile)
        tiles.push_back({(input_quad + input / 4) | (delta_quad + output / 4) << 16,
                         weights + output * layer.padded_inputs + input, layer.padded_inputs,
                         input == 0 ? biases + output : interop::no_biases});
    input_quad += layer.padded_inputs / 4;
    delta_quad += layer.padded_outputs / 4;
  }
  return tiles;
}

Texels uploaded(gpu::Device& device, std::span<const std::byte> bytes, const std::string& name, Texels::Words kind) {
  Texels texels(device, std::max<std::uint64_t>(bytes.size() / 4, 1), name, kind);
  if (!bytes.empty()) device.upload(texels.buffer, bytes);
  return texels;
}

std::uint64_t largest_hashed_grid(const Network& network) {
  std::uint64_t most = 0;
  for (const GridLayout& grid : network.layout().grids)
    if (grid.shape.hashed())
      most = std::max(most, std::uint64_t(grid.shape.width) * grid.shape.height * grid.shape.channels);
  return most;
}

/// Files say what they like: the state's sizes are looked at before anything is copied.
std::span<const float> parameters_for(const Network& network, const codec::TrainingState& state) {
  const std::size_t floats = network.layout().floats;
  if (state.parameters.size() != floats || state.first_moments.size() != floats || state.second_moments.size() != floats)
    throw Error(Fault::input, "the training state belongs to another model");
  return state.parameters;
}

}  // namespace

std::uint32_t Trainer::Batch::blocks() const { return divide_up(samples, neural_block); }

/// As many cells as samples, as square as the image allows: each is drawn from, or holds one on average.
Trainer::Batch Trainer::plan() const {
  const std::uint32_t width = network_.image_width(), height = network_.image_height();
  const std::uint64_t pixels = std::uint64_t(width) * height;
  Batch batch;
  batch.sampling = settings_.sampling;
  if (settings_.batch >= pixels) {
    batch.cells_x = width;
    batch.cells_y = height;
    batch.samples = std::uint32_t(pixels);
    batch.sampling = Sampling::stratified;  // cells of one pixel: every pixel once
    return batch;
  }
  const double a_row = std::sqrt(double(settings_.batch) * width / height);
  batch.cells_x = std::clamp<std::uint32_t>(std::uint32_t(std::lround(a_row)), 1, std::min(width, settings_.batch));
  batch.cells_y = std::clamp<std::uint32_t>(settings_.batch / batch.cells_x, 1, height);
  batch.samples = batch.sampling == Sampling::stratified ? batch.cells_x * batch.cells_y : settings_.batch;
  return batch;
}

std::uint32_t Trainer::tape_quads() const {
  const std::uint32_t hidden = network_.shape().depth * network_.hidden_quads();
  return network_.input_quads() + 2 * hidden + neural_tile / 4;
}

Trainer::Trainer(gpu::Device& device, const Network& network, const codec::Source& source, const Settings& settings,
                 std::span<const float> parameters)
    : device_(device),
      network_(network),
      source_(source),
      settings_(settings),
      parameters_(device, network.layout().floats, "parameters"),
      forward_(device, network.layout().floats, "forward parameters"),
      gradient_(device, network.layout().floats, "gradient"),
      first_(device, network.layout().floats, "first moments"),
      second_(device, network.layout().floats, "second moments"),
      ranges_(device, std::uint64_t(network.channel_count()) * 4, "feature ranges"),
      tiles_(device, 4, "weight tiles", Texels::Words::integers),
      hash_lists_(device, 4, "hash lists", Texels::Words::integers),
      corner_gradients_(device, std::max<std::uint64_t>(largest_hashed_grid(network), 4), "corner gradients"),
      tape_(device, 4, "tape"),
      sums_(device, 4, "weight gradient sums"),
      feature_gradients_(device, 4, "feature gradients"),
      positions_(device, 4, "sample positions", Texels::Words::integers),
      losses_(device, 4, "losses"),
      drawn_(device, 4, "drawn samples", Texels::Words::integers),
      cell_starts_(device, 4, "cell starts", Texels::Words::integers),
      cell_next_(device, 4, "cells' next samples", Texels::Words::integers),
      drawn_pixels_(device, 4, "drawn pixels", Texels::Words::integers),
      statistics_(device, sizeof(interop::NeuralStatistics) / 4, "training statistics", Texels::Words::integers),
      slice_(device,
             {"neural/slice.comp", sizeof(interop::NeuralSlicePush),
              {Binding::texels, Binding::texels, Binding::texels, Binding::nearest, Binding::stored_texels,
               Binding::stored_texels, Binding::stored_texels, Binding::stored_texels, Binding::texels},
              network.constants()},
             {&forward_.quads, &forward_.single, &network.grids().quads, source.texture.get(), &tape_.quads,
              &feature_gradients_.quads, &positions_.single, &losses_.single, &drawn_.single}),
      weight_gradient_(device,
                       {"neural/weight_gradient.comp", sizeof(interop::WeightGradientPush),
                        {Binding::texels, Binding::texels, Binding::stored_texels}, {device.subgroup_size()}},
                       {&tape_.quads, &tiles_.quads, &sums_.single}),
      gradient_sum_(device,
                    {"neural/gradient_sum.comp", sizeof(interop::GradientSumPush),
                     {Binding::texels, Binding::stored_texels}, {}},
                    {&sums_.quads, &gradient_.quads}),
      grid_gradient_(device,
                     {"neural/grid_gradient.comp", sizeof(interop::GridGradientPush),
                      {Binding::texels, Binding::texels, Binding::texels, Binding::texels, Binding::stored_texels}, {}},
                     {&network.grids().quads, &positions_.single, &feature_gradients_.single, &cell_starts_.single,
                      &gradient_.single}),
      hash_gradient_(device,
                     {"neural/hash_gradient.comp", sizeof(interop::HashGradientPush),
                      {Binding::texels, Binding::texels, Binding::stored_texels}, {}},
                     {&hash_lists_.single, &corner_gradients_.single, &gradient_.single}),
      adam_(device,
            {"neural/adam.comp", sizeof(interop::AdamPush),
             {Binding::texels, Binding::stored_texels, Binding::stored_texels, Binding::stored_texels,
              Binding::stored_texels}, {}},
            {&gradient_.quads, &parameters_.quads, &first_.quads, &second_.quads, &forward_.quads}),
      range_(device,
             {"neural/range.comp", sizeof(interop::GridPassPush), {Binding::texels, Binding::stored_texels}, {}},
             {&parameters_.single, &ranges_.quads}),
      fake_quantise_(device,
                     {"neural/fake_quantise.comp", sizeof(interop::GridPassPush),
                      {Binding::texels, Binding::texels, Binding::stored_texels}, {}},
                     {&parameters_.single, &ranges_.quads, &forward_.single}),
      statistics_kernel_(device,
                         {"neural/statistics.comp", sizeof(interop::StatisticsPush),
                          {Binding::texels, Binding::texels, Binding::texels, Binding::stored_texels}, {}},
                         {&losses_.single, &parameters_.quads, &gradient_.quads, &statistics_.single}),
      draw_count_(device, {"neural/draw_count.comp", sizeof(interop::DrawPush), {Binding::stored_texels}, {}},
                  {&cell_starts_.single}),
      draw_scan_(device,
                 {"neural/draw_scan.comp", sizeof(interop::DrawPush), {Binding::stored_texels, Binding::stored_texels}, {}},
                 {&cell_starts_.single, &cell_starts_.single}),
      draw_scatter_(device,
                    {"neural/draw_scatter.comp", sizeof(interop::DrawPush),
                     {Binding::stored_texels, Binding::stored_texels}, {}},
                    {&cell_starts_.single, &drawn_.single}),
      draw_sort_(device,
                 {"neural/draw_sort.comp", sizeof(interop::DrawPush),
                  {Binding::texels, Binding::stored_texels, Binding::stored_texels}, {}},
                 {&cell_starts_.single, &drawn_.single, &drawn_.single}) {
  const std::vector<interop::WeightTile> tiles = weight_tiles(network);
  tile_count_ = std::uint32_t(tiles.size());
  tiles_ = uploaded(device, std::as_bytes(std::span(tiles)), "weight tiles", Texels::Words::integers);
  const HashLists lists(network.layout());
  hash_list_of_ = lists.first_word;
  hash_lists_ = uploaded(device, std::as_bytes(std::span(lists.words)), "hash lists", Texels::Words::integers);

  const std::uint64_t block_bytes = std::uint64_t(tape_quads()) * neural_block * 16;
  slice_blocks_ = device.is_cpu() ? software_slice_blocks
                                  : std::uint32_t(std::max<std::uint64_t>(most_tape_bytes / block_bytes, 1));
  device.upload(parameters_.buffer, std::as_bytes(parameters));
  device.upload(forward_.buffer, std::as_bytes(parameters));
  batch_ = plan();
  make_room(batch_);
}

Trainer::Trainer(gpu::Device& device, const Network& network, const codec::Source& source, const Settings& settings,
                 const codec::TrainingState& state)
    : Trainer(device, network, source, settings, parameters_for(network, state)) {
  device.upload(first_.buffer, std::as_bytes(std::span(state.first_moments)));
  device.upload(second_.buffer, std::as_bytes(std::span(state.second_moments)));
  step_ = state.step;
}

void Trainer::make_room(const Batch& batch) {
  if (batch.blocks() <= room_) return;
  room_ = batch.blocks();
  const std::uint32_t slice = std::min(slice_blocks_, room_);
  const std::uint32_t slices = divide_up(room_, slice_blocks_);
  const std::uint64_t samples = std::uint64_t(room_) * neural_block;
  using Words = Texels::Words;
  tape_ = Texels(device_, std::uint64_t(slice) * neural_block * tape_quads() * 4, "tape");
  sums_ = Texels(device_, std::uint64_t(slices) * divide_up(slice, blocks_a_sum) * network_.decoder_floats(),
                 "weight gradient sums");
  feature_gradients_ = Texels(device_, samples * network_.input_quads() * 4, "feature gradients");
  positions_ = Texels(device_, samples, "sample positions", Words::integers);
  losses_ = Texels(device_, std::uint64_t(room_) * neural_group, "losses");
  drawn_ = Texels(device_, samples, "drawn samples", Words::integers);
  drawn_pixels_ = Texels(device_, samples, "drawn pixels", Words::integers);
  cell_starts_ = Texels(device_, samples + 1, "cell starts", Words::integers);
  cell_next_ = Texels(device_, samples + 1, "cells' next samples", Words::integers);
}

bool Trainer::ready() const {
  bool all = true;  // every kernel is asked: each tells if making it failed
  for (const gpu::Kernel* kernel :
       {&slice_, &weight_gradient_, &gradient_sum_, &grid_gradient_, &hash_gradient_, &adam_, &range_, &fake_quantise_,
        &statistics_kernel_, &draw_count_, &draw_scan_, &draw_scatter_, &draw_sort_})
    all &= kernel->ready();
  return all;
}

void Trainer::set(const Settings& settings) { settings_ = settings; }

double Trainer::fraction() const {
  const double part = batch_.blocks() == 0 ? 0 : double(next_block_) / batch_.blocks();
  return settings_.steps == 0 ? 1 : std::min((double(step_) + part) / settings_.steps, 1.0);
}

/// Half a cosine from 1 to 0 over the planned steps (Loshchilov and Hutter 2017, without restarts).
double Trainer::schedule(std::uint64_t step) const {
  const double part = std::min(double(step) / std::max<std::uint32_t>(settings_.steps, 1), 1.0);
  return 0.5 * (1 + std::cos(std::numbers::pi * part));
}

double Trainer::decoder_rate() const { return settings_.decoder_rate * schedule(step_ == 0 ? 0 : step_ - 1); }

std::uint32_t Trainer::quantised_bits() const {
  return settings_.qat_bits > 0 && step_ >= settings_.qat_start ? settings_.qat_bits : 0;
}

std::uint64_t Trainer::record(gpu::Recorder& recorder, std::uint64_t samples, std::uint64_t stop_at_step) {
  std::uint64_t recorded = 0;
  while (!done() && step_ < stop_at_step && (recorded == 0 || recorded < samples)) {
    if (next_block_ == 0) begin_step(recorder);
    const std::uint32_t blocks = std::min(slice_blocks_, batch_.blocks() - next_block_);
    record_slice(recorder, blocks);
    next_block_ += blocks;
    recorded += std::uint64_t(blocks) * neural_block;
    if (next_block_ < batch_.blocks()) continue;
    finish_step(recorder);
    next_block_ = 0;
    ++step_;
  }
  return recorded;
}

void Trainer::begin_step(gpu::Recorder& recorder) {
  batch_ = plan();
  make_room(batch_);
  if (quantised_bits() > 0) record_quantisation(recorder);
  if (batch_.sampling == Sampling::independent) record_drawing(recorder);
}

void Trainer::record_drawing(gpu::Recorder& recorder) {
  const interop::DrawPush push{words_of(settings_.seed),
                               {network_.image_width(), network_.image_height()},
                               {batch_.cells_x, batch_.cells_y},
                               std::uint32_t(step_),
                               batch_.samples};
  recorder.fill(cell_next_.buffer, 0);
  recorder.dispatch(draw_count_, push, {&cell_next_.single}, groups_for(batch_.samples));
  recorder.dispatch(draw_scan_, push, {&cell_next_.single, &cell_starts_.single}, {});
  recorder.dispatch(draw_scatter_, push, {&cell_next_.single, &drawn_.single}, groups_for(batch_.samples));
  recorder.dispatch(draw_sort_, push, {&cell_starts_.single, &drawn_.single, &drawn_pixels_.single},
                    groups_for(batch_.cells_x * batch_.cells_y));
}

void Trainer::record_slice(gpu::Recorder& recorder, std::uint32_t blocks) {
  const double outputs = network_.shape().outputs;
  const interop::NeuralSlicePush push{.seed = words_of(settings_.seed),
                                      .image = {network_.image_width(), network_.image_height()},
                                      .cells = {batch_.cells_x, batch_.cells_y},
                                      .sampling = std::uint32_t(batch_.sampling),
                                      .step = std::uint32_t(step_),
                                      .first_block = next_block_,
                                      .samples = batch_.samples,
                                      .grids = network_.grid_count(),
                                      .layers_quad = network_.layers_quad(),
                                      .omega0 = settings_.omega0,
                                      .gradient_scale = float(2 / (batch_.samples * outputs))};
  recorder.dispatch(slice_, push,
                    {&forward_.quads, &forward_.single, &network_.grids().quads, source_.texture.get(), &tape_.quads,
                     &feature_gradients_.quads, &positions_.single, &losses_.single, &drawn_pixels_.single},
                    {blocks});
  const interop::WeightGradientPush gradients{
      tape_quads(), blocks_a_sum, blocks,
      next_block_ / slice_blocks_ * divide_up(slice_blocks_, blocks_a_sum), network_.decoder_floats()};
  recorder.dispatch(weight_gradient_, gradients, {&tape_.quads, &tiles_.quads, &sums_.single},
                    {tile_count_, divide_up(blocks, blocks_a_sum)});
}

void Trainer::finish_step(gpu::Recorder& recorder) {
  const std::uint32_t decoder_quads = network_.decoder_floats() / 4;
  const std::uint32_t whole = batch_.blocks() / slice_blocks_, rest = batch_.blocks() % slice_blocks_;
  const std::uint32_t sums = whole * divide_up(slice_blocks_, blocks_a_sum) + divide_up(rest, blocks_a_sum);
  recorder.dispatch(gradient_sum_, interop::GradientSumPush{sums, decoder_quads, network_.layers_quad()},
                    {&sums_.quads, &gradient_.quads}, groups_for(decoder_quads));
  record_grid_gradients(recorder);
  const interop::StatisticsPush statistics{batch_.blocks() * neural_group, network_.layout().floats / 4};
  recorder.dispatch(statistics_kernel_, statistics,
                    {&losses_.single, &parameters_.quads, &gradient_.quads, &statistics_.single}, {});
  record_adam(recorder);
}

void Trainer::record_grid_gradients(gpu::Recorder& recorder) {
  for (std::uint32_t i = 0; i < network_.grid_count(); ++i) {
    const GridLayout& grid = network_.layout().grids[i];
    const bool hashed = grid.shape.hashed();
    const Texels& target = hashed ? corner_gradients_ : gradient_;
    const interop::GridGradientPush push{.image = {network_.image_width(), network_.image_height()},
                                         .cells = {batch_.cells_x, batch_.cells_y},
                                         .grid = i,
                                         .sampling = std::uint32_t(batch_.sampling),
                                         .samples = batch_.samples,
                                         .input_quads = network_.input_quads(),
                                         .target = hashed ? 0 : grid.values};
    recorder.dispatch(grid_gradient_, push,
                      {&network_.grids().quads, &positions_.single, &feature_gradients_.single, &cell_starts_.single,
                       &target.single},
                      groups_for(grid.shape.width * grid.shape.height));
    if (!hashed) continue;
    const interop::HashGradientPush sum{grid.shape.entries, grid.shape.channels, hash_list_of_[i], 0, grid.values};
    recorder.dispatch(hash_gradient_, sum, {&hash_lists_.single, &corner_gradients_.single, &gradient_.single},
                      groups_for(grid.shape.entries * grid.shape.channels));
  }
}

void Trainer::record_adam(gpu::Recorder& recorder) {
  const double t = double(step_) + 1, factor = schedule(step_);
  const double first = 1 - std::pow(double(interop::adam_beta1), t);
  const double second = 1 - std::pow(double(interop::adam_beta2), t);
  const std::uint32_t quads = network_.layout().floats / 4;
  const interop::AdamPush push{quads, network_.layers_quad(), float(settings_.grid_rate * factor / first),
                               float(settings_.decoder_rate * factor / first), float(1 / second)};
  recorder.dispatch(adam_, push,
                    {&gradient_.quads, &parameters_.quads, &first_.quads, &second_.quads, &forward_.quads},
                    groups_for(quads));
}

void Trainer::record_ranges(gpu::Recorder& recorder) {
  for (const GridLayout& grid : network_.layout().grids) {
    const interop::GridPassPush push{grid.values, grid.shape.entries, grid.shape.channels, grid.first_input, 0};
    recorder.dispatch(range_, push, {&parameters_.single, &ranges_.quads}, {grid.shape.channels});
  }
}

void Trainer::record_quantisation(gpu::Recorder& recorder) {
  record_ranges(recorder);
  const float steps = float((1u << settings_.qat_bits) - 1);
  for (const GridLayout& grid : network_.layout().grids) {
    const interop::GridPassPush push{grid.values, grid.shape.entries, grid.shape.channels, grid.first_input, steps};
    recorder.dispatch(fake_quantise_, push, {&parameters_.single, &ranges_.quads, &forward_.single},
                      groups_for(grid.shape.entries * grid.shape.channels));
  }
}

codec::Pending<codec::CodecFigures> Trainer::figures(gpu::Recorder& recorder) {
  const double values = double(batch_.samples) * network_.shape().outputs;
  return {recorder.read(statistics_.buffer, 0, sizeof(interop::NeuralStatistics)),
          [values, trained = step_ > 0, rate = decoder_rate()](std::span<const std::byte> bytes) {
            const auto& read = *reinterpret_cast<const interop::NeuralStatistics*>(bytes.data());
            codec::CodecFigures figures;
            if (!trained) return figures;
            figures.loss = read.loss / values;
            figures.learning_rate = rate;
            figures.health = codec::Health{read.bad_parameters, read.bad_gradients, read.largest_parameter,
                                           read.largest_gradient};
            return figures;
          }};
}

void Trainer::copy_state(gpu::Recorder& recorder, const gpu::Buffer& target, std::uint64_t offset) const {
  const std::uint64_t bytes = std::uint64_t(network_.layout().floats) * 4;
  for (const Texels* part : {&parameters_, &first_, &second_}) {
    recorder.copy(part->buffer, 0, target, offset, bytes);
    offset += bytes;
  }
}

}  // namespace txs::neural
