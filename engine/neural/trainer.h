#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "codec/codec.h"
#include "gpu/kernel.h"
#include "neural/network.h"
#include "neural/settings.h"

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
  const Texels& ranges() const { return ranges_; }  ///< a quad a channel, of `parameters` when record_ranges ran
  void record_ranges(gpu::Recorder& recorder);
  std::uint32_t quantised_bits() const;             ///< of the grids as the newest step left them; 0: none

  codec::Pending<codec::CodecFigures> figures(gpu::Recorder& recorder);
  /// parameters, first and second moments, layout().floats each, one behind the other, into `target`.
  void copy_state(gpu::Recorder& recorder, const gpu::Buffer& target, std::uint64_t offset) const;

 private:
  /// What holds for one step from its first slice to its last.
  struct Batch {
    std::uint32_t cells_x = 1, cells_y = 1, samples = 1;
    Sampling sampling = Sampling::stratified;
    std::uint32_t blocks() const;
  };

  Batch plan() const;
  void begin_step(gpu::Recorder& recorder);
  void record_slice(gpu::Recorder& recorder, std::uint32_t blocks);
  void finish_step(gpu::Recorder& recorder);
  void record_grid_gradients(gpu::Recorder& recorder);
  void record_adam(gpu::Recorder& recorder);
  void record_quantisation(gpu::Recorder& recorder);
  void record_drawing(gpu::Recorder& recorder);
  std::uint32_t tape_quads() const;
  double schedule(std::uint64_t step) const;
  void make_room(const Batch& batch);

  gpu::Device& device_;
  const Network& network_;
  codec::Source source_;
  Settings settings_;
  std::uint64_t step_ = 0;
  std::uint32_t next_block_ = 0;
  Batch batch_;
  std::uint32_t slice_blocks_;

  Texels parameters_, forward_, gradient_, first_, second_, ranges_;
  Texels tiles_, hash_lists_, corner_gradients_;
  std::vector<std::uint32_t> hash_list_of_;  ///< word of each grid's list; unused for dense ones
  std::uint32_t tile_count_ = 0;

  std::uint32_t room_ = 0;  ///< blocks that the following have room for
  Texels tape_, sums_, feature_gradients_, positions_, losses_, drawn_, cell_starts_, cell_next_, drawn_pixels_;
  Texels statistics_;

  gpu::Kernel slice_, weight_gradient_, gradient_sum_, grid_gradient_, hash_gradient_, adam_, range_, fake_quantise_,
      statistics_kernel_, draw_count_, draw_scan_, draw_scatter_, draw_sort_;
};

}  // namespace txs::neural
