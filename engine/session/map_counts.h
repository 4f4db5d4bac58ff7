#pragma once
#include <chrono>
#include <memory>

#include "codec/codec.h"
#include "display/view_counts.h"
#include "gpu/recorder.h"

namespace txs::session {

/// How often each value stands in the view that is looked at: counted anew a few times a second while it changes, and
/// once more when it has come to rest.
class MapCounts {
 public:
  explicit MapCounts(gpu::Device& device) : counter_(device) {}

  void forget();                   ///< the views are other ones from now on
  void changed() { stale_ = true; }  ///< the view shows something new, or is another one
  /// Null: no view is looked at. True if it recorded something.
  bool record(gpu::Recorder& recorder, const codec::View* view, bool at_rest);
  void collect();                  ///< takes what the GPU has finished
  const std::shared_ptr<const display::ViewCounts>& newest() const { return newest_; }

 private:
  using Clock = std::chrono::steady_clock;
  display::ViewCounter counter_;
  codec::Pending<display::ViewCounts> pending_;
  std::shared_ptr<const display::ViewCounts> newest_;
  Clock::time_point last_{};
  bool stale_ = false;
};

}  // namespace txs::session
