// run of one picture.
#include <algorithm>
#include <cstdio>
#include <string>

#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/run_checks.h"
#include "cli/run_picture.h"
#include "core/error.h"
#include "core/log.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;
using session::Session;

/// Its picture is of one colour, and its figures alone would not tell why.
void warn_if_stalled(const session::RunRecord& run) {
  if (run.stalled())
    say(Severity::warning, "nothing is learned any more at step " + std::to_string(run.progress.step) +
                               ": all gradients are 0, since every unit is saturated; lower the learning rates or omega0");
}

/// An .npy holds one grid, and to say so at the end would have a training gone by in vain.
void require_room_for_grids(const Session& session, const RunOptions& options) {
  if (options.keep.latents.extension() != ".npy") return;
  const auto grids = std::ranges::count(session.snapshot().a.views, codec::View::Kind::features, &codec::View::kind);
  if (grids > 1)
    throw Error(Fault::usage, "--latents " + options.keep.latents.string() + ": holds one grid, and this network has " +
                                  std::to_string(grids) + "; use .npz");
}

void note_replaced(const KeptFiles& files) {
  for (const auto& [path, option] : kept_files(files))
    if (!path->empty() && fs::exists(*path)) say(Severity::note, path->string() + ": exists and is replaced");
}

int run_one(gpu::Device& device, const CommonOptions& common, const RunOptions& options) {
  Session session(device);
  if (options.resume.empty()) configure(session, options);
  if (!open_picture(session, options, options.images.front())) return static_cast<int>(Fault::input);
  if (!options.resume.empty()) configure_resumed(session, options);
  require_room_for_grids(session, options);
  const InterruptWatch interrupt;
  {
    ProgressLine progress(common.quiet);
    encode_picture(session, options, interrupt, [&](const session::RunRecord& run) {
      progress.show(run.progress.fraction, progress_text(run));
    });
  }
  const bool interrupted = interrupt.raised();
  if (interrupted && options.keep.artifact.empty() && options.keep.checkpoint.empty()) {
    say(Severity::warning, "interrupted; nothing was asked to be kept (--out, --checkpoint)");
    return static_cast<int>(Fault::internal);
  }
  warn_if_stalled(session.snapshot().a.run);
  note_replaced(options.keep);
  artifact::ResultRecord record;
  const std::string problem = keep_picture(session, options.keep, record);
  for (const std::string& line : artifact::summary_lines(record)) std::printf("%s\n", line.c_str());
  if (interrupted) say(Severity::warning, "interrupted; kept what there was");
  return interrupted || !problem.empty() ? static_cast<int>(Fault::internal) : 0;
}
}  // namespace

int run_command(const CommonOptions& common, const RunOptions& options) {
  const Wanted wanted = wanted_codec(options);
  if (!options.out_dir.empty()) return batch_command(common, options, wanted);
  check_run(options, wanted);
  gpu::Device device(common.device);
  const int status = run_one(device, common, options);
  return status != 0 ? status : validation_status(device);
}

}  // namespace txs::app
