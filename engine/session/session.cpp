#include "session/session.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>

#include "codec/registry.h"
#include "core/error.h"
#include "core/log.h"
#include "core/worker.h"
#include "session/experiment.h"
#include "session/exports.h"
#include "session/loader.h"

namespace txs::session {
namespace {
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// A run that a dragged slider replaces at once is no run that anybody wants to find again.
constexpr auto dragging = std::chrono::seconds(1);
constexpr std::size_t most_runs_kept = 64;

std::string matching_preset(const codec::CodecKind& kind, const codec::Parameters& parameters) {
  for (const codec::Preset& preset : kind.presets)
    if (!codec::preset_parameters(kind, preset).change_to(parameters).differs) return std::string(preset.id);
  return {};
}
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

struct Session::Impl {
  explicit Impl(gpu::Device& the_device)
      : device(the_device), comparison(the_device), experiment(the_device, comparison), exports(the_device, comparison, worker) {
    kind = &codec::registry().front();
    parameters = codec::preset_parameters(*kind, kind->presets.front());
    preset = kind->presets.front().id;
  }

  gpu::Device& device;
  metrics::Comparison comparison;
  Experiment experiment;
  Snapshot snapshot;

  const codec::CodecKind* kind = nullptr;
  codec::Parameters parameters;
  std::string preset;
  std::uint64_t seed = 0, last_run_id = 0;
  std::optional<LoadedFile> file;
  bool paused = false;
  int steps_wanted = 0;
  std::string last_changed_key;
  Clock::time_point last_change{};
  gpu::Ticket last_submitted;

  // What the worker has loaded; `load_number` tells the newest request from those it has overtaken.
  std::mutex loaded_mutex;
  std::uint64_t load_number = 0;
  bool loading = false;
  std::string load_problem;
  struct Loaded {
    std::uint64_t number;
    std::optional<LoadedFile> file;
    std::string problem;
  };
  std::vector<Loaded> loaded;

  Worker worker;  // before `exports`, after what its jobs touch: joined first
  Exports exports;

  void load(std::size_t index);
  void take_loaded();
  void show(LoadedFile&& next);
  void start();
  void keep_run();
  void change_parameters(const codec::Parameters& wanted, const std::string& key);
  bool advancing(const Frame& frame) const;
  void record_frame(const Frame& frame);
  void refresh_snapshot();
  State state();
};

// --- sources

void Session::Impl::load(std::size_t index) {
  snapshot.current_file = index;
  const fs::path path = snapshot.files[index];
  const std::uint64_t number = ++load_number;
  loading = true;
  load_problem.clear();
  worker.run([this, path, number] {
    Loaded result{number, {}, {}};
    try {
      result.file = load_file(device, path);
    } catch (const std::exception& error) {
      result.problem = error.what();
    }
    const std::scoped_lock lock(loaded_mutex);
    loaded.push_back(std::move(result));
  });
}

void Session::Impl::take_loaded() {
  std::vector<Loaded> arrived;
  {
    const std::scoped_lock lock(loaded_mutex);
    arrived.swap(loaded);
  }
  for (Loaded& result : arrived) {
    if (!result.problem.empty()) say(Severity::error, result.problem);
    if (result.number != load_number) continue;
    loading = false;
    load_problem = result.problem;
    if (result.file) {
      show(std::move(*result.file));
    } else {
      snapshot.files.erase(snapshot.files.begin() + static_cast<std::ptrdiff_t>(snapshot.current_file));
      const auto shown = file ? std::ranges::find(snapshot.files, file->info.path) : snapshot.files.end();
      snapshot.current_file = shown == snapshot.files.end() ? 0 : static_cast<std::size_t>(shown - snapshot.files.begin());
    }
  }
}

/// An image becomes the source and is encoded. A container's bits are shown over the present source where they fit it, so
/// that they can be compared with it, and over their own pixels otherwise.
void Session::Impl::show(LoadedFile&& next) {
  keep_run();
  paused = false;
  if (!next.encoded) {
    snapshot.selected_block.reset();
    if (next.info.hdr && !kind->takes_hdr)
      say(Severity::note, next.info.name + ": is HDR, and " + std::string(kind->title) +
                              " takes LDR: its tone-mapped picture is the source");
    file = std::move(next);
    start();
    return;
  }
  const codec::Encoded encoded = *next.encoded;
  const std::string encoded_name = next.info.name;
  const bool fits = file && !file->encoded && file->info.width == next.info.width && file->info.height == next.info.height;
  if (!fits) {
    file = std::move(next);
    snapshot.selected_block.reset();
  }
  experiment.adopt(*file, *codec::find_reader(encoded), encoded, encoded_name, ++last_run_id);
  ++snapshot.picture_revision;
}

void Session::open(const std::vector<fs::path>& paths) {
  try {
    const std::vector<fs::path> files = expand_paths(paths);
    if (files.empty()) return;
    std::size_t first = impl_->snapshot.files.size();
    for (const fs::path& path : files) {
      auto& known = impl_->snapshot.files;
      const auto found = std::ranges::find(known, path);
      if (found == known.end()) known.push_back(path);
      if (path == files.front()) first = static_cast<std::size_t>(std::ranges::find(known, path) - known.begin());
    }
    impl_->load(first);
  } catch (const Error& error) {
    impl_->load_problem = error.what();
    say(Severity::error, error.what());
  }
}

void Session::select_file(std::size_t index) {
  if (index < impl_->snapshot.files.size()) impl_->load(index);
}

bool Session::loading() const { return impl_->loading; }
const std::string& Session::load_problem() const { return impl_->load_problem; }

// --- codec and parameters

void Session::Impl::keep_run() {
  const RunRecord& run = experiment.run();
  if (run.kind == nullptr || run.history.empty()) return;
  snapshot.runs.push_back(run);
  if (snapshot.runs.size() > most_runs_kept) snapshot.runs.erase(snapshot.runs.begin());
}

void Session::Impl::start() {
  steps_wanted = 0;
  if (!file) return;
  experiment.start(*file, *kind, preset, parameters, seed, ++last_run_id);
  ++snapshot.picture_revision;
}

void Session::Impl::change_parameters(const codec::Parameters& wanted, const std::string& key) {
  const codec::Parameters::Change change = parameters.change_to(wanted);
  if (!change.differs) return;
  parameters = wanted;
  preset = matching_preset(*kind, parameters);
  const bool dragged = key == last_changed_key && Clock::now() - last_change < dragging;
  last_changed_key = key;
  last_change = Clock::now();
  if (change.effect == codec::Effect::live && experiment.exists()) {
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
  impl_->steps_wanted = 0;
}

void Session::restart() {
  impl_->keep_run();
  impl_->start();
}

void Session::step() {
  impl_->paused = true;
  ++impl_->steps_wanted;
}

void Session::select_block(std::uint32_t block_x, std::uint32_t block_y) {
  if (!impl_->file) throw Error(Fault::usage, "no block can be selected: nothing is open");
  const codec::CodecKind& kind = *impl_->snapshot.run.kind;
  const std::uint32_t wide = gpu::divide_up(static_cast<std::uint32_t>(impl_->file->info.width), kind.block_width);
  const std::uint32_t high = gpu::divide_up(static_cast<std::uint32_t>(impl_->file->info.height), kind.block_height);
  if (block_x >= wide || block_y >= high)
    throw Error(Fault::usage, "block " + std::to_string(block_x) + ", " + std::to_string(block_y) + ": the picture has " +
                                  std::to_string(wide) + " x " + std::to_string(high) + " blocks, counted from 0");
  impl_->snapshot.selected_block = {block_x, block_y};
  impl_->experiment.select_block(impl_->snapshot.selected_block);
}

void Session::clear_selection() {
  impl_->snapshot.selected_block.reset();
  impl_->experiment.select_block({});
}

/// The first whole picture is made whatever else is asked, paused or not: nothing can be shown, measured or saved before
/// it. After that, exports wait for the search to settle, and it rests until they have what they need.
bool Session::Impl::advancing(const Frame& frame) const {
  const codec::Progress& progress = experiment.run().progress;
  if (progress.done) return false;
  if (!progress.whole) return true;
  return !exports.waiting() && progress.step < frame.stop_at_step && (!paused || steps_wanted > 0);
}

void Session::Impl::record_frame(const Frame& frame) {
  const bool exporting = exports.waiting() && experiment.settled() && experiment.run().figures;
  gpu::Recorder recorder(device);
  const bool advance = advancing(frame);
  bool recorded = experiment.record(recorder, frame, advance);
  if (recorded && advance && steps_wanted > 0) --steps_wanted;
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
  if (!impl.experiment.exists() && !impl.loading)
    impl.exports.fail_waiting(impl.experiment.failure().empty() ? "nothing is open" : impl.experiment.failure());
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
  snapshot.state = state();
  snapshot.why = experiment.failure();
  const int compiling = gpu::kernel_status(device).compiling;
  snapshot.activity = loading         ? "loading " + snapshot.files[snapshot.current_file].filename().string()
                      : compiling > 0 ? "compiling kernels (" + std::to_string(compiling) + ")"
                                      : exports.activity();
  snapshot.source = file ? std::optional(file->info) : std::nullopt;
  snapshot.run = experiment.run();
  if (snapshot.run.kind == nullptr) {
    snapshot.run.kind = kind;
    snapshot.run.parameters = parameters;
    snapshot.run.preset = preset;
  }
  snapshot.reconstruction = experiment.reconstruction();
  snapshot.reconstruction_pixels = experiment.reconstruction_pixels();
  snapshot.views = experiment.views();
  snapshot.inspection = experiment.inspection();
  snapshot.passes = experiment.passes();
  snapshot.work_per_second = experiment.work_per_second();
  snapshot.picture_revision = experiment.picture_revision();
}

const Snapshot& Session::snapshot() const { return impl_->snapshot; }

void Session::show_view(std::string_view id) { impl_->experiment.show_view(std::string(id)); }

// --- keeping

void Session::save_artifact(const fs::path& path, Saved done) {
  impl_->exports.request({Exports::Kind::artifact, path, {}, std::move(done), {}});
}
void Session::save_checkpoint(const fs::path& path, Saved done) {
  impl_->exports.request({Exports::Kind::checkpoint, path, {}, std::move(done), {}});
}
void Session::save_latents(const fs::path& path, Saved done) {
  impl_->exports.request({Exports::Kind::latents, path, {}, std::move(done), {}});
}
void Session::save_curves(const fs::path& path, Saved done) {
  say(Severity::error, path.string() + ": curves cannot be saved yet");
  if (done) done("curves cannot be saved yet");
}
void Session::import_latents(const fs::path& path, Saved done) {
  say(Severity::error, path.string() + ": latents cannot be read yet");
  if (done) done("latents cannot be read yet");
}
void Session::open_over(const fs::path& image, const fs::path&) { open({image}); }
void Session::save_decoded(const fs::path& path, Saved done) {
  impl_->exports.request({Exports::Kind::decoded, path, {}, std::move(done), {}});
}
void Session::save_sheet(const fs::path& path, const SheetSettings& settings, Saved done) {
  impl_->exports.request({Exports::Kind::sheet, path, settings, std::move(done), {}});
}
void Session::save_report(const fs::path& path, Saved done) {
  impl_->exports.request({Exports::Kind::report, path, {}, std::move(done), {}});
}
void Session::measure(std::function<void(const artifact::ResultRecord&)> take) {
  impl_->exports.request({Exports::Kind::measure, {}, {}, {}, std::move(take)});
}
bool Session::saving() const { return impl_->exports.busy(); }

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
