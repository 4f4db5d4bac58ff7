#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/log.h"
#include "script/script.h"
#include "session/session.h"
#include "view/view_state.h"

namespace txs::app {

/// Runs a script over a session, in a window's frame loop or in a headless one: `advance` once a frame.
class Player {
 public:
  explicit Player(Script script);
  ~Player() { say_errors_at({}); }

  /// Does what can be done without waiting. False: the script has quit or failed.
  bool advance(session::Session& session, ViewState& view);

  /// True once every line was done without `quit` (a window then stays open, a headless run ends).
  bool finished() const { return next_ == script_.lines.size(); }
  /// What kind of error stopped it, which has been said with the line that it stopped at; nullopt while all is well.
  std::optional<Fault> failure() const { return failure_; }
  /// The current step limit: a `wait steps N` must not be overshot (Session::Frame::stop_at_step).
  std::uint64_t stop_at_step() const { return stop_at_step_; }

 private:
  enum class Outcome { next, again, quit };
  struct Doer;

  Script script_;
  std::size_t next_ = 0;
  bool began_ = false;  ///< the line at next_ has begun and is being waited for
  std::chrono::steady_clock::time_point began_at_{};
  std::uint64_t frames_ = 0;
  std::uint64_t stop_at_step_ = UINT64_MAX;
  std::optional<std::string> saved_;  ///< the answer to a save that is waited for
  std::optional<Fault> failure_;
};

}  // namespace txs::app
