#pragma once

namespace txs::app {

/// While it lives, Ctrl-C (SIGINT) and SIGTERM only raise a flag, so that a run can end with what it has. A second signal
/// ends the program as usual.
class InterruptWatch {
 public:
  InterruptWatch();
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;
  bool raised() const;
};

}  // namespace txs::app
