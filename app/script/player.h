#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/error.h"
#include "script/script.h"
#include "session/session.h"
#include "view/view_state.h"

namespace txs::app {

/// Runs a script over a session, in a window's frame loop or in a headless one: `advance` once a frame.
class Player {
 public:
  explicit Player(Script script);

  /// Does what can be done without waiting. False: the script has quit or failed.
  bool advance(session::Session& session, ViewState& view);

  /// True once every line was done without `quit` (a window then stays open, a headless run ends).
  bool finished() const { return next_ == script_.lines.size(); }
  /// What stopped it, with its line; nullopt while all is well.
  const std::optional<Error>& failure() const { return failure_; }
  /// The current step limit: a `wait steps N` must not be overshot (Session::Frame::stop_at_step).
  std::uint64_t stop_at_step() const { return stop_at_step_; }

 private:
  enum class Outcome { next, again, quit };
  struct Doer;

  void fail(Fault fault, const std::string& what);
  void await_save(session::Session::Saved& done);

  Script script_;
  std::size_t next_ = 0;
  bool began_ = false;  ///< the line at next_ has begun and is being waited for
  std::chrono::steady_clock::time_point began_at_{};
  std::uint64_t frames_ = 0;
  std::uint64_t stop_at_step_ = UINT64_MAX;
  std::optional<std::string> saved_;  ///< the answer to a save that is waited for
  std::optional<Error> failure_;
};

}  // namespace txs::app
