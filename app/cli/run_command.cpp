#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/log.h"
#include "core/units.h"
#include "session/session.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;
using session::Session;
using session::State;

// Long enough that the host costs nothing, short enough for any driver's watchdog (2 s on Windows, 5 s elsewhere) and for
// Ctrl-C to be felt at once.
constexpr double slice_milliseconds = 200;

void require_extension(const fs::path& path, const char* option, std::initializer_list<const char*> allowed) {
  if (path.empty()) return;
  std::string list;
  for (const char* extension : allowed) {
    if (path.extension() == extension) return;
    list += (list.empty() ? "" : " or ") + std::string(extension);
  }
  throw Error(Fault::usage, std::string(option) + " " + path.string() + ": must end in " + list);
}

using Output = std::pair<const fs::path*, const char*>;
std::vector<Output> outputs(const RunOptions& options) {
  return {{&options.out, "--out"},     {&options.checkpoint, "--checkpoint"}, {&options.latents, "--latents"},
          {&options.decoded, "--decoded"}, {&options.sheet, "--sheet"},     {&options.report, "--report"},
          {&options.curves, "--curves"}};
}

/// What would be lost: an output over another or over an input, or an encode whose target has no folder.
void require_own_files(const RunOptions& options) {
  std::vector<std::pair<fs::path, std::string>> taken{{fs::weakly_canonical(options.image), "the image itself"}};
  for (const auto& [path, option] : outputs(options)) {
    if (path->empty()) continue;
    if (path->has_parent_path() && !fs::is_directory(path->parent_path()))
      throw Error(Fault::internal,
                  path->string() + ": cannot be written: there is no folder " + path->parent_path().string());
    const fs::path place = fs::weakly_canonical(*path);
    for (const auto& [other, name] : taken)
      if (place == other)
        throw Error(Fault::usage, std::string(option) + " " + path->string() + ": is " + name + "; give it a name of its own");
    taken.emplace_back(place, option);
  }
}

/// The codec that will encode, as far as the options name it.
codec::Family family_of(const RunOptions& options) {
  if (!options.resume.empty()) return codec::Family::neural;
  if (!options.codec.empty()) return codec::find_codec(options.codec).family;
  if (!options.preset.empty()) return codec::find_preset(options.preset).first->family;
  return codec::registry().front().family;
}

void check_options(const RunOptions& options) {
  if (!options.codec.empty() && !options.preset.empty())
    throw Error(Fault::usage, "--codec and --preset: a preset names its codec, give one of the two");
  if (options.steps && options.seconds) throw Error(Fault::usage, "--steps and --seconds: give one of the two");
  require_extension(options.resume, "--resume", {".txs"});
  if (!options.resume.empty() && (!options.codec.empty() || !options.preset.empty() || options.seed))
    throw Error(Fault::usage, "--resume: the file says codec, preset and seed; leave --codec, --preset and --seed out");
  if (family_of(options) == codec::Family::neural) {
    require_extension(options.out, "--out", {".txs"});
  } else {
    require_extension(options.out, "--out", {".dds", ".ktx2"});
    for (const auto& [path, option] : {Output{&options.checkpoint, "--checkpoint"}, {&options.latents, "--latents"}})
      if (!path->empty()) throw Error(Fault::usage, std::string(option) + ": is of codecs that train a network; this one searches blocks");
  }
  require_extension(options.checkpoint, "--checkpoint", {".txs"});
  require_extension(options.latents, "--latents", {".npy", ".npz"});
  require_extension(options.decoded, "--decoded", {".png"});
  require_extension(options.sheet, "--sheet", {".png"});
  require_extension(options.report, "--report", {".json"});
  require_extension(options.curves, "--curves", {".csv", ".png"});
  require_own_files(options);
}

void configure(Session& session, const RunOptions& options) {
  if (!options.codec.empty()) session.set_codec(options.codec);
  if (!options.preset.empty()) session.set_preset(options.preset);
  session.set_seed(options.seed.value_or(0));
  for (const auto& [key, value] : options.set) session.set_parameter_text(key, value);
}

/// What --set changes of a training that goes on. A parameter that would start it anew is refused.
void configure_resumed(Session& session, const RunOptions& options) {
  if (session.snapshot().a.state == State::failed) throw Error(Fault::input, session.snapshot().a.why);
  if (session.snapshot().a.run.resumed_from.empty())
    throw Error(Fault::input, options.resume.string() + ": holds no training to go on with, as files of --checkpoint do");
  const codec::Parameters parameters = session.snapshot().a.run.parameters;
  for (const auto& [key, value] : options.set) {
    codec::Parameters wanted = parameters;
    wanted.set_text(key, value);
    if (parameters.change_to(wanted).differs && parameters.change_to(wanted).effect == codec::Effect::restart)
      throw Error(Fault::usage, "--set " + key + "=" + value + ": " + options.resume.string() + " was trained with " +
                                    parameters.text(key) + ", and goes on with that alone");
    session.set_parameter_text(key, value);
  }
}

/// False if it could not be opened; the session has said why then.
bool open(Session& session, const RunOptions& options) {
  const fs::path& image = options.image;
  if (fs::is_directory(image)) throw Error(Fault::input, image.string() + ": is a folder; give one image");
  if (options.resume.empty())
    session.open({image});
  else
    session.open_over(image, options.resume);
  while (session.loading()) {
    session.update({.stop_at_step = 0});  // the first step is taken by all that was asked for
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return session.load_problem().empty();
}

std::string progress_text(const session::RunRecord& run) {
  std::string text = std::to_string(run.progress.step) + "/" + std::to_string(run.progress.planned_steps) + " " +
                     std::string(run.kind->step_name);
  if (run.figures) text += "  " + db_text(run.figures->psnr_rgb_db);
  if (run.loss) text += "  loss " + scientific_text(*run.loss);
  return text;
}

/// Advances until the codec says done, the asked steps or seconds are over, or Ctrl-C. True if it was interrupted.
bool encode(Session& session, const RunOptions& options, bool quiet) {
  const InterruptWatch interrupt;
  ProgressLine progress(quiet);
  Session::Frame frame{slice_milliseconds, codec::Budget::Pace::rush, options.steps.value_or(UINT64_MAX)};
  const auto began = std::chrono::steady_clock::now();
  while (!interrupt.raised()) {
    session.update(frame);
    session.wait_for_gpu();
    const session::Snapshot& now = session.snapshot();
    if (now.a.state == State::failed) throw Error(Fault::internal, now.a.why);
    if (now.a.state == State::done) break;
    if (now.a.state == State::compiling) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    progress.show(now.a.run.progress.fraction, progress_text(now.a.run));
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began;
    if (options.seconds && elapsed.count() >= *options.seconds && now.a.run.figures) break;
    if (now.a.run.progress.step >= frame.stop_at_step && now.a.run.figures) break;
  }
  session.pause();
  return interrupt.raised();
}

/// Its picture is of one colour, and its figures alone would not tell why.
void warn_if_stalled(const session::RunRecord& run) {
  if (run.stalled())
    say(Severity::warning, "nothing is learned any more at step " + std::to_string(run.progress.step) +
                               ": all gradients are 0, since every unit is saturated; lower the learning rates or omega0");
}

/// An .npy holds one grid, and to say so at the end would have a training gone by in vain.
void require_room_for_grids(const Session& session, const RunOptions& options) {
  if (options.latents.extension() != ".npy") return;
  const auto grids = std::ranges::count(session.snapshot().a.views, codec::View::Kind::features, &codec::View::kind);
  if (grids > 1)
    throw Error(Fault::usage, "--latents " + options.latents.string() + ": holds one grid, and this network has " +
                                  std::to_string(grids) + "; use .npz");
}

/// Requests every file that was asked for and the final record, and waits for them. The first problem, or empty.
std::string keep(Session& session, const RunOptions& options, artifact::ResultRecord& record) {
  std::string problem;
  const Session::Saved note = [&](const std::string& text) {
    if (problem.empty()) problem = text;
  };
  for (const auto& [path, option] : outputs(options))
    if (!path->empty() && fs::exists(*path)) say(Severity::note, path->string() + ": exists and is replaced");
  if (!options.out.empty()) session.save_artifact(options.out, note);
  if (!options.checkpoint.empty()) session.save_checkpoint(options.checkpoint, note);
  if (!options.latents.empty()) session.save_latents(options.latents, note);
  if (!options.decoded.empty()) session.save_decoded(options.decoded, note);
  if (!options.sheet.empty()) session.save_sheet(options.sheet, {}, note);
  if (!options.report.empty()) session.save_report(options.report, note);
  if (!options.curves.empty()) session.save_curves(options.curves, note);
  session.measure([&](const artifact::ResultRecord& result) { record = result; });
  while (session.saving()) {
    session.update({});
    session.wait_for_gpu();
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return problem;
}
}  // namespace

int run_command(const CommonOptions& common, const RunOptions& options) {
  check_options(options);
  gpu::Device device(common.device);
  int status = 0;
  {
    Session session(device);
    if (options.resume.empty()) configure(session, options);
    if (!open(session, options)) return static_cast<int>(Fault::input);
    if (!options.resume.empty()) configure_resumed(session, options);
    require_room_for_grids(session, options);
    const bool interrupted = encode(session, options, common.quiet);
    if (interrupted && options.out.empty() && options.checkpoint.empty()) {
      say(Severity::warning, "interrupted; nothing was asked to be kept (--out, --checkpoint)");
      return static_cast<int>(Fault::internal);
    }
    warn_if_stalled(session.snapshot().a.run);
    artifact::ResultRecord record;
    const std::string problem = keep(session, options, record);
    for (const std::string& line : artifact::summary_lines(record)) std::printf("%s\n", line.c_str());
    if (interrupted) say(Severity::warning, "interrupted; kept what there was");
    if (interrupted || !problem.empty()) status = static_cast<int>(Fault::internal);
  }
  return status != 0 ? status : validation_status(device);
}

}  // namespace txs::app
