#include "shell/application.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <thread>

#include "artifact/container.h"
#include "core/error.h"
#include "core/log.h"
#include "theme/theme.h"

namespace txs::app {
namespace {

// A frame that carries the search: 60 a second where the device is fast, on a software device 33, which leaves room for
// the frames that also measure or save before anyone sees less than 30.
constexpr double wanted_frame = 1.0 / 60, wanted_frame_on_cpu = 1.0 / 33;

// After an event the interface goes on for a while: hover colours, tooltips that wait for the pointer to rest.
constexpr auto after_event = std::chrono::milliseconds(700);
constexpr double idle_wait = 0.25;  // seconds between looks at what other threads have done
constexpr double busy_wait = 0.02;  // ... while they are known to be at it
constexpr auto between_turns = std::chrono::milliseconds(100);  // of the sign for what passes: loading, compiling
constexpr auto between_recoveries = std::chrono::seconds(10);
constexpr auto between_config_checks = std::chrono::seconds(5);

gpu::DeviceOptions for_window(gpu::DeviceOptions options) {
  options.windowed = true;
  options.instance_extensions = Window::instance_extensions();
  return options;
}

Config initial_config(const WindowOptions& options) { return options.remember ? load_config() : Config{}; }

void mix(std::size_t& hash, std::size_t value) { hash ^= value + 0x9e3779b97f4a7c15ull + (hash << 6) + (hash >> 2); }

}  // namespace

Application::Application(const WindowOptions& options)
    : options_(options),
      config_(initial_config(options)),
      window_({config_.width, config_.height}, config_.maximised),
      imgui_(window_),
      device_options_(for_window(options.device)),
      stage_(std::make_unique<Stage>(device_options_, window_)),
      clock_(window_.refresh_seconds(), stage_->device.is_cpu() ? wanted_frame_on_cpu : wanted_frame),
      view_(config_.view) {
  shell_.ui_scale = config_.ui_scale;
  interface_.fold(config_.folded);
  scripted_ = options_.each_frame != nullptr;
  remembered_ = config_text(config_);
  restore_parameters();
  if (!options_.files.empty()) stage_->session.open(options_.files);
}

/// Of the last start; what the codec no longer knows or takes is left at its default.
void Application::restore_parameters() {
  session::Session& session = stage_->session;
  try {
    if (!config_.codec.empty()) session.set_codec(config_.codec);
    if (!config_.preset.empty()) return session.set_preset(config_.preset);
  } catch (const Error&) {
    return;
  }
  for (const auto& [key, text] : config_.parameters) {
    try {
      session.set_parameter_text(key, text);
    } catch (const Error&) {
      continue;
    }
  }
}

int Application::run() {
  while (!shell_.quit && !window_.should_close()) {
    try {
      frame();
    } catch (const Error& error) {
      if (error.fault() != Fault::device) throw;
      recover(error.what());
    }
  }
  remember();
  const std::uint64_t said = validation_before_ + stage_->device.validation_messages();
  if (said > 0) say(Severity::error, "the validation layer said " + std::to_string(said) + " messages");
  return said > 0 ? int(Fault::internal) : 0;
}

void Application::frame() {
  take_events(window_.poll(seconds_to_wait()));
  if (scripted_ && !take_turn()) return;
  update_session();
  remember_at_rest();
  if (window_.minimised() || !worth_drawing() || !stage_->swapchain.acquire()) {
    clock_.rest();
    stage_->session.wait_for_gpu();  // acquiring an image is what holds the search back otherwise
    if (scripted_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return;
  }
  clock_.begin();
  last_drawn_ = Clock::now();
  follow_scale();
  draw();
}

/// Asks the script; false when it has quit.
bool Application::take_turn() {
  const Turn turn = options_.each_frame(stage_->session, view_);
  scripted_ = turn == Turn::frame;
  shell_.quit = turn == Turn::quit;
  last_event_ = Clock::now();  // what it did may be seen
  return !shell_.quit;
}

void Application::take_events(const WindowEvents& events) {
  if (events.any) last_event_ = Clock::now();
  take_drops(events.drops, {events.drop_x, events.drop_y});
  Desk desk{stage_->session, stage_->canvas, view_, shell_};
  for (const int key : events.releases) release(key, desk);
  const bool popup_has_keys =
      ImGui::IsPopupOpen(static_cast<const char*>(nullptr), ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
  const auto escape = [](const KeyPress& press) { return press.key == GLFW_KEY_ESCAPE; };
  if (popup_has_keys && std::ranges::any_of(events.presses, escape)) ImGui::ClosePopupToLevel(0, true);
  if (ImGui::GetIO().WantTextInput || popup_has_keys) return;
  for (const KeyPress& press : events.presses) perform(press, desk);
}

/// Latents go into the present network, an artifact that is dropped on B becomes B, everything else is opened.
void Application::take_drops(std::vector<std::filesystem::path> drops, ImVec2 point) {
  const auto latents = [](const std::filesystem::path& path) {
    return path.extension() == ".npy" || path.extension() == ".npz";
  };
  const auto others = std::ranges::stable_partition(drops, latents);
  for (auto path = drops.begin(); path != others.begin(); ++path) stage_->session.import_latents(*path);
  if (others.empty()) return;
  const bool one_artifact = others.size() == 1 && artifact::has_container_extension(others.front());
  if (one_artifact && stage_->session.snapshot().source && over_b(point))
    stage_->session.open_as_b(others.front());
  else
    stage_->session.open({others.begin(), others.end()});
}

bool Application::over_b(ImVec2 point) const {
  if (interface_.over_b_choice(point)) return true;
  const std::optional<Cell> cell = stage_->canvas.cell_at(point);
  return cell && slot_of(*cell) == session::Slot::b;
}

void Application::update_session() {
  session::Session::Frame frame;
  frame.milliseconds = clock_.search_milliseconds();
  if (scripted_ && options_.stop_at_step) frame.stop_at_step = options_.stop_at_step();
  for (const session::Slot slot : {session::Slot::a, session::Slot::b})
    stage_->session.show_view(slot, seen_view(stage_->session.snapshot(), view_, slot));
  stage_->session.update(frame);
  if (pause_when_loaded_ && stage_->session.snapshot().source) {
    stage_->session.pause();
    pause_when_loaded_ = false;
  }
  keep_what_was_asked();
  follow_source();
}

void Application::keep_what_was_asked() {
  if (shell_.keep) keeper_.keep(*shell_.keep, stage_->session, view_);
  shell_.keep.reset();
}

void Application::follow_source() {
  const session::Snapshot& snapshot = stage_->session.snapshot();
  if (snapshot.source && snapshot.source->path != shown_file_) {
    shown_file_ = snapshot.source->path;
    config_.add_recent(shown_file_);
  }
  std::string title = snapshot.source ? snapshot.source->name + " \u2013 Texelscope" : "Texelscope";
  if (title == title_) return;
  title_ = std::move(title);
  window_.set_title(title_);
}

/// Fonts and lengths for the monitor the window is on now, or as the user has set them.
void Application::follow_scale() {
  const float scale = shell_.ui_scale > 0 ? shell_.ui_scale : window_.content_scale();
  if (scale == scale_) return;
  scale_ = scale;
  theme::apply(scale);
  stage_->renderer.upload_fonts();
}

void Application::draw() {
  Stage& stage = *stage_;
  imgui_.begin_frame();
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  take_pass_times();
  Desk desk{stage.session, stage.canvas, view_, shell_};
  interface_.draw({size.x, size.y}, desk, config_,
                  {stage.device.info().name, clock_.frames_per_second(), stage.device.allocated_bytes(), pass_times_});
  ImGui::Render();

  gpu::Recorder recorder(stage.device);
  stage.canvas.record(recorder);
  recorder.begin_pass("interface");
  const ImVec4 clear = ImGui::ColorConvertU32ToFloat4(colour::window);
  stage.swapchain.begin_rendering(recorder, &clear.x);
  stage.renderer.draw(recorder, *ImGui::GetDrawData(), stage.swapchain.width(), stage.swapchain.height());
  stage.swapchain.end_rendering(recorder);
  recorder.end_pass();
  pending_times_.push_back(recorder.times());
  stage.swapchain.present(std::move(recorder));
}

void Application::take_pass_times() {
  while (!pending_times_.empty() && pending_times_.front().ready()) {
    pass_times_ = pending_times_.front().times();
    pending_times_.pop_front();
  }
}

std::size_t Application::session_signature() const {
  const session::Snapshot& snapshot = stage_->session.snapshot();
  std::size_t hash = 0;
  for (const session::Slot slot : {session::Slot::a, session::Slot::b}) {
    const session::ExperimentSnapshot* experiment = snapshot.of(slot);
    mix(hash, experiment != nullptr);
    if (!experiment) continue;
    mix(hash, std::size_t(experiment->state));
    mix(hash, experiment->picture_revision);
    mix(hash, experiment->run.id);
    mix(hash, experiment->run.progress.step);
    mix(hash, experiment->run.history.size());
    mix(hash, experiment->run.figures ? std::hash<double>{}(experiment->run.figures->psnr_db) : 0);
    mix(hash, std::hash<const void*>{}(experiment->inspection.get()));
    mix(hash, std::hash<const void*>{}(experiment->reconstruction_pixels.get()));
  }
  mix(hash, std::size_t(snapshot.focus));
  mix(hash, snapshot.between ? std::hash<double>{}(snapshot.between->psnr_db) : 0);
  mix(hash, std::hash<std::string>{}(snapshot.activity));
  mix(hash, snapshot.runs.size());
  mix(hash, snapshot.files.size());
  mix(hash, std::hash<const void*>{}(snapshot.source ? snapshot.source->picture.get() : nullptr));
  return hash;
}

bool Application::worth_drawing() {
  const std::size_t signature = session_signature();
  const bool changed = signature != last_signature_;
  last_signature_ = signature;
  if (changed) last_event_ = Clock::now();  // the plots' ranges glide to what is new
  const session::State state = stage_->session.snapshot().state();
  const bool turning = (state == session::State::loading || state == session::State::compiling) &&
                       Clock::now() - last_drawn_ >= between_turns;
  return changed || turning || running() || stage_->canvas.stale() || interface_.animated() || interface_.toasts().due() ||
         Clock::now() - last_event_ < after_event;
}

double Application::seconds_to_wait() const {
  if (scripted_ || running() || interface_.animated() || Clock::now() - last_event_ < after_event) return 0;
  if (!stage_->session.snapshot().activity.empty() || stage_->session.loading() || stage_->canvas.stale())
    return busy_wait;
  return std::min(idle_wait, std::max(interface_.toasts().next_change(), 0.001));
}

/// Everything on the device is made anew and the files are opened again, paused: what was running may be what broke it.
void Application::recover(const std::string& why) {
  if (Clock::now() - last_recovery_ < between_recoveries) throw Error(Fault::device, why);
  last_recovery_ = Clock::now();
  say(Severity::error, why);
  if (GImGui->WithinFrameScope) {
    ImGui::ErrorCheckEndFrameRecover(nullptr);
    ImGui::EndFrame();
  }
  config_ = present_config();
  const std::vector<std::filesystem::path> files = stage_->session.snapshot().files;
  const std::size_t current = stage_->session.snapshot().current_file;
  validation_before_ += stage_->device.validation_messages();
  pending_times_.clear();
  stage_.reset();
  stage_ = std::make_unique<Stage>(device_options_, window_);
  scale_ = 0;  // the fonts are gone too
  restore_parameters();
  if (files.empty()) return;
  stage_->session.open(files);
  stage_->session.select_file(current);
  pause_when_loaded_ = true;
  say(Severity::warning, "the search was stopped; everything else goes on. Space resumes it");
}

Config Application::present_config() const {
  Config config = config_;
  if (!window_.maximised() && !window_.minimised()) {
    const Window::Size size = window_.size();
    const float scale = window_.content_scale();
    config.width =
        std::clamp(int(std::lround(float(size.width) / scale)), Config::smallest_width, Config::largest_side);
    config.height =
        std::clamp(int(std::lround(float(size.height) / scale)), Config::smallest_height, Config::largest_side);
  }
  config.maximised = window_.maximised();
  config.ui_scale = shell_.ui_scale;
  config.view = view_;
  config.folded = interface_.folded();
  const session::RunRecord& run = stage_->session.snapshot().a.run;
  config.codec = run.kind ? run.kind->id : "";
  config.preset = run.preset;
  config.parameters = run.parameters.texts();
  return config;
}

void Application::remember() {
  if (!options_.remember) return;
  const Config config = present_config();
  const std::string text = config_text(config);
  if (text == remembered_) return;
  save_config(config);
  remembered_ = text;
}

void Application::remember_at_rest() {
  const auto now = Clock::now();
  if (now - last_config_check_ < between_config_checks || now - last_event_ < after_event) return;
  last_config_check_ = now;
  remember();
}

}  // namespace txs::app
