#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "artifact/report.h"
#include "codec/codec.h"
#include "core/worker.h"
#include "metrics/metrics.h"

namespace txs::session {

/// What coding a network's grids (codec::Stage2) makes of it: written and read back on the worker, then adopted, decoded
/// and compared on the device. One trial at a time, always of the newest artifact.
class CodingTrial {
 public:
  CodingTrial(gpu::Device& device, metrics::Comparison& comparison, Worker& worker);
  ~CodingTrial();

  /// The newest artifact of a run. One that wants no coding ends what there was.
  void offer(std::shared_ptr<const codec::EncodedNetwork> network, std::uint64_t step);
  void forget();  ///< another run begins

  /// True until the newest artifact's figures are there.
  bool owed() const { return newest_ && newest_ != tried_; }
  /// Takes the next step of a trial, or begins one: at rest at once, else no more often than its cost allows.
  /// True if something was recorded.
  bool record(gpu::Recorder& recorder, const codec::CodecKind& kind, const codec::Source& source, bool at_rest);
  void collect();  ///< takes what the GPU has finished
  const std::optional<artifact::CodedResult>& result() const { return result_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct Coding;

  void begin();
  void end();

  gpu::Device& device_;
  metrics::Comparison& comparison_;
  Worker& worker_;

  std::shared_ptr<const codec::EncodedNetwork> newest_, tried_;  ///< tried: measured, or refused
  std::uint64_t newest_step_ = 0;
  std::optional<artifact::CodedResult> result_;

  // The trial that runs, if any: on the worker, then as an encode, then on its way back.
  std::shared_ptr<Coding> coding_;
  std::unique_ptr<codec::Encode> encode_;
  std::unique_ptr<gpu::Texture> decoded_;
  metrics::PendingFigures figures_;
  Clock::time_point began_{}, next_{};
};

}  // namespace txs::session
