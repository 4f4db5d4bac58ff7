#include "session/between.h"

#include <algorithm>

namespace txs::session {
namespace {
constexpr auto interval = std::chrono::milliseconds(250);

/// An HDR picture and one of 8 bits have no difference that would mean anything.
bool comparable(const gpu::Texture* a, const gpu::Texture* b) {
  return a != nullptr && b != nullptr && a->width() == b->width() && a->height() == b->height() &&
         a->format() == b->format();
}

/// Of the channels that both have.
metrics::Measure measure_of(const Experiment& a, const Experiment& b) {
  return metrics::measure_of(std::min(a.run().kind->channels, b.run().kind->channels), a.run().kind->hdr);
}
}  // namespace

void Between::forget() {
  pending_ = {};
  pending_of_ = measured_ = {};
  figures_.reset();
}

bool Between::owed(const Experiment& a, const Experiment& b) const {
  return comparable(a.reconstruction(), b.reconstruction()) &&
         Revisions(a.picture_revision(), b.picture_revision()) != measured_;
}

bool Between::record(gpu::Recorder& recorder, const Experiment& a, const Experiment& b, bool at_rest) {
  if (pending_ || !owed(a, b) || !comparison_.ready()) return false;
  if (!at_rest && Clock::now() - last_ < interval) return false;
  last_ = Clock::now();
  pending_of_ = {a.picture_revision(), b.picture_revision()};
  pending_ = comparison_.record(recorder, *a.reconstruction(), *b.reconstruction(), false, measure_of(a, b));
  return true;
}

void Between::collect() {
  if (!pending_ || !pending_.ready()) return;
  figures_ = pending_.get();
  measured_ = pending_of_;
  pending_ = {};
}

}  // namespace txs::session
