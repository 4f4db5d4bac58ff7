#pragma once
#include <cstdint>
#include <memory>
#include <span>

#include "codec/codec.h"
#include "gpu/kernel.h"
#include "neural/batch.h"
#include "neural/grid_gradients.h"
#include "neural/grid_ranges.h"
#include "neural/network.h"
#include "neural/settings.h"
#include "neural/step_statistics.h"
#include "neural/training_pass.h"

namespace txs::neural {

/// Trains a network on a picture: Adam on the mean squared error of random pixels. A step is recorded in slices of its
/// batch, so that it fits between the frames of a window; what comes out does not depend on where it is cut.
class Trainer {
 public:
  /// `parameters`: the first ones, layout().floats.
  Trainer(gpu::Device& device, const Network& network, const codec::Source& source, const Settings& settings,
          std::span<const float> parameters);
  /// Goes on from a training's state. Throws Error(input) if it is another model's.
  Trainer(gpu::Device& device, const Network& network, const codec::Source& source, const Settings& settings,
          const codec::TrainingState& state);

  bool ready() const;
  const Settings& settings() const { return settings_; }
  void set(const Settings& settings);

  std::uint64_t step() const { return step_; }  ///< whole steps taken
  bool between_steps() const { return next_block_ == 0; }
  double fraction() const;                      ///< of all planned steps
  bool done() const { return step_ >= settings_.steps; }
  double decoder_rate() const;                  ///< of the newest step

  /// Records about `samples` samples' worth, at least a slice, up to whole step `stop_at_step`. Returns what it recorded.
  std::uint64_t record(gpu::Recorder& recorder, std::uint64_t samples, std::uint64_t stop_at_step);

  const Texels& parameters() const { return parameters_; }
  std::uint32_t quantised_bits() const;             ///< of the grids as the newest step left them; 0: none

  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder);
  /// parameters, first and second moments, layout().floats each, one behind the other, into `target`.
  void copy_state(gpu::Recorder& recorder, const gpu::Buffer& target, std::uint64_t offset) const;

 private:
  Batch batch_of(std::uint64_t step) const;
  void begin_step(gpu::Recorder& recorder);
  void record_slice(gpu::Recorder& recorder, std::uint32_t blocks);
  void finish_step(gpu::Recorder& recorder, bool statistics);
  void record_adam(gpu::Recorder& recorder);
  void record_drawing(gpu::Recorder& recorder);
  double schedule(std::uint64_t step) const;
  void make_room(std::uint32_t blocks);
  SliceInputs inputs() const { return {forward_, *source_.texture, drawn_pixels_}; }

  gpu::Device& device_;
  const Network& network_;
  codec::Source source_;
  Settings settings_;
  std::uint64_t step_ = 0;
  std::uint32_t next_block_ = 0;
  std::uint32_t trained_samples_ = 0;  ///< of the newest whole step, whose loss the figures are
  Batch batch_;  ///< of the step that is under way

  Texels parameters_, forward_, gradient_, first_, second_;
  std::uint32_t room_ = 0;  ///< blocks that the following have room for
  SampleTexels samples_;
  Texels drawn_, cell_starts_, cell_next_, drawn_pixels_;

  std::unique_ptr<TrainingPass> pass_;
  GridGradients grid_gradients_;
  GridRanges ranges_;
  StepStatistics statistics_;
  gpu::Kernel adam_, draw_count_, draw_scan_, draw_scatter_, draw_sort_;
};

}  // namespace txs::neural
