#include "session/map_counts.h"

#include <utility>

namespace txs::session {
namespace {
// Bars that move four times a second are seen to live; more often would only cost.
constexpr auto interval = std::chrono::milliseconds(250);
}  // namespace

void MapCounts::forget() {
  pending_ = {};
  newest_.reset();
  stale_ = true;
}

bool MapCounts::record(gpu::Recorder& recorder, const codec::View* view, bool at_rest) {
  if (!stale_ || pending_ || view == nullptr || !display::ViewCounter::counts(*view) || !counter_.ready()) return false;
  const bool another = newest_ == nullptr || newest_->view != view->id;
  const Clock::time_point now = Clock::now();
  if (!at_rest && !another && now - last_ < interval) return false;
  pending_ = counter_.record(recorder, *view);
  last_ = now;
  stale_ = false;
  return true;
}

void MapCounts::collect() {
  if (!pending_ || !pending_.ready()) return;
  newest_ = std::make_shared<const display::ViewCounts>(std::exchange(pending_, {}).get());
}

}  // namespace txs::session
