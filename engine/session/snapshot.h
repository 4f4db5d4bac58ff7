#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "artifact/report.h"
#include "codec/codec.h"
#include "image/mips.h"
#include "display/view_counts.h"
#include "image/tone_map.h"
#include "metrics/metrics.h"

namespace txs::session {

enum class State {
  empty,      ///< no source yet
  loading,    ///< a file is being read; what was there before is still shown
  compiling,  ///< kernels are being made
  running,
  paused,
  done,
  failed,  ///< `why` says it
};
std::string_view state_name(State state);

/// What is known of the source picture.
struct SourceInfo {
  std::filesystem::path path;
  std::string name;  ///< file name
  int width = 0, height = 0;
  int channels = 0;
  bool hdr = false;     ///< the file's samples; the picture is tone-mapped
  Exposure exposure;    ///< under which it was; light is shown under the same
  std::string meaning;  ///< "8-bit sRGB, alpha", "HDR, shown tone-mapped", "BC7_UNORM_SRGB from a file"
  const gpu::Texture* texture = nullptr;             ///< rgba8
  std::shared_ptr<const Rgba8Image> picture;         ///< the same on the CPU, for the readout
  const gpu::Texture* light_texture = nullptr;       ///< rgba16f; null until a codec of light wants it, of HDR never
  std::shared_ptr<const Rgba16fImage> light;
};

/// An encode as the window shows it; also what is kept of one when the next replaces it.
struct RunRecord {
  std::uint64_t id = 0;  ///< 1, 2, 3, ... in the order they were started
  std::string source_name;
  const codec::CodecKind* kind = nullptr;
  std::string preset;  ///< empty if the parameters are no preset's
  std::string artifact_name;      ///< of a file whose bits are shown; what made them is in `provenance`, if anything
  codec::Provenance provenance;
  codec::Parameters parameters;
  std::uint64_t seed = 0;
  codec::BlockSize block;  ///< that the encode works on; 1 x 1 before it has started
  codec::Progress progress;
  double seconds = 0;  ///< GPU time spent in the search
  std::string resumed_from;  ///< the checkpoint that this training went on from; `seconds` count from there
  std::optional<metrics::Figures> figures;         ///< newest measured; belongs to history.back()
  std::optional<metrics::Figures> first_figures;   ///< of the first complete picture (for bc7: initial endpoints only)
  std::optional<double> psnr_relaxed_db, first_psnr_relaxed_db;
  std::optional<double> loss, learning_rate;  ///< of a training's newest measured step
  std::optional<codec::Health> health;
  /// A training that learns nothing any more, though it is not perfect: every unit is saturated.
  bool stalled() const { return health && !health->bad() && health->largest_gradient == 0 && loss.value_or(0) > 0; }
  double steps_per_second = 0;  ///< by the clock, over the last second or step; 0 before the second step
  std::vector<artifact::HistoryPoint> history;
  /// Of the file that it would be kept in: of a network with uncoded grids, and empty before the first picture; of blocks
  /// that of level 0 alone.
  std::vector<codec::BitPart> parts;
  std::string_view container;  ///< how the name of that file ends: ".dds"
  std::uint64_t artifact_bytes = 0;
  double bits_per_pixel = 0, compression_ratio = 0;
  std::optional<artifact::MipChain> mips;  ///< of blocks that are kept with levels below the picture, or of a file that has them
  /// The same with coded grids, where the parameters ask for coding; lags behind a running training by some seconds.
  std::optional<artifact::CodedResult> coded;
};

/// What its decibels are of.
inline metrics::Measure measure_of(const RunRecord& run) {
  return run.kind == nullptr ? metrics::Measure::rgb : metrics::measure_of(run.kind->channels, run.kind->hdr);
}

/// An experiment: one encode over the source, advanced, decoded and measured by itself.
struct ExperimentSnapshot {
  State state = State::empty;
  std::string why;  ///< of a failure
  RunRecord run;    ///< the present one
  const gpu::Texture* reconstruction = nullptr;  ///< rgba8, rgba16f of kinds that are `hdr`; null before the first picture
  /// Read back now and then for the readout, one of them; may lag a little.
  std::shared_ptr<const Rgba8Image> reconstruction_pixels;
  std::shared_ptr<const Rgba16fImage> reconstruction_light;
  std::vector<codec::View> views;
  bool views_drawn = false;  ///< before, their textures hold nothing of this encode
  /// Of the view that is looked at, where it can be counted; null before the first count, may lag a little.
  std::shared_ptr<const display::ViewCounts> view_counts;
  std::uint64_t picture_revision = 0;  ///< changes whenever reconstruction or views show something new

  std::optional<std::pair<std::uint32_t, std::uint32_t>> selected_block;  ///< in blocks of its codec
  std::shared_ptr<const codec::Inspection> inspection;  ///< of the selected block; may lag a little

  std::vector<gpu::PassTime> passes;  ///< of its newest measured frame
  double work_per_second = 0;         ///< codec units
};

/// Which of the two experiments.
enum class Slot { a, b };

/// What panels read. Valid until the session's next update.
struct Snapshot {
  std::string activity;  ///< "loading x.png", "compiling kernels (2)", "saving sheet", or empty
  std::optional<SourceInfo> source;
  std::vector<std::filesystem::path> files;  ///< everything opened; `current_file` indexes it
  std::size_t current_file = 0;

  ExperimentSnapshot a;
  std::optional<ExperimentSnapshot> b;  ///< the second experiment on the same source, if there is one
  Slot focus = Slot::a;                 ///< what commands act on and panels show; a where there is no b
  std::optional<metrics::Figures> between;  ///< B's picture against A's, of the newest of both that were measured
  std::vector<RunRecord> runs;          ///< those that ended, of both, newest last
  std::optional<MipFilter> mips;        ///< see Session::set_mips

  const ExperimentSnapshot& focused() const { return focus == Slot::b && b ? *b : a; }
  /// Null: there is no such experiment.
  const ExperimentSnapshot* of(Slot slot) const { return slot == Slot::a ? &a : b ? &*b : nullptr; }
  /// Of both together: running while one runs, done when both are; failed when nothing goes on and one has failed.
  State state() const;
  const std::string& why() const { return b && a.why.empty() ? b->why : a.why; }  ///< of a failure of either
};

}  // namespace txs::session
