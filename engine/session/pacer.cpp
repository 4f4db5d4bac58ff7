#include "session/pacer.h"

#include <algorithm>

namespace txs::session {
namespace {
// Before anything is measured: 1024 units a millisecond, an eighth of what two cores of lavapipe do of the block search
// (the slowest device we know), so that a first frame is short everywhere.
constexpr double first_guess = 1024;
// One slow frame (a page fault, another program) must not starve the next ones, one quick frame must not stall the window.
constexpr double largest_growth = 4, newest_weight = 0.3;
constexpr double shortest_measurable_ms = 0.02;
}  // namespace

std::uint64_t Pacer::work_for(double milliseconds) const {
  const double rate = units_per_millisecond_ > 0 ? units_per_millisecond_ : first_guess;
  return static_cast<std::uint64_t>(std::max(1.0, rate * milliseconds));
}

void Pacer::observe(std::uint64_t work, double milliseconds) {
  if (work == 0) return;
  const double measured = static_cast<double>(work) / std::max(milliseconds, shortest_measurable_ms);
  if (units_per_millisecond_ == 0) {
    units_per_millisecond_ = std::min(measured, first_guess * largest_growth);
    return;
  }
  const double capped = std::min(measured, units_per_millisecond_ * largest_growth);
  units_per_millisecond_ += newest_weight * (capped - units_per_millisecond_);
}

}  // namespace txs::session
