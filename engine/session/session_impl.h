#pragma once
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/worker.h"
#include "metrics/metrics.h"
#include "session/experiment.h"
#include "session/exports.h"
#include "session/loader.h"
#include "session/session.h"

namespace txs::session {

/// The preset whose values these are, or empty.
std::string matching_preset(const codec::CodecKind& kind, const codec::Parameters& parameters);

/// For session.cpp, session_sources.cpp and session_keeping.cpp alone.
struct Session::Impl {
  using Clock = std::chrono::steady_clock;

  explicit Impl(gpu::Device& device);

  gpu::Device& device;
  metrics::Comparison comparison;

  // What the worker has loaded; `load_number` tells the newest request from those it has overtaken.
  struct Loaded {
    std::uint64_t number = 0;
    std::optional<LoadedFile> file;
    std::string problem;
  };
  std::mutex loaded_mutex;
  std::vector<Loaded> loaded;
  std::uint64_t load_number = 0;
  bool loading = false;
  std::string load_problem;

  Worker worker;  // after what its jobs touch, before those that give it jobs
  Experiment experiment;
  Exports exports;
  Snapshot snapshot;

  const codec::CodecKind* kind = nullptr;
  codec::Parameters parameters;
  std::string preset;
  std::uint64_t seed = 0, last_run_id = 0;
  std::optional<LoadedFile> file;  ///< the source; `encoded` is empty
  bool paused = false;
  std::optional<std::uint64_t> step_target;  ///< paused: goes on to here
  std::string last_changed_key;
  Clock::time_point last_change{};
  gpu::Ticket last_submitted;

  void load(std::size_t index, std::function<LoadedFile()> read);
  void load(std::size_t index);
  std::size_t list(const std::filesystem::path& path);
  void take_loaded();
  void show(LoadedFile&& next);
  void adopt(codec::Encoded&& encoded, const std::string& name);

  void start();
  void keep_run();
  void change_parameters(const codec::Parameters& wanted, const std::string& key);
  bool advancing(const Frame& frame) const;
  void record_frame(Frame frame);
  void refresh_snapshot();
  State state();
};

}  // namespace txs::session
