#include "shell/keeper.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "artifact/container.h"
#include "core/files.h"
#include "core/log.h"
#include "view/cell_content.h"

namespace txs::app {
namespace {

std::string_view ending(Keep what, const codec::CodecKind* kind) {
  switch (what) {
    case Keep::sheet: return "-sheet.png";
    case Keep::texture: return kind ? artifact::container_endings(kind->formats).front() : ".dds";
    case Keep::ktx2: return ".ktx2";
    case Keep::network: return ".txs";
    case Keep::checkpoint: return "-checkpoint.txs";
    case Keep::latents_npy: return "-latents.npy";
    case Keep::latents_npz: return "-latents.npz";
    case Keep::curves_csv: return "-curves.csv";
    case Keep::curves_png: return "-curves.png";
    case Keep::decoded: return "-decoded.png";
    case Keep::report: return ".json";
  }
  return "";
}

std::filesystem::path usual_name(Keep what, const session::Snapshot& snapshot) {
  const session::RunRecord& run = snapshot.focused().run;
  std::string name = snapshot.source->path.stem().string();
  if (!run.artifact_name.empty()) name.append("-").append(std::filesystem::path(run.artifact_name).stem().string());
  if (run.kind) name.append("-").append(run.kind->id);
  if (!run.preset.empty()) name.append("-").append(run.preset);
  std::error_code failed;
  const auto folder = std::filesystem::current_path(failed);
  return (failed ? std::filesystem::path(".") : folder) / name.append(ending(what, run.kind));
}

}  // namespace

std::filesystem::path Keeper::free_name(const std::filesystem::path& wanted) {
  std::filesystem::path path = unused_path(wanted);
  for (int n = 2; given_.contains(path); ++n) {
    std::string name = wanted.stem().string();
    name.append("-").append(std::to_string(n)).append(wanted.extension().string());
    path = unused_path(wanted.parent_path() / name);
  }
  given_.insert(path);
  return path;
}

void Keeper::keep(Keep what, session::Session& session, const ViewState& view) {
  if (!session.snapshot().source) return say(Severity::warning, "nothing to keep yet: drop an image on the window");
  const std::filesystem::path path = free_name(usual_name(what, session.snapshot()));
  const auto done = [this, path](const std::string&) { given_.erase(path); };
  switch (what) {
    case Keep::sheet: return session.save_sheet(path, sheet_settings(session.snapshot(), view), done);
    case Keep::texture:
    case Keep::ktx2:
    case Keep::network: return session.save_artifact(path, done);
    case Keep::checkpoint: return session.save_checkpoint(path, done);
    case Keep::latents_npy:
    case Keep::latents_npz: return session.save_latents(path, done);
    case Keep::curves_csv:
    case Keep::curves_png: return session.save_curves(path, done);
    case Keep::decoded: return session.save_decoded(path, done);
    case Keep::report: return session.save_report(path, done);
  }
}

}  // namespace txs::app
