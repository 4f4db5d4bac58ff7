#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/run_checks.h"
#include "cli/run_options.h"
#include "gpu/device.h"
#include "script/script.h"

namespace txs::app {

// One struct of options and one function a command; each returns the exit status or throws Error.

struct CommonOptions {
  gpu::DeviceOptions device;
  bool quiet = false;
};

int run_command(const CommonOptions& common, const RunOptions& options);
/// Of many pictures into a folder. 3 if any could not be encoded or kept.
int batch_command(const CommonOptions& common, const RunOptions& options, const Wanted& wanted);

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
  std::string codec, preset, effort;  ///< of these alone; empty: all
  std::string peer;                   ///< another encoder's command line, see bench_peer.h; empty: none
  std::uint64_t steps = 30;   ///< of a training that are measured
  bool json = false;
};
int bench_command(const CommonOptions& common, const BenchOptions& options);

int play_command(const CommonOptions& common, const Script& script);

/// 0, or 1 with a line on stderr when the validation layer has said anything.
int validation_status(const gpu::Device& device);

}  // namespace txs::app
