#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "codec/codec.h"
#include "metrics/metrics.h"
#include "session/coding_trial.h"
#include "session/loader.h"
#include "session/map_counts.h"
#include "session/pacer.h"
#include "session/picture_pace.h"
#include "session/session.h"
#include "session/snapshot.h"
#include "session/step_rate.h"

namespace txs::session {

/// A texel of the picture.
struct Place {
  std::uint32_t x = 0, y = 0;
  bool operator==(const Place&) const = default;
};

/// A file's bits over a source.
struct Adopted {
  codec::Encoded encoded;
  std::string name;  ///< of the file
  codec::Parameters parameters;
  std::string preset;
};

/// How blocks are kept, for what is said of sizes.
struct KeptAs {
  std::string container;           ///< ".ktx2"; where the codec has no such files: the first that it has
  std::optional<MipFilter> mips;   ///< with levels below the picture
};

/// One encode over one source: advanced a frame at a time, decoded, measured, and its history kept.
/// All it learns arrives later, by reads that `collect` picks up; nothing here waits for the GPU.
class Experiment {
 public:
  Experiment(gpu::Device& device, metrics::Comparison& comparison, Worker& worker);

  /// Starts anew on the source, whose light is made if the kind wants it. What goes wrong on the way becomes `failure()`.
  void start(LoadedFile& file, const codec::CodecKind& kind, const std::string& preset,
             const codec::Parameters& parameters, std::uint64_t seed, std::uint64_t id);
  /// Shows a file's bits: an encode that is done, or a training that goes on where the file holds one.
  void adopt(LoadedFile& source, const codec::CodecKind& kind, const Adopted& adopted, std::uint64_t id);
  void stop();
  void clear();  ///< stops, and gives back all it holds with the next `collect`

  void set_live(const codec::Parameters& parameters, const std::string& preset);
  void keep_as(const KeptAs& kept);
  void show_view(std::string_view id);  ///< is kept up to date from now on; may be another codec's
  /// What is inspected: the codec's block that the texel lies in. It stays there when another codec comes.
  void select(std::optional<Place> place);
  std::optional<std::pair<std::uint32_t, std::uint32_t>> selected_block() const;  ///< in blocks

  bool exists() const { return encode_ != nullptr; }
  bool ready();                 ///< kernels are made; false after a failure
  bool done() const { return run_.progress.done; }
  bool settled() const;         ///< nothing on its way, and all that is shown is of the newest state
  const std::string& failure() const { return failure_; }

  void collect();               ///< takes what the GPU has finished
  /// Records this frame's work if there is any; true if it recorded something. `advance` false: all but the search.
  bool record(gpu::Recorder& recorder, const Session::Frame& frame, bool advance);
  void submitted(gpu::Ticket ticket, gpu::PendingTimes times);

  codec::Encode& encode() { return *encode_; }
  const RunRecord& run() const { return run_; }
  const codec::Source& source() const { return source_; }
  const gpu::Texture* reconstruction() const { return has_picture_ ? reconstruction_.get() : nullptr; }
  const std::shared_ptr<const Rgba8Image>& reconstruction_pixels() const { return pixels_; }
  const std::shared_ptr<const Rgba16fImage>& reconstruction_light() const { return light_pixels_; }  ///< of `hdr` kinds
  /// What the kind encodes, and its figures are of: the source's light or its 8 bits.
  const gpu::Texture& original() const { return run_.kind->hdr ? *source_.light_texture : *source_.texture; }
  metrics::Measure measure() const { return metrics::measure_of(run_.kind->channels, run_.kind->hdr); }
  const std::vector<codec::View>& views() const { return views_; }
  bool views_drawn() const { return views_drawn_; }
  const std::shared_ptr<const display::ViewCounts>& view_counts() const { return map_counts_.newest(); }
  const std::shared_ptr<const codec::Inspection>& inspection() const { return inspection_; }
  const std::vector<gpu::PassTime>& passes() const { return passes_; }
  double work_per_second() const { return pacer_.work_per_second(); }
  std::uint64_t picture_revision() const { return picture_revision_; }
  /// Decodes the newest state into `reconstruction()` again, beside what an export reads.
  void record_reconstruction(gpu::Recorder& recorder) { encode_->decode(recorder, *reconstruction_); }

 private:
  using Clock = std::chrono::steady_clock;
  /// What one submission brings back.
  struct Arrival {
    gpu::Ticket ticket;
    gpu::PendingTimes times;
    codec::Progress progress, shown;  ///< of the encode, and of the state that `figures` belong to
    Clock::time_point recorded_at{};
    bool advanced = false, begins_picture = false, ends_pass = false, view = false;
    metrics::PendingFigures figures;
    codec::Pending<codec::CodecFigures> codec_figures;
    codec::Pending<codec::Encoded> artifact;
    codec::Pending<codec::Inspection> inspection;
    gpu::PendingRead pixels;
  };

  static constexpr const char* pass_search = "search";
  static constexpr const char* pass_picture = "picture";

  static std::uint64_t next_revision();
  void begin(LoadedFile& file, const codec::CodecKind& kind, std::uint64_t id);
  void began();
  void drop_pictures();
  bool trains() const { return run_.kind->family == codec::Family::neural; }
  const gpu::Texture& picture_target() const { return spare_ ? *spare_ : *reconstruction_; }

  bool spare_is_free() const;
  bool picture_is_due(codec::Budget::Pace pace) const;
  void record_search(gpu::Recorder& recorder, const Session::Frame& frame);
  void begin_picture();
  void record_picture(gpu::Recorder& recorder, std::uint32_t parts);
  void finish_picture(gpu::Recorder& recorder);
  const codec::View* seen_view() const;
  bool record_view(gpu::Recorder& recorder);
  bool record_pixels(gpu::Recorder& recorder, bool advance);
  bool record_inspection(gpu::Recorder& recorder);

  void take(Arrival& arrival);
  void take_pixels(std::span<const std::byte> texels);
  void take_times(const Arrival& arrival);
  bool take_health(const Arrival& arrival);
  void show_spare();
  void take_picture(const Arrival& arrival);
  void take_figures(const Arrival& arrival);
  void take_artifact(codec::Encoded&& encoded, std::uint64_t step);
  void take_parts(std::vector<codec::BitPart> parts);
  void count_file();

  gpu::Device& device_;
  metrics::Comparison& comparison_;
  codec::Source source_;
  std::unique_ptr<codec::Encode> encode_;
  /// The snapshot names their textures until the next update.
  struct Retired {
    std::unique_ptr<codec::Encode> encode;
    std::unique_ptr<gpu::Texture> reconstruction, spare;
  } retired_;
  /// A training decodes into the spare, and what is shown changes when its figures turn out to be numbers.
  std::unique_ptr<gpu::Texture> reconstruction_, spare_;
  std::vector<codec::View> views_;
  bool views_drawn_ = false;  ///< from blocks that all have bits
  MapCounts map_counts_;  ///< of the one that is looked at
  std::string view_;  ///< id of the one that is looked at
  RunRecord run_;
  KeptAs kept_as_;
  codec::EncodedTexture shape_;    ///< of blocks: what is kept, without them
  std::uint32_t file_levels_ = 1;  ///< of a file that is shown
  std::string failure_;
  Pacer pacer_;
  StepRate step_rate_;
  CodingTrial coding_;

  std::deque<Arrival> in_flight_;
  Arrival recording_;
  bool picture_stale_ = false, view_stale_ = false, inspection_stale_ = false, pixels_stale_ = false;
  bool has_picture_ = false;
  PicturePace picture_pace_;
  bool drawing_ = false;              ///< a picture is begun and lacks parts from `next_part_` on
  std::uint32_t next_part_ = 0;
  codec::Progress drawn_;             ///< the state that it shows
  codec::CodecFigures drawn_figures_;  ///< of that state, once they have come back
  double drawn_seconds_ = 0;          ///< that it took, once they have come back
  double picture_milliseconds_ = 0;   ///< of its parts that have come back
  Clock::time_point last_pixels_{};
  std::uint64_t picture_revision_ = 0;  ///< of no other experiment: a new one's textures may lie where an old one's lay

  std::optional<Place> place_;
  std::shared_ptr<const codec::Inspection> inspection_;
  std::shared_ptr<const Rgba8Image> pixels_;
  std::shared_ptr<const Rgba16fImage> light_pixels_;
  std::vector<gpu::PassTime> passes_;
};

/// What an artifact of the run says of where it came from.
codec::Provenance provenance_of(const RunRecord& run, const gpu::Device& device, std::uint64_t step);

}  // namespace txs::session
