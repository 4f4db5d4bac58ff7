#include <exception>
#include <variant>

#include "cli/cli.h"
#include "core/error.h"
#include "core/log.h"
#include "script/player.h"
#include "shell/run_window.h"

namespace {

/// The window, a script in it if there is one: it stays open after the script unless that quits.
int open_window(const txs::app::WindowRequest& request) {
  txs::app::WindowOptions options{request.files, request.device};
  if (!request.script) return run_window(options);
  txs::app::Player player(*request.script);
  options.remember = false;
  options.each_frame = [&](auto& session, auto& view) {
    if (!player.advance(session, view)) return txs::app::Turn::quit;
    return player.finished() ? txs::app::Turn::finished : txs::app::Turn::frame;
  };
  options.stop_at_step = [&] { return player.stop_at_step(); };
  const int status = run_window(options);
  return player.failure() ? int(*player.failure()) : status;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const auto outcome = txs::app::run_cli(argc, argv);
    const int* status = std::get_if<int>(&outcome);
    return status ? *status : open_window(std::get<txs::app::WindowRequest>(outcome));
  } catch (const txs::Error& error) {
    txs::say(txs::Severity::error, error.what());
    return int(error.fault());
  } catch (const std::exception& error) {
    txs::say(txs::Severity::error, error.what());
    return int(txs::Fault::internal);
  }
}
