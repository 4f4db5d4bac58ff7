#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <utility>

namespace txs::session {

/// Steps a second by the clock, over the last second, or the last step where that took longer.
class StepRate {
 public:
  using Clock = std::chrono::steady_clock;

  void observe(std::uint64_t step, Clock::time_point now) {
    if (!seen_.empty() && seen_.back().second == step) return;  // slices of a step that is longer than a frame
    seen_.emplace_back(now, step);
    while (seen_.size() > 2 && now - seen_[1].first >= window) seen_.pop_front();
    const std::chrono::duration<double> since = now - seen_.front().first;
    if (since >= shortest) per_second_ = static_cast<double>(step - seen_.front().second) / since.count();
  }
  /// What comes next does not follow on what was seen; the rate stays as it was.
  void interrupt() { seen_.clear(); }
  double per_second() const { return per_second_; }

 private:
  static constexpr auto window = std::chrono::seconds(1);
  static constexpr auto shortest = std::chrono::milliseconds(100);

  std::deque<std::pair<Clock::time_point, std::uint64_t>> seen_;
  double per_second_ = 0;
};

}  // namespace txs::session
