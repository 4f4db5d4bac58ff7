#include <chrono>
#include <thread>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "core/error.h"
#include "script/player.h"
#include "session/session.h"
#include "view/view_state.h"

namespace txs::app {

int play_command(const CommonOptions& common, const Script& script) {
  gpu::Device device(common.device);
  {
    session::Session session(device);
    ViewState view;
    Player player(script);
    const InterruptWatch interrupt;
    while (!player.finished() && player.advance(session, view) && !interrupt.raised()) {
      session::Session::Frame frame;
      frame.stop_at_step = player.stop_at_step();
      session.update(frame);
      session.wait_for_gpu();
      // Loading, compiling and saving go on elsewhere: leave them the cores.
      if (session.snapshot().state() != session::State::running) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (player.failure()) return int(*player.failure());
    if (interrupt.raised()) throw Error(Fault::internal, script.name + ": interrupted");
  }
  return validation_status(device);
}

}  // namespace txs::app
