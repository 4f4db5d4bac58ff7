#include "shell/frame_clock.h"

#include <algorithm>
#include <thread>

namespace txs::app {
namespace {

// The budget follows the frames' length slowly, since single frames carry metrics and saves: a tenth of the difference
// settles within half a second at 30 frames a second.
constexpr double follow = 0.1;
// The search has at least a quarter of a wanted frame: where other programs make all frames long, taking the time from the
// search alone would starve it without making the window smooth.
constexpr double least_of_a_frame = 0.25, most_of_a_frame = 0.75;
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
  budget_ = std::clamp(budget_ + follow * (wanted_ * 1.02 - interval), wanted_ * least_of_a_frame,
                       wanted_ * most_of_a_frame);
}

void FrameClock::rest() { resting_ = true; }

}  // namespace txs::app
