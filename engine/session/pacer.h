#pragma once
#include <cstdint>

namespace txs::session {

/// Learns from measured GPU times how much of a codec's work fits a frame.
class Pacer {
 public:
  /// Units that should take about `milliseconds`, at least 1.
  std::uint64_t work_for(double milliseconds) const;
  void observe(std::uint64_t work, double milliseconds);
  double work_per_second() const { return units_per_millisecond_ * 1000.0; }

 private:
  double units_per_millisecond_ = 0;  ///< 0: nothing was measured yet
};

}  // namespace txs::session
