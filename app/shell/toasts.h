#pragma once
#include <chrono>
#include <vector>

#include "core/log.h"
#include "shell/layout.h"

namespace txs::app {

/// What was said, for a while at the bottom of the canvas; the log panel has all of it. A click puts one away.
class Toasts {
 public:
  void take_new();
  void draw(const Area& canvas);
  /// There is one to come or to go.
  bool due() const;
  /// Seconds until the next one goes; a large number if there is none.
  double next_change() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Toast {
    Message message;
    Clock::time_point until;
  };
  std::vector<Toast> shown_;  ///< oldest first
  std::uint64_t last_id_ = 0;
};

}  // namespace txs::app
