#include "cli/run_checks.h"

#include <string>
#include <tuple>

#include "codec/registry.h"
#include "core/error.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;

void require_extension(const fs::path& path, const char* option, std::initializer_list<const char*> allowed) {
  if (path.empty()) return;
  std::string list;
  for (const char* extension : allowed) {
    if (path.extension() == extension) return;
    list += (list.empty() ? "" : " or ") + std::string(extension);
  }
  throw Error(Fault::usage, std::string(option) + " " + path.string() + ": must end in " + list);
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
    require_extension(keep.artifact, "--out", {".dds", ".ktx2"});
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
  if (trains(options, wanted)) {
    if (!options.format.empty() && options.format != "txs")
      throw Error(Fault::usage, "--format " + options.format + ": a network is kept as txs");
    return "txs";
  }
  if (options.format.empty()) return "dds";
  if (options.format != "dds" && options.format != "ktx2")
    throw Error(Fault::usage, "--format " + options.format + ": blocks are kept as dds or ktx2");
  return options.format;
}

}  // namespace txs::app
