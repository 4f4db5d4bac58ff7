#pragma once
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "shell/config.h"
#include "shell/frame_clock.h"
#include "shell/imgui_context.h"
#include "shell/interface.h"
#include "shell/keeper.h"
#include "shell/run_window.h"
#include "shell/stage.h"

namespace txs::app {

/// The window program: events in, the session's work of a frame, the interface, a picture out.
class Application {
 public:
  explicit Application(const WindowOptions& options);
  int run();

 private:
  using Clock = std::chrono::steady_clock;

  void restore_parameters();
  void frame();
  bool take_turn();
  void take_events(const WindowEvents& events);
  void take_drops(std::vector<std::filesystem::path> drops, ImVec2 point);
  bool over_b(ImVec2 point) const;  ///< something of experiment B stands there
  void update_session();
  void keep_what_was_asked();
  void follow_source();
  void follow_scale();
  void take_pass_times();
  void draw();

  /// What of the session is seen; a frame is drawn when it changes.
  std::size_t session_signature() const;
  bool running() const { return stage_->session.snapshot().state() == session::State::running; }
  bool worth_drawing();
  double seconds_to_wait() const;

  void recover(const std::string& why);
  Config present_config() const;
  void remember();
  void remember_at_rest();

  const WindowOptions& options_;
  Config config_;
  Window window_;
  ImguiContext imgui_;
  gpu::DeviceOptions device_options_;
  std::unique_ptr<Stage> stage_;
  FrameClock clock_;
  std::deque<gpu::PendingTimes> pending_times_;  ///< of frames on their way
  std::vector<gpu::PassTime> pass_times_;
  ViewState view_;
  ShellState shell_;
  Interface interface_;
  Keeper keeper_;

  Clock::time_point last_event_ = Clock::now(), last_drawn_{}, last_recovery_{}, last_config_check_ = Clock::now();
  std::size_t last_signature_ = 0;
  float scale_ = 0;
  std::string title_, remembered_;
  std::filesystem::path shown_file_;
  bool scripted_ = false;  ///< a script drives the session
  bool pause_when_loaded_ = false;
  std::uint64_t validation_before_ = 0;  ///< messages of devices that were lost
};

}  // namespace txs::app
