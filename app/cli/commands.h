#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gpu/device.h"
#include "script/script.h"

namespace txs::app {

// One struct of options and one function a command; each returns the exit status or throws Error.

struct CommonOptions {
  gpu::DeviceOptions device;
  bool quiet = false;
};

struct RunOptions {
  std::filesystem::path image;
  std::string codec, preset;  ///< at most one is given; neither: the first codec's first preset
  std::vector<std::pair<std::string, std::string>> set;
  std::optional<std::uint64_t> seed;
  std::optional<std::uint64_t> steps;
  std::optional<double> seconds;
  std::filesystem::path resume;  ///< a checkpoint: its codec, parameters and seed, with `set` over them
  std::filesystem::path out, checkpoint, latents, decoded, sheet, report, curves;  ///< empty: not asked for
};
int run_command(const CommonOptions& common, const RunOptions& options);

struct DecodeOptions {
  std::filesystem::path artifact, out;
  std::filesystem::path latents;  ///< in place of those of a network; empty: its own
};
int decode_command(const DecodeOptions& options);

struct CompareOptions {
  std::filesystem::path a, b, report;
};
int compare_command(const CompareOptions& options);

int codecs_command(bool json);
int devices_command(const CommonOptions& common);

struct BenchOptions {
  std::vector<std::filesystem::path> images;  ///< none: a picture made for it, 768 x 512
  std::string codec, preset;  ///< of these alone; empty: all
  std::uint64_t steps = 30;   ///< of a training that are measured
  bool json = false;
};
int bench_command(const CommonOptions& common, const BenchOptions& options);

int play_command(const CommonOptions& common, const Script& script);

/// 0, or 1 with a line on stderr when the validation layer has said anything.
int validation_status(const gpu::Device& device);

}  // namespace txs::app
