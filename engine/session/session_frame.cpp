// A frame's work of both experiments, and the snapshot after it.
#include <algorithm>

#include "core/log.h"
#include "session/session_impl.h"

namespace txs::session {
namespace {
/// Ends of the search's frames that a pause brings, before the caller's own.
std::uint64_t stop_of(const Side& side, bool paused, std::uint64_t stop_at_step) {
  if (!paused || !side.experiment.run().progress.whole) return stop_at_step;
  return std::min(stop_at_step, side.step_target.value_or(0));
}

/// A checkpoint further than it is to go is no error, but no step comes of it.
void say_if_beyond(Side& side, std::uint64_t stop_at_step) {
  const RunRecord& run = side.experiment.run();
  const bool untouched = !run.resumed_from.empty() && run.history.size() <= 1 && run.id != side.said_beyond;
  if (!untouched || run.progress.step <= stop_at_step) return;
  side.said_beyond = run.id;
  say(Severity::warning, run.resumed_from + ": is at step " + std::to_string(run.progress.step) +
                             " already, and step " + std::to_string(stop_at_step) + " is asked for: no step is taken");
}

bool has_failed(const Experiment& experiment) { return !experiment.failure().empty(); }
}  // namespace

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

Sides Session::Impl::experiments() {
  return {&side(Slot::a).experiment, has_b ? &side(Slot::b).experiment : nullptr, between.figures()};
}

/// Whether everything that is shown has been measured, so that what is kept now is of one state.
bool Session::Impl::settled() const {
  for (const auto& side : used()) {
    const Experiment& experiment = side->experiment;
    if (!has_failed(experiment) && !(experiment.settled() && experiment.run().figures)) return false;
  }
  return !has_b || !between.owed(sides[0]->experiment, sides[1]->experiment);
}

/// Exports wait for the search to settle, and it rests until they have what they need.
bool Session::Impl::record_frame(Side& side, Frame frame) {
  frame.stop_at_step = stop_of(side, paused, frame.stop_at_step);
  const bool rests = exports.waiting() && side.experiment.run().progress.whole;
  gpu::Recorder recorder(device);
  if (!side.experiment.record(recorder, frame, !rests && side.advancing(frame.stop_at_step))) return false;
  gpu::PendingTimes times = recorder.times();
  last_submitted = device.submit(std::move(recorder));
  side.experiment.submitted(last_submitted, std::move(times));
  return true;
}

/// Each goes on in its own submission, so that its time is measured by itself; those that advance share the frame.
void Session::Impl::record_all(Frame frame) {
  const bool quiet = settled();
  std::vector<Side*> ready;
  for (const auto& side : used())
    if (side->experiment.ready()) ready.push_back(side.get());
  const auto advancing = std::ranges::count_if(
      ready, [&](const Side* side) { return side->advancing(stop_of(*side, paused, frame.stop_at_step)); });
  frame.milliseconds /= double(std::max<std::ptrdiff_t>(1, advancing + (exports.encoding_levels() ? 1 : 0)));
  bool recorded = false;
  for (Side* side : ready) {
    say_if_beyond(*side, frame.stop_at_step);
    recorded |= record_frame(*side, frame);
  }

  if (const auto levels = exports.encode_levels(frame.milliseconds, frame.pace)) last_submitted = *levels;

  if (has_b && between.owed(side(Slot::a).experiment, side(Slot::b).experiment)) {
    gpu::Recorder recorder(device);
    const bool at_rest = advancing == 0 || exports.waiting();
    if (!between.record(recorder, side(Slot::a).experiment, side(Slot::b).experiment, at_rest)) return;
    last_submitted = device.submit(std::move(recorder));
  } else if (exports.waiting() && quiet && !recorded && !ready.empty()) {
    gpu::Recorder recorder(device);
    exports.record(recorder, experiments(), file->info);
    last_submitted = device.submit(std::move(recorder));
  }
}

/// Answers the exports that can never be.
void Session::Impl::answer_hopeless() {
  for (const Slot slot : {Slot::a, Slot::b}) {
    const Experiment& experiment = side(slot).experiment;
    if (has_failed(experiment))
      exports.fail_waiting(slot, experiment.failure());
    else if (!experiment.exists() && !loading)
      exports.fail_waiting(slot, file ? "there is no B" : "nothing is open");
  }
}

void Session::update(const Frame& frame) {
  Impl& impl = *impl_;
  impl.take_loaded();
  for (const auto& side : impl.sides) side->experiment.collect();
  impl.between.collect();
  impl.exports.collect();
  impl.record_all(frame);
  impl.answer_hopeless();
  impl.refresh_snapshot();
}

void Session::wait_for_gpu() { impl_->device.wait(impl_->last_submitted); }

State Session::Impl::state(Side& side) {
  Experiment& experiment = side.experiment;
  if (has_failed(experiment)) return State::failed;
  if (!experiment.exists()) return loading ? State::loading : State::empty;
  if (!experiment.ready()) return has_failed(experiment) ? State::failed : State::compiling;
  if (experiment.done() && experiment.settled()) return State::done;
  return paused ? State::paused : State::running;
}

void Session::Impl::refresh(ExperimentSnapshot& shown, Side& side) {
  const Experiment& experiment = side.experiment;
  shown.state = state(side);
  shown.why = experiment.failure();
  shown.run = experiment.run();
  if (shown.run.kind == nullptr) {
    shown.run.kind = side.kind;
    shown.run.parameters = side.parameters;
    shown.run.preset = side.preset;
  }
  shown.reconstruction = experiment.reconstruction();
  shown.reconstruction_pixels = experiment.reconstruction_pixels();
  shown.reconstruction_light = experiment.reconstruction_light();
  shown.views = experiment.views();
  shown.views_drawn = experiment.views_drawn();
  shown.view_counts = experiment.view_counts();
  shown.selected_block = experiment.selected_block();
  shown.inspection = experiment.inspection();
  shown.passes = experiment.passes();
  shown.work_per_second = experiment.work_per_second();
  shown.picture_revision = experiment.picture_revision();
}

void Session::Impl::refresh_snapshot() {
  const int compiling = gpu::kernel_status(device).compiling;
  snapshot.activity = loading         ? "loading " + loading_name
                      : compiling > 0 ? "compiling kernels (" + std::to_string(compiling) + ")"
                                      : exports.activity();
  snapshot.source = file ? std::optional(file->info) : std::nullopt;
  refresh(snapshot.a, side(Slot::a));
  if (has_b) {
    if (!snapshot.b) snapshot.b.emplace();
    refresh(*snapshot.b, side(Slot::b));
  } else {
    snapshot.b.reset();
  }
  snapshot.between = has_b ? between.figures() : std::nullopt;
}

const Snapshot& Session::snapshot() const { return impl_->snapshot; }

}  // namespace txs::session
