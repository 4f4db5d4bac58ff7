#pragma once
#include <chrono>

#include "codec/codec.h"

namespace txs::session {

/// When a changing state is decoded, shown and measured anew, and what that leaves of a frame to the search.
class PicturePace {
 public:
  using Clock = std::chrono::steady_clock;

  void recorded(Clock::time_point now) { last_ = now; }
  void cost(double gpu_milliseconds) { cost_ms_ = gpu_milliseconds; }  ///< as measured

  /// Decoding and measuring may take a fifth of the time of who watches, a twentieth of who waits for the end: on a large
  /// picture they cost more than a frame. A watched picture moves four times a second where that costs no more than half.
  bool due(codec::Budget::Pace pace, Clock::time_point now) const;

  /// Of a picture's `parts`, those for one frame: as many as fit half of it, at least one; of a picture that would take
  /// longer than a quarter of a second at that, as many as bring it in by then and fit three fifths. Where it is shown after
  /// each of its passes (Encode::decode_parts), and is not a run's `first`, which is waited for, the same of a pass alone.
  std::uint32_t parts_for(double frame_milliseconds, std::uint32_t parts, bool first = false) const;
  /// Of a frame with a picture, or a part of one, so that it is no longer than others; at least a tenth, so that the
  /// search goes on.
  double search_milliseconds(double frame_milliseconds, std::uint32_t parts, bool first = false) const;

  /// Passes of a picture whose parts divide by as many; else it has one.
  static constexpr std::uint32_t passes = 4;

 private:
  double cost_ms_ = 0;
  Clock::time_point last_{};
};

}  // namespace txs::session
