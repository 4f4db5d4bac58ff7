#include "cli/run_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <tuple>

#include "artifact/container.h"
#include "codec/registry.h"
#include "core/error.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;

bool ends_in(const fs::path& path, std::span<const std::string_view> endings) {
  return std::ranges::find(endings, path.extension().string()) != endings.end();
}

void require_extension(const fs::path& path, const char* option, std::initializer_list<std::string_view> allowed) {
  if (path.empty() || ends_in(path, {allowed.begin(), allowed.size()})) return;
  throw Error(Fault::usage, fmt::format("{} {}: must end in {}", option, path.string(), fmt::join(allowed, " or ")));
}

/// The file that the codec's blocks or network go into.
void require_container(const fs::path& path, const Wanted& wanted) {
  if (path.empty() || ends_in(path, artifact::container_endings(wanted.kind->formats))) return;
  throw Error(Fault::usage, fmt::format("--out {}: must end in {}, the files of {}", path.string(),
                                        artifact::container_endings_text(wanted.kind->formats), wanted.kind->title));
}

/// What would be lost: an output over another or over an input, or an encode whose target has no folder.
void require_own_files(const RunOptions& options) {
  std::vector<std::pair<fs::path, std::string>> taken{{fs::weakly_canonical(options.images.front()), "the image itself"}};
  for (const auto& [path, option] : kept_files(options.keep)) {
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

bool trains(const RunOptions& options, const Wanted& wanted) {
  return !options.resume.empty() || wanted.kind->family == codec::Family::neural;
}

void check_alternatives(const RunOptions& options) {
  if (!options.codec.empty() && !options.preset.empty())
    throw Error(Fault::usage, "--codec and --preset: a preset names its codec, give one of the two");
  if (options.steps && options.seconds) throw Error(Fault::usage, "--steps and --seconds: give one of the two");
}

void check_mips(const RunOptions& options, const Wanted& wanted) {
  if (options.mips && trains(options, wanted))
    throw Error(Fault::usage, "--mips: is of codecs that write blocks; this one trains a network");
  const std::string out = options.out_dir.empty() ? options.keep.artifact.extension().string() : "." + options.format;
  if (options.mips && out == ".astc") throw Error(Fault::usage, "--mips: .astc files hold one level; .ktx2 holds all");
}
}  // namespace

Wanted wanted_codec(const RunOptions& options) {
  check_alternatives(options);
  if (!options.resume.empty()) return {};
  const codec::CodecKind* kind = &codec::registry().front();
  const codec::Preset* preset = nullptr;
  if (!options.codec.empty()) kind = &codec::find_codec(options.codec);
  if (!options.preset.empty()) std::tie(kind, preset) = codec::find_preset(options.preset);
  if (preset == nullptr) preset = &kind->presets.front();
  Wanted wanted{kind, codec::preset_parameters(*kind, *preset)};
  for (const auto& [key, value] : options.set) wanted.parameters.set_text(key, value);
  return wanted;
}

void check_run(const RunOptions& options, const Wanted& wanted) {
  check_mips(options, wanted);
  const KeptFiles& keep = options.keep;
  if (!options.format.empty() || !options.with.empty())
    throw Error(Fault::usage, "--format and --with: are of a batch; they want --out-dir");
  if (options.images.size() > 1)
    throw Error(Fault::usage, options.images[1].string() + ": is a second image; several want --out-dir");
  require_extension(options.resume, "--resume", {".txs"});
  if (!options.resume.empty() && (!options.codec.empty() || !options.preset.empty() || options.seed))
    throw Error(Fault::usage, "--resume: the file says codec, preset and seed; leave --codec, --preset and --seed out");
  if (trains(options, wanted)) {
    require_extension(keep.artifact, "--out", {".txs"});
  } else {
    require_container(keep.artifact, wanted);
    for (const auto& [path, option] : {KeptFile{&keep.checkpoint, "--checkpoint"}, {&keep.latents, "--latents"}})
      if (!path->empty())
        throw Error(Fault::usage, std::string(option) + ": is of codecs that train a network; this one searches blocks");
  }
  require_extension(keep.checkpoint, "--checkpoint", {".txs"});
  require_extension(keep.latents, "--latents", {".npy", ".npz"});
  if (wanted.kind != nullptr && wanted.kind->hdr)
    require_extension(keep.decoded, "--decoded", {".png", ".exr", ".hdr"});
  else
    require_extension(keep.decoded, "--decoded", {".png"});
  require_extension(keep.sheet, "--sheet", {".png"});
  require_extension(keep.report, "--report", {".json"});
  require_extension(keep.curves, "--curves", {".csv", ".png"});
  require_own_files(options);
}

std::string_view check_batch(const RunOptions& options, const Wanted& wanted) {
  check_mips(options, wanted);
  if (!options.resume.empty()) throw Error(Fault::usage, "--resume: is of one image, --out-dir of many");
  for (const auto& [path, option] : kept_files(options.keep))
    if (!path->empty())
      throw Error(Fault::usage, std::string(option) + ": is of one image; with --out-dir, --format and --with say what is kept");
  const auto endings = artifact::container_endings(wanted.kind->formats);
  const auto fits = [&](std::string_view ending) {
    return options.format.empty() ? !options.mips || artifact::holds_levels(ending) : ending.substr(1) == options.format;
  };
  const auto found = std::ranges::find_if(endings, fits);
  if (found == endings.end())
    throw Error(Fault::usage, fmt::format("--format {}: {} is kept as {}", options.format, wanted.kind->title,
                                          artifact::container_endings_text(wanted.kind->formats)));
  return found->substr(1);
}

}  // namespace txs::app
