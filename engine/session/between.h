#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "metrics/metrics.h"
#include "session/experiment.h"

namespace txs::session {

/// How far the two experiments' pictures are from each other, measured when either shows something new.
class Between {
 public:
  explicit Between(metrics::Comparison& comparison) : comparison_(comparison) {}

  void forget();
  /// True until the figures of the pictures shown now are there.
  bool owed(const Experiment& a, const Experiment& b) const;
  /// Records the comparison of what is shown now, at rest at once, else a few times a second. True if it did.
  bool record(gpu::Recorder& recorder, const Experiment& a, const Experiment& b, bool at_rest);
  void collect();
  const std::optional<metrics::Figures>& figures() const { return figures_; }

 private:
  using Clock = std::chrono::steady_clock;
  using Revisions = std::pair<std::uint64_t, std::uint64_t>;

  metrics::Comparison& comparison_;
  metrics::PendingFigures pending_;
  Revisions pending_of_{}, measured_{};
  std::optional<metrics::Figures> figures_;
  Clock::time_point last_{};
};

}  // namespace txs::session
