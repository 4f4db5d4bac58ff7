#include "cli/interrupt.h"

#include <csignal>

namespace txs::app {
namespace {
volatile std::sig_atomic_t signalled = 0;

void raise_flag(int number) {
  signalled = 1;
  std::signal(number, SIG_DFL);
}
}  // namespace

InterruptWatch::InterruptWatch() {
  signalled = 0;
  std::signal(SIGINT, raise_flag);
  std::signal(SIGTERM, raise_flag);
}

InterruptWatch::~InterruptWatch() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

bool InterruptWatch::raised() const { return signalled != 0; }

}  // namespace txs::app
