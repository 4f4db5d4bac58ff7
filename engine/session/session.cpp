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

Side::Side(gpu::Device& device, metrics::Comparison& comparison, Worker& worker)
    : experiment(device, comparison, worker) {
  set_preset(codec::registry().front(), codec::registry().front().presets.front());
}

void Side::set_preset(const codec::CodecKind& new_kind, const codec::Preset& new_preset) {
  kind = &new_kind;
  preset = new_preset.id;
  parameters = codec::preset_parameters(new_kind, new_preset);
  last_changed_key.clear();
}

bool Side::advancing(std::uint64_t stop_at_step) const {
  const codec::Progress& progress = experiment.run().progress;
  if (progress.done) return false;
  return !progress.whole || progress.step < stop_at_step;
}

Session::Impl::Impl(gpu::Device& the_device)
    : device(the_device), comparison(the_device),
      sides{std::make_unique<Side>(the_device, comparison, worker), std::make_unique<Side>(the_device, comparison, worker)},
      between(comparison), exports(the_device, comparison, worker) {}

// --- codec and parameters

void Session::Impl::keep_run(const Side& side) {
  const RunRecord& run = side.experiment.run();
  if (run.kind == nullptr || run.history.empty()) return;
  snapshot.runs.push_back(run);
  if (snapshot.runs.size() > most_runs_kept) snapshot.runs.erase(snapshot.runs.begin());
}

void Session::Impl::start(Side& side) {
  side.step_target.reset();
  if (!file) return;
  side.experiment.start(*file, *side.kind, side.preset, side.parameters, side.seed, ++last_run_id);
  inspect(place);
}

void Session::Impl::change_parameters(Side& side, const codec::Parameters& wanted, const std::string& key) {
  const codec::Parameters::Change change = side.parameters.change_to(wanted);
  if (!change.differs) return;
  side.parameters = wanted;
  side.preset = matching_preset(*side.kind, side.parameters);
  const auto now = std::chrono::steady_clock::now();
  const bool dragged = key == side.last_changed_key && now - side.last_change < dragging;
  side.last_changed_key = key;
  side.last_change = now;
  const bool going_on = side.experiment.exists() && side.experiment.failure().empty();
  if (change.effect == codec::Effect::live && going_on) {
    side.experiment.set_live(side.parameters, side.preset);
    return;
  }
  if (!dragged) keep_run(side);
  start(side);
}

void Session::set_codec(std::string_view id) {
  const codec::CodecKind& kind = codec::find_codec(id);
  set_preset(kind.presets.front().id);
}

void Session::set_preset(std::string_view id) {
  const auto [kind, preset] = codec::find_preset(id);
  Side& side = impl_->focused();
  impl_->keep_run(side);
  side.set_preset(*kind, *preset);
  impl_->start(side);
}

void Session::set_parameter(std::string_view key, double value) {
  Side& side = impl_->focused();
  codec::Parameters wanted = side.parameters;
  wanted.set(key, value);
  impl_->change_parameters(side, wanted, std::string(key));
}

void Session::set_parameter_text(std::string_view key, std::string_view text) {
  Side& side = impl_->focused();
  codec::Parameters wanted = side.parameters;
  wanted.set_text(key, text);
  impl_->change_parameters(side, wanted, std::string(key));
}

void Session::set_seed(std::uint64_t seed) {
  Side& side = impl_->focused();
  if (seed == side.seed) return;
  side.seed = seed;
  restart();
}

void Session::restore_run(std::uint64_t id) {
  const auto found = std::ranges::find(impl_->snapshot.runs, id, &RunRecord::id);
  if (found == impl_->snapshot.runs.end()) return;
  const RunRecord run = *found;
  if (!run.artifact_name.empty())
    return say(Severity::note, run.artifact_name + ": are a file's bits; drop the file again to see them");
  Side& side = impl_->focused();
  impl_->keep_run(side);
  side.kind = run.kind;
  side.parameters = run.parameters;
  side.preset = matching_preset(*run.kind, run.parameters);
  side.seed = run.seed;
  side.last_changed_key.clear();
  impl_->start(side);
}

// --- the run

void Session::pause() { impl_->paused = true; }

void Session::resume() {
  impl_->paused = false;
  for (const auto& side : impl_->used()) side->step_target.reset();
}

void Session::restart() {
  Side& side = impl_->focused();
  impl_->keep_run(side);
  impl_->start(side);
}

void Session::step() {
  impl_->paused = true;
  for (const auto& side : impl_->used())
    side->step_target = std::max(side->step_target.value_or(0), side->experiment.run().progress.step) + 1;
}

void Session::Impl::inspect(std::optional<Place> at) {
  place = at;
  for (const auto& side : used()) side->experiment.select(at);
  snapshot.a.selected_block = side(Slot::a).experiment.selected_block();
  if (snapshot.b) snapshot.b->selected_block = side(Slot::b).experiment.selected_block();
}

namespace {

/// A picture of none where nothing is open.
PictureSize size_to_select_in(const std::optional<LoadedFile>& file) {
  if (!file) throw Error(Fault::usage, "no block can be selected: nothing is open");
  return {file->info.width, file->info.height};
}

}  // namespace

void Session::select_texel(std::uint32_t x, std::uint32_t y) {
  const auto [width, height] = size_to_select_in(impl_->file);
  if (x >= std::uint32_t(width) || y >= std::uint32_t(height))
    throw Error(Fault::usage, "texel " + std::to_string(x) + ", " + std::to_string(y) + ": the picture has " +
                                  std::to_string(width) + " x " + std::to_string(height) + " texels, counted from 0");
  impl_->inspect(Place{x, y});
}

void Session::select_block(std::uint32_t block_x, std::uint32_t block_y) {
  const auto [width, height] = size_to_select_in(impl_->file);
  const codec::BlockSize block = impl_->focused().experiment.run().block;
  const std::uint32_t wide = gpu::divide_up(std::uint32_t(width), block.width);
  const std::uint32_t high = gpu::divide_up(std::uint32_t(height), block.height);
  if (block_x >= wide || block_y >= high)
    throw Error(Fault::usage, "block " + std::to_string(block_x) + ", " + std::to_string(block_y) + ": the picture has " +
                                  std::to_string(wide) + " x " + std::to_string(high) + " blocks, counted from 0");
  impl_->inspect(Place{block_x * block.width, block_y * block.height});
}

void Session::clear_selection() { impl_->inspect({}); }

void Session::show_view(Slot slot, std::string_view id) { impl_->side(slot).experiment.show_view(id); }

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
