#include "session/session.h"

#include <algorithm>

#include "codec/registry.h"
#include "core/error.h"
#include "core/log.h"
#include "session/session_impl.h"

namespace txs::session {
namespace {
// A run that a dragged slider replaces at once is no run that anybody wants to find again.
constexpr auto dragging = std::chrono::seconds(1);
constexpr std::size_t most_runs_kept = 64;
}  // namespace

std::string matching_preset(const codec::CodecKind& kind, const codec::Parameters& parameters) {
  for (const codec::Preset& preset : kind.presets)
    if (!codec::preset_parameters(kind, preset).change_to(parameters).differs) return std::string(preset.id);
  return {};
}

std::string_view state_name(State state) {
  switch (state) {
    case State::empty: return "empty";
    case State::loading: return "loading";
    case State::compiling: return "compiling";
    case State::running: return "running";
    case State::paused: return "paused";
    case State::done: return "done";
    case State::failed: return "failed";
  }
  return "";
}

State Snapshot::state() const {
  if (!b) return a.state;
  // What goes on comes before what has ended, and a failure before what has ended well.
  for (const State state : {State::running, State::compiling, State::loading, State::paused, State::failed, State::empty})
    if (a.state == state || b->state == state) return state;
  return State::done;
}

Session::Impl::Impl(gpu::Device& the_device)
    : device(the_device), comparison(the_device), experiment(the_device, comparison, worker),
      exports(the_device, comparison, worker) {
  kind = &codec::registry().front();
  parameters = codec::preset_parameters(*kind, kind->presets.front());
  preset = kind->presets.front().id;
}

// --- codec and parameters

void Session::Impl::keep_run() {
  const RunRecord& run = experiment.run();
  if (run.kind == nullptr || run.history.empty()) return;
  snapshot.runs.push_back(run);
  if (snapshot.runs.size() > most_runs_kept) snapshot.runs.erase(snapshot.runs.begin());
}

void Session::Impl::start() {
  step_target.reset();
  if (!file) return;
  experiment.start(*file, *kind, preset, parameters, seed, ++last_run_id);
  snapshot.a.selected_block = experiment.selected_block();
}

void Session::Impl::change_parameters(const codec::Parameters& wanted, const std::string& key) {
  const codec::Parameters::Change change = parameters.change_to(wanted);
  if (!change.differs) return;
  parameters = wanted;
  preset = matching_preset(*kind, parameters);
  const bool dragged = key == last_changed_key && Clock::now() - last_change < dragging;
  last_changed_key = key;
  last_change = Clock::now();
  const bool going_on = experiment.exists() && experiment.failure().empty();
  if (change.effect == codec::Effect::live && going_on) {
    experiment.set_live(parameters, preset);
    return;
  }
  if (!dragged) keep_run();
  start();
}

void Session::set_codec(std::string_view id) {
  const codec::CodecKind& kind = codec::find_codec(id);
  set_preset(kind.presets.front().id);
}

void Session::set_preset(std::string_view id) {
  const auto [kind, preset] = codec::find_preset(id);
  impl_->keep_run();
  impl_->kind = kind;
  impl_->preset = preset->id;
  impl_->parameters = codec::preset_parameters(*kind, *preset);
  impl_->last_changed_key.clear();
  impl_->start();
}

void Session::set_parameter(std::string_view key, double value) {
  codec::Parameters wanted = impl_->parameters;
  wanted.set(key, value);
  impl_->change_parameters(wanted, std::string(key));
}

void Session::set_parameter_text(std::string_view key, std::string_view text) {
  codec::Parameters wanted = impl_->parameters;
  wanted.set_text(key, text);
  impl_->change_parameters(wanted, std::string(key));
}

void Session::set_seed(std::uint64_t seed) {
  if (seed == impl_->seed) return;
  impl_->seed = seed;
  restart();
}

void Session::restore_run(std::uint64_t id) {
  const auto found = std::ranges::find(impl_->snapshot.runs, id, &RunRecord::id);
  if (found == impl_->snapshot.runs.end()) return;
  const RunRecord run = *found;
  if (!run.artifact_name.empty())
    return say(Severity::note, run.artifact_name + ": are a file's bits; drop the file again to see them");
  impl_->keep_run();
  impl_->kind = run.kind;
  impl_->parameters = run.parameters;
  impl_->preset = matching_preset(*run.kind, run.parameters);
  impl_->seed = run.seed;
  impl_->last_changed_key.clear();
  impl_->start();
}

// --- the run

void Session::pause() { impl_->paused = true; }

void Session::resume() {
  impl_->paused = false;
  impl_->step_target.reset();
}

void Session::restart() {
  impl_->keep_run();
  impl_->start();
}

void Session::step() {
  impl_->paused = true;
  impl_->step_target = std::max(impl_->step_target.value_or(0), impl_->experiment.run().progress.step) + 1;
}

void Session::select_block(std::uint32_t block_x, std::uint32_t block_y) {
  if (!impl_->file) throw Error(Fault::usage, "no block can be selected: nothing is open");
  const codec::CodecKind* running = impl_->experiment.run().kind;
  const codec::CodecKind& kind = running != nullptr ? *running : *impl_->kind;
  const std::uint32_t wide = gpu::divide_up(static_cast<std::uint32_t>(impl_->file->info.width), kind.block_width);
  const std::uint32_t high = gpu::divide_up(static_cast<std::uint32_t>(impl_->file->info.height), kind.block_height);
  if (block_x >= wide || block_y >= high)
    throw Error(Fault::usage, "block " + std::to_string(block_x) + ", " + std::to_string(block_y) + ": the picture has " +
                                  std::to_string(wide) + " x " + std::to_string(high) + " blocks, counted from 0");
  impl_->experiment.select_block(std::pair(block_x, block_y));
  impl_->snapshot.a.selected_block = impl_->experiment.selected_block();
}

void Session::clear_selection() {
  impl_->experiment.select_block({});
  impl_->snapshot.a.selected_block.reset();
}

/// The first whole picture is made whatever else is asked, paused or not: nothing can be shown, measured or saved before
/// it. After that, exports wait for the search to settle, and it rests until they have what they need.
bool Session::Impl::advancing(const Frame& frame) const {
  const codec::Progress& progress = experiment.run().progress;
  if (progress.done) return false;
  if (!progress.whole) return true;
  return !exports.waiting() && progress.step < frame.stop_at_step;
}

void Session::Impl::record_frame(Frame frame) {
  if (paused && experiment.run().progress.whole) frame.stop_at_step = std::min(frame.stop_at_step, step_target.value_or(0));
  const bool exporting = exports.waiting() && experiment.settled() && experiment.run().figures;
  gpu::Recorder recorder(device);
  bool recorded = experiment.record(recorder, frame, advancing(frame));
  if (exporting && !recorded) {
    exports.record(recorder, experiment, file->info);
    recorded = true;
  }
  if (!recorded) return;
  gpu::PendingTimes times = recorder.times();
  last_submitted = device.submit(std::move(recorder));
  experiment.submitted(last_submitted, std::move(times));
}

void Session::update(const Frame& frame) {
  Impl& impl = *impl_;
  impl.take_loaded();
  impl.experiment.collect();
  impl.exports.collect();
  if (impl.experiment.ready()) impl.record_frame(frame);
  const std::string& failure = impl.experiment.failure();
  if (!failure.empty())
    impl.exports.fail_waiting(failure);
  else if (!impl.experiment.exists() && !impl.loading)
    impl.exports.fail_waiting("nothing is open");
  impl.refresh_snapshot();
}

void Session::wait_for_gpu() { impl_->device.wait(impl_->last_submitted); }

State Session::Impl::state() {
  if (!experiment.failure().empty()) return State::failed;
  if (!experiment.exists()) return loading ? State::loading : State::empty;
  if (!experiment.ready()) return experiment.failure().empty() ? State::compiling : State::failed;
  if (experiment.done() && experiment.settled()) return State::done;
  return paused ? State::paused : State::running;
}

void Session::Impl::refresh_snapshot() {
  const int compiling = gpu::kernel_status(device).compiling;
  snapshot.activity = loading         ? "loading " + snapshot.files[snapshot.current_file].filename().string()
                      : compiling > 0 ? "compiling kernels (" + std::to_string(compiling) + ")"
                                      : exports.activity();
  snapshot.source = file ? std::optional(file->info) : std::nullopt;
  ExperimentSnapshot& a = snapshot.a;
  a.state = state();
  a.why = experiment.failure();
  a.run = experiment.run();
  if (a.run.kind == nullptr) {
    a.run.kind = kind;
    a.run.parameters = parameters;
    a.run.preset = preset;
  }
  a.reconstruction = experiment.reconstruction();
  a.reconstruction_pixels = experiment.reconstruction_pixels();
  a.views = experiment.views();
  a.selected_block = experiment.selected_block();
  a.inspection = experiment.inspection();
  a.passes = experiment.passes();
  a.work_per_second = experiment.work_per_second();
  a.picture_revision = experiment.picture_revision();
}

const Snapshot& Session::snapshot() const { return impl_->snapshot; }

void Session::show_view(std::string_view id) { impl_->experiment.show_view(id); }

Session::Session(gpu::Device& device) : impl_(std::make_unique<Impl>(device)) { impl_->refresh_snapshot(); }

Session::~Session() {
  impl_->worker.wait_idle();
  try {
    impl_->device.wait_idle();
  } catch (const Error&) {
    // The device is lost: nothing runs on it any more.
  }
}

}  // namespace txs::session
