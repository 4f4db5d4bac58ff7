#include "cli/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace txs::app {
namespace {
constexpr int bar_cells = 30;
// A terminal is redrawn ten times a second at most; a log gets a line every five seconds.
constexpr auto bar_interval = std::chrono::milliseconds(100);
constexpr auto line_interval = std::chrono::seconds(5);
}  // namespace

ProgressLine::ProgressLine(bool quiet) : quiet_(quiet), terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressLine::~ProgressLine() {
  if (drawn_) std::fputc('\n', stderr);
}

void ProgressLine::show(double fraction, const std::string& text) {
  if (quiet_ || text == last_text_) return;
  const auto now = std::chrono::steady_clock::now();
  const bool finished = fraction >= 1;
  if (!finished && now - last_ < (terminal_ ? std::chrono::duration_cast<std::chrono::milliseconds>(bar_interval)
                                            : std::chrono::duration_cast<std::chrono::milliseconds>(line_interval)))
    return;
  last_ = now;
  last_text_ = text;
  if (!terminal_) {
    std::fprintf(stderr, "%3.0f %%  %s\n", fraction * 100, text.c_str());
    return;
  }
  const int full = std::clamp(static_cast<int>(fraction * bar_cells), 0, bar_cells);
  std::fprintf(stderr, "\r[%s%s] %3.0f %%  %s\x1b[K", std::string(static_cast<std::size_t>(full), '#').c_str(),
               std::string(static_cast<std::size_t>(bar_cells - full), ' ').c_str(), fraction * 100, text.c_str());
  std::fflush(stderr);
  drawn_ = true;
}

}  // namespace txs::app
