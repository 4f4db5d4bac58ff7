#include "shell/frame_clock.h"

#include <algorithm>
#include <thread>

namespace txs::app {
namespace {

// The budget follows the frames' length slowly, since single frames carry metrics and saves: a tenth of the difference
// settles within half a second at 30 frames a second.
constexpr double follow = 0.1;
constexpr double least_budget = 0.002;   // the picture moves even where the interface alone is too slow
constexpr double most_of_a_frame = 0.75;
constexpr double smoothing = 0.08;

}  // namespace

FrameClock::FrameClock(double shortest_seconds, double wanted_seconds)
    : shortest_(shortest_seconds),
      wanted_(std::max(wanted_seconds, shortest_seconds)),
      budget_(wanted_ * 0.5) {}

void FrameClock::begin() {
  const auto shortest = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(shortest_));
  if (!resting_) std::this_thread::sleep_until(last_ + shortest);
  const auto now = Clock::now();
  const double interval = std::chrono::duration<double>(now - last_).count();
  last_ = now;
  if (resting_) {
    resting_ = false;
    return;
  }
  smooth_ = smooth_ == 0 ? interval : smooth_ + smoothing * (interval - smooth_);
  budget_ = std::clamp(budget_ + follow * (wanted_ * 1.02 - interval), least_budget, wanted_ * most_of_a_frame);
}

void FrameClock::rest() { resting_ = true; }

}  // namespace txs::app
