#pragma once
#include <chrono>

namespace txs::app {

/// Paces the frames and tells how much of each the search may have.
class FrameClock {
 public:
  using Clock = std::chrono::steady_clock;

  /// `shortest` is the screen's refresh; `wanted` the frame that a search may stretch one to.
  FrameClock(double shortest_seconds, double wanted_seconds);

  void begin();  ///< of a frame that is drawn; sleeps if the one before was shorter than the screen can show
  void rest();   ///< nothing was drawn: the next frame's interval says nothing
  double frames_per_second() const { return smooth_ > 0 ? 1 / smooth_ : 0; }
  double search_milliseconds() const { return budget_ * 1e3; }

 private:
  double shortest_, wanted_;
  double smooth_ = 0;  ///< seconds a frame
  double budget_;      ///< seconds
  bool resting_ = true;
  Clock::time_point last_{};
};

}  // namespace txs::app
