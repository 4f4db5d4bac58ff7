#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "image/mips.h"

namespace txs::app {

/// What is kept of one picture; empty: not asked for.
struct KeptFiles {
  std::filesystem::path artifact, checkpoint, latents, decoded, sheet, report, curves;
};

/// A kept file, and the option that asks for it.
using KeptFile = std::pair<const std::filesystem::path*, const char*>;
std::vector<KeptFile> kept_files(const KeptFiles& files);

/// What a batch may keep beside each artifact.
enum class Beside { report, sheet, decoded, curves };

struct RunOptions {
  std::vector<std::filesystem::path> images;  ///< and folders of them
  std::string codec, preset;  ///< at most one is given; neither: the first codec's first preset
  std::vector<std::pair<std::string, std::string>> set;
  std::optional<std::uint64_t> seed;
  std::optional<std::uint64_t> steps;
  std::optional<double> seconds;
  std::filesystem::path resume;  ///< a checkpoint: its codec, parameters and seed, with `set` over them
  std::optional<MipFilter> mips;  ///< of blocks: with the levels below
  KeptFiles keep;                 ///< of a single picture

  std::filesystem::path out_dir;  ///< not empty: a batch
  std::string format;             ///< of its artifacts: "dds", "astc", "ktx2" or "txs"; empty: the codec's first
  std::set<Beside> with;
};

}  // namespace txs::app
