#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/progress.h"
#include "core/error.h"
#include "core/log.h"
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

/// What would be lost: an output over another or over the image itself, or an encode whose target has no folder.
void require_own_files(const RunOptions& options) {
  std::vector<std::pair<fs::path, std::string>> taken{{fs::weakly_canonical(options.image), "the image itself"}};
  for (const auto& [path, option] : {std::pair{options.out, "--out"}, {options.decoded, "--decoded"},
                                     {options.sheet, "--sheet"}, {options.report, "--report"}}) {
    if (path.empty()) continue;
    if (path.has_parent_path() && !fs::is_directory(path.parent_path()))
      throw Error(Fault::internal, path.string() + ": cannot be written: there is no folder " + path.parent_path().string());
    const fs::path place = fs::weakly_canonical(path);
    for (const auto& [other, name] : taken)
      if (place == other) throw Error(Fault::usage, std::string(option) + " " + path.string() + ": is " + name + "; give it a name of its own");
    taken.emplace_back(place, option);
  }
}

void check_options(const RunOptions& options) {
  if (!options.codec.empty() && !options.preset.empty())
    throw Error(Fault::usage, "--codec and --preset: a preset names its codec, give one of the two");
  if (options.steps && options.seconds) throw Error(Fault::usage, "--steps and --seconds: give one of the two");
  require_extension(options.out, "--out", {".dds", ".ktx2"});
  require_extension(options.decoded, "--decoded", {".png"});
  require_extension(options.sheet, "--sheet", {".png"});
  require_extension(options.report, "--report", {".json"});
  require_own_files(options);
}

void configure(Session& session, const RunOptions& options) {
  if (!options.codec.empty()) session.set_codec(options.codec);
  if (!options.preset.empty()) session.set_preset(options.preset);
  session.set_seed(options.seed);
  for (const auto& [key, value] : options.set) session.set_parameter_text(key, value);
}

/// False if it could not be opened; the session has said why then.
bool open(Session& session, const fs::path& image) {
  if (fs::is_directory(image)) throw Error(Fault::input, image.string() + ": is a folder; give one image");
  session.open({image});
  while (session.loading()) {
    session.update({});
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return session.load_problem().empty();
}

std::string progress_text(const session::RunRecord& run) {
  char text[160];
  const std::string psnr = run.figures ? std::to_string(run.figures->psnr_rgb_db).substr(0, 5) + " dB" : "";
  std::snprintf(text, sizeof text, "%llu/%llu %s  %s", static_cast<unsigned long long>(run.progress.step),
                static_cast<unsigned long long>(run.progress.planned_steps), std::string(run.kind->step_name).c_str(),
                psnr.c_str());
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
    if (now.state == State::failed) throw Error(Fault::internal, now.why);
    if (now.state == State::done) break;
    if (now.state == State::compiling) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    progress.show(now.run.progress.fraction, progress_text(now.run));
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began;
    if (options.seconds && elapsed.count() >= *options.seconds && now.run.figures) break;
    if (now.run.progress.step >= frame.stop_at_step && now.run.figures) break;
  }
  session.pause();
  return interrupt.raised();
}

/// Requests every file that was asked for and the final record, and waits for them. The first problem, or empty.
std::string keep(Session& session, const RunOptions& options, artifact::ResultRecord& record) {
  std::string problem;
  const Session::Saved note = [&](const std::string& text) {
    if (problem.empty()) problem = text;
  };
  for (const fs::path& path : {options.out, options.decoded, options.sheet, options.report})
    if (!path.empty() && fs::exists(path)) say(Severity::note, path.string() + ": exists and is replaced");
  if (!options.out.empty()) session.save_artifact(options.out, note);
  if (!options.decoded.empty()) session.save_decoded(options.decoded, note);
  if (!options.sheet.empty()) session.save_sheet(options.sheet, {}, note);
  if (!options.report.empty()) session.save_report(options.report, note);
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
    configure(session, options);
    if (!open(session, options.image)) return static_cast<int>(Fault::input);
    const bool interrupted = encode(session, options, common.quiet);
    if (interrupted && options.out.empty()) {
      say(Severity::warning, "interrupted; nothing was asked to be kept (--out)");
      return static_cast<int>(Fault::internal);
    }
    artifact::ResultRecord record;
    const std::string problem = keep(session, options, record);
    for (const std::string& line : artifact::summary_lines(record)) std::printf("%s\n", line.c_str());
    if (interrupted) say(Severity::warning, "interrupted; kept what there was");
    if (interrupted || !problem.empty()) status = static_cast<int>(Fault::internal);
  }
  return status != 0 ? status : validation_status(device);
}

}  // namespace txs::app
