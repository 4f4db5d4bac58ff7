#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "codec/codec.h"
#include "metrics/metrics.h"
#include "session/loader.h"
#include "session/pacer.h"
#include "session/session.h"
#include "session/snapshot.h"

namespace txs::session {

/// One encode over one source: advanced a frame at a time, decoded, measured, and its history kept.
/// All it learns arrives later, by reads that `collect` picks up; nothing here waits for the GPU.
class Experiment {
 public:
  Experiment(gpu::Device& device, metrics::Comparison& comparison);

  /// Starts anew on the source. What goes wrong on the way becomes `failure()`.
  void start(const LoadedFile& file, const codec::CodecKind& kind, const std::string& preset,
             const codec::Parameters& parameters, std::uint64_t seed, std::uint64_t id);
  /// Shows a file's bits over the source: an encode that is done.
  void adopt(const LoadedFile& source, const codec::CodecKind& kind, const codec::Encoded& encoded,
             const std::string& name, std::uint64_t id);
  void stop();

  void set_live(const codec::Parameters& parameters, const std::string& preset);
  void show_view(std::string id) { view_ = std::move(id); }
  void select_block(std::optional<std::pair<std::uint32_t, std::uint32_t>> block);

  bool exists() const { return encode_ != nullptr; }
  bool ready();                 ///< kernels are made; false after a failure
  bool done() const { return run_.progress.done; }
  bool settled() const;         ///< nothing on its way, and the picture shows the newest state
  const std::string& failure() const { return failure_; }

  void collect();               ///< takes what the GPU has finished
  /// Records this frame's work if there is any; true if it recorded something. `advance` false: picture and inspection only.
  bool record(gpu::Recorder& recorder, const Session::Frame& frame, bool advance);
  void submitted(gpu::Ticket ticket, gpu::PendingTimes times);

  codec::Encode& encode() { return *encode_; }
  const RunRecord& run() const { return run_; }
  const gpu::Texture* reconstruction() const { return has_picture_ ? reconstruction_.get() : nullptr; }
  const std::shared_ptr<const Rgba8Image>& reconstruction_pixels() const { return pixels_; }
  const std::vector<codec::View>& views() const { return views_; }
  const std::shared_ptr<const codec::Inspection>& inspection() const { return inspection_; }
  const std::vector<gpu::PassTime>& passes() const { return passes_; }
  double work_per_second() const { return pacer_.work_per_second(); }
  std::uint64_t picture_revision() const { return picture_revision_; }
  void record_picture(gpu::Recorder& recorder);  ///< decode now, whatever the pace of pictures (for exports)

 private:
  /// What one submission brings back.
  struct Arrival {
    gpu::Ticket ticket;
    gpu::PendingTimes times;
    codec::Progress progress;
    bool advanced = false;
    metrics::PendingFigures figures;
    codec::Pending<codec::CodecFigures> codec_figures;
    codec::Pending<codec::Inspection> inspection;
    gpu::PendingRead pixels;
  };
  using Clock = std::chrono::steady_clock;

  void begin(const LoadedFile& file, const codec::CodecKind& kind, std::uint64_t id);
  void began();
  bool picture_is_due() const;
  void take(const Arrival& arrival);
  void take_times(const Arrival& arrival);
  void take_figures(const Arrival& arrival);

  gpu::Device& device_;
  metrics::Comparison& comparison_;
  codec::Source source_;
  std::unique_ptr<codec::Encode> encode_;
  std::unique_ptr<gpu::Texture> reconstruction_;
  std::vector<codec::View> views_;
  std::string view_;  ///< id of the one that is looked at; may be another codec's
  RunRecord run_;
  std::string failure_;
  Pacer pacer_;

  std::deque<Arrival> in_flight_;
  Arrival recording_;
  bool picture_stale_ = false, inspection_stale_ = false, pixels_stale_ = false, has_picture_ = false;
  double picture_cost_ms_ = 0;
  Clock::time_point last_picture_{}, last_pixels_{};
  std::uint64_t picture_revision_ = 0;

  std::optional<std::pair<std::uint32_t, std::uint32_t>> selected_;
  std::shared_ptr<const codec::Inspection> inspection_;
  std::shared_ptr<const Rgba8Image> pixels_;
  std::vector<gpu::PassTime> passes_;
};

}  // namespace txs::session
