#pragma once
#include <chrono>
#include <string>

namespace txs::app {

/// Progress on stderr: one bar that moves on a terminal, a plain line now and then elsewhere, nothing when quiet.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine();  ///< ends the bar's line
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// `fraction` in [0, 1]; `text` is short ("64/64 iterations, 39.97 dB").
  void show(double fraction, const std::string& text);

 private:
  bool quiet_, terminal_;
  bool drawn_ = false;
  std::string last_text_;
  std::chrono::steady_clock::time_point last_{};
};

}  // namespace txs::app
