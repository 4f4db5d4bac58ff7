#include "cli/run_picture.h"

#include <chrono>
#include <thread>

#include "core/error.h"
#include "core/units.h"
#include "session/run_label.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;
using session::Session;
using session::State;

// Long enough that the host costs nothing, short enough for any driver's watchdog (2 s on Windows, 5 s elsewhere) and for
// Ctrl-C to be felt at once.
constexpr double slice_milliseconds = 200;
}  // namespace

void configure(Session& session, const RunOptions& options) {
  if (!options.codec.empty()) session.set_codec(options.codec);
  if (!options.preset.empty()) session.set_preset(options.preset);
  session.set_seed(options.seed.value_or(0));
  session.set_mips(options.mips);
  session.set_container(options.format.empty() ? options.keep.artifact.extension().string() : "." + options.format);
  for (const auto& [key, value] : options.set) session.set_parameter_text(key, value);
}

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

bool open_picture(Session& session, const RunOptions& options, const fs::path& image) {
  if (fs::is_directory(image)) throw Error(Fault::input, image.string() + ": is a folder; it wants --out-dir");
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
  if (!run.progress.done && !run.progress.doing.empty()) text += ": " + session::doing_text(run.progress);
  if (run.figures) text += "  " + db_text(run.figures->psnr_db);
  if (run.loss) text += "  loss " + scientific_text(*run.loss);
  return text;
}

void encode_picture(Session& session, const RunOptions& options, const InterruptWatch& interrupt,
                    const std::function<void(const session::RunRecord&)>& each_frame) {
  Session::Frame frame{slice_milliseconds, codec::Budget::Pace::rush, options.steps.value_or(UINT64_MAX)};
  const auto began = std::chrono::steady_clock::now();
  while (!interrupt.raised()) {
    session.update(frame);
    session.wait_for_gpu();
    const session::Snapshot& now = session.snapshot();
    if (now.a.state == State::failed) throw Error(Fault::internal, now.a.why);
    if (now.a.state == State::done) break;
    if (now.a.state == State::compiling) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    each_frame(now.a.run);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - began;
    if (options.seconds && elapsed.count() >= *options.seconds && now.a.run.figures) break;
    if (now.a.run.progress.step >= frame.stop_at_step && now.a.run.figures) break;
  }
  session.pause();
}

std::string keep_picture(Session& session, const KeptFiles& files, artifact::ResultRecord& record) {
  std::string problem;
  const Session::Saved note = [&](const std::string& text) {
    if (problem.empty()) problem = text;
  };
  if (!files.artifact.empty()) session.save_artifact(files.artifact, note);
  if (!files.checkpoint.empty()) session.save_checkpoint(files.checkpoint, note);
  if (!files.latents.empty()) session.save_latents(files.latents, note);
  if (!files.decoded.empty()) session.save_decoded(files.decoded, note);
  if (!files.sheet.empty()) session.save_sheet(files.sheet, {}, note);
  if (!files.report.empty()) session.save_report(files.report, note);
  if (!files.curves.empty()) session.save_curves(files.curves, note);
  session.measure([&](const artifact::ResultRecord& result) { record = result; });
  while (session.saving()) {
    session.update({slice_milliseconds, codec::Budget::Pace::rush});  // of a search that rests, but for mip levels
    session.wait_for_gpu();
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  return problem;
}

}  // namespace txs::app
