#include "neural/trainer.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/error.h"

namespace txs::neural {
namespace {

using gpu::Binding;
using gpu::divide_up;
using interop::neural_block;
using interop::neural_group;

constexpr std::uint32_t most_groups_a_row = 65535;  // what every device takes

interop::uvec2 words_of(std::uint64_t seed) { return interop::seed_words(seed); }

gpu::Groups groups_for(std::uint32_t items) { return {divide_up(items, neural_group)}; }

std::span<const float> parameters_for(const Network& network, const codec::TrainingState& state) {
  const std::size_t floats = network.layout().floats;
  if (state.parameters.size() != floats || state.first_moments.size() != floats || state.second_moments.size() != floats)
    throw Error(Fault::input, "the training state belongs to another model");
  return state.parameters;
}

}  // namespace

Trainer::Trainer(gpu::Device& device, const Network& network, const codec::Source& source, const Settings& settings,
                 std::span<const float> parameters)
    : device_(device),
      network_(network),
      source_(source),
      settings_(settings),
      batch_(plan_whole_batch(settings, network.image_width(), network.image_height())),
      parameters_(device, network.layout().floats, "parameters"),
      forward_(device, network.layout().floats, "forward parameters"),
      gradient_(device, network.layout().floats, "gradient"),
      first_(device, network.layout().floats, "first moments"),
      second_(device, network.layout().floats, "second moments"),
      samples_(device, network, 1),
      drawn_(device, 4, "drawn samples", Texels::Words::integers),
      cell_starts_(device, 4, "cell starts", Texels::Words::integers),
      cell_next_(device, 4, "cells' next samples", Texels::Words::integers),
      drawn_pixels_(device, 4, "drawn pixels", Texels::Words::integers),
      pass_(make_training_pass(choose_kernels(settings.kernels, KernelLimits(device), network.shape()), device, network,
                               inputs(), samples_)),
      grid_gradients_(device, network),
      ranges_(device, network),
      statistics_(device),
      adam_(device,
            {"neural/adam.comp", sizeof(interop::AdamPush),
             {Binding::texels, Binding::texels, Binding::texels, Binding::texels, Binding::block, Binding::block,
              Binding::block, Binding::block}, {}},
            {&gradient_.quads, &parameters_.quads, &first_.quads, &second_.quads, &parameters_.buffer, &first_.buffer,
             &second_.buffer, &forward_.buffer}),
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
  device.upload(parameters_.buffer, std::as_bytes(parameters));
  device.upload(forward_.buffer, std::as_bytes(parameters));
  make_room(batch_.blocks());
}

Trainer::Trainer(gpu::Device& device, const Network& network, const codec::Source& source, const Settings& settings,
                 const codec::TrainingState& state)
    : Trainer(device, network, source, settings, parameters_for(network, state)) {
  device.upload(first_.buffer, std::as_bytes(std::span(state.first_moments)));
  device.upload(second_.buffer, std::as_bytes(std::span(state.second_moments)));
  step_ = state.step;
}

void Trainer::make_room(std::uint32_t blocks) {
  if (blocks <= room_) return;
  room_ = blocks;
  const std::uint64_t samples = std::uint64_t(blocks) * neural_block;
  using Words = Texels::Words;
  samples_ = SampleTexels(device_, network_, blocks);
  drawn_ = Texels(device_, samples, "drawn samples", Words::integers);
  drawn_pixels_ = Texels(device_, samples, "drawn pixels", Words::integers);
  cell_starts_ = Texels(device_, samples + 1, "cell starts", Words::integers);
  cell_next_ = Texels(device_, samples + 1, "cells' next samples", Words::integers);
}

bool Trainer::ready() const {
  bool all = pass_->ready();  // every kernel is asked: each tells if making it failed
  all &= grid_gradients_.ready();
  all &= ranges_.ready();
  all &= statistics_.ready();
  for (const gpu::Kernel* kernel : {&adam_, &draw_count_, &draw_scan_, &draw_scatter_, &draw_sort_})
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
    const std::uint32_t blocks = std::min(pass_->slice_blocks(), batch_.blocks() - next_block_);
    record_slice(recorder, blocks);
    next_block_ += blocks;
    recorded += std::uint64_t(blocks) * neural_block;
    if (next_block_ < batch_.blocks()) continue;
    // Statistics of a step that another follows in this recording would never be read.
    const std::uint64_t next = std::uint64_t(batch_of(step_ + 1).blocks()) * neural_block;
    const bool another = recorded + next < samples && step_ + 1 < std::min<std::uint64_t>(stop_at_step, settings_.steps);
    finish_step(recorder, !another);
    next_block_ = 0;
    ++step_;
  }
  return recorded;
}

Batch Trainer::batch_of(std::uint64_t step) const {
  return plan_batch(settings_, step, network_.image_width(), network_.image_height());
}

void Trainer::begin_step(gpu::Recorder& recorder) {
  batch_ = batch_of(step_);
  make_room(batch_.blocks());
  if (quantised_bits() > 0) {
    ranges_.record(recorder, parameters_);
    ranges_.quantise(recorder, quantised_bits(), parameters_, forward_);
  }
  if (batch_.sampling == Sampling::independent) record_drawing(recorder);
  pass_->begin_step(recorder, forward_, batch_.blocks());
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
                                      .gradient_scale = float(2 / (batch_.samples * outputs)),
                                      .widths = network_.widths()};
  pass_->record(recorder, push, blocks, inputs(), samples_);
}

void Trainer::finish_step(gpu::Recorder& recorder, bool statistics) {
  trained_samples_ = batch_.samples;
  pass_->end_step(recorder, batch_.blocks(), gradient_);
  grid_gradients_.record(recorder, batch_, samples_, cell_starts_, gradient_);
  if (statistics)
    statistics_.record(recorder, samples_.losses, batch_.blocks() * pass_->losses_a_block(), parameters_, gradient_);
  record_adam(recorder);
}

void Trainer::record_adam(gpu::Recorder& recorder) {
  const double t = double(step_) + 1, factor = schedule(step_);
  const double first = 1 - std::pow(double(interop::adam_beta1), t);
  const double second = 1 - std::pow(double(interop::adam_beta2), t);
  const std::uint32_t quads = network_.layout().floats / 4;
  const interop::AdamPush push{quads, network_.layers_quad(), float(settings_.grid_rate * factor / first),
                               float(settings_.decoder_rate * factor / first), float(1 / second)};
  const std::uint32_t groups = divide_up(quads, neural_group), rows = divide_up(groups, most_groups_a_row);
  recorder.dispatch(adam_, push,
                    {&gradient_.quads, &parameters_.quads, &first_.quads, &second_.quads, &parameters_.buffer,
                     &first_.buffer, &second_.buffer, &forward_.buffer},
                    {divide_up(groups, rows), rows});
}

codec::Pending<codec::CodecFigures> Trainer::figures(gpu::Recorder& recorder) {
  const double values = double(trained_samples_) * network_.shape().outputs;
  return {statistics_.read(recorder),
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
