#pragma once
#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/worker.h"
#include "metrics/metrics.h"
#include "session/between.h"
#include "session/experiment.h"
#include "session/exports.h"
#include "session/loader.h"
#include "session/session.h"

namespace txs::session {

/// The preset whose values these are, or empty.
std::string matching_preset(const codec::CodecKind& kind, const codec::Parameters& parameters);

/// One of the two experiments, and what its next start is to be of.
struct Side {
  Side(gpu::Device& device, metrics::Comparison& comparison, Worker& worker);

  Experiment experiment;
  const codec::CodecKind* kind = nullptr;
  codec::Parameters parameters;
  std::string preset;
  std::uint64_t seed = 0;
  std::optional<std::uint64_t> step_target;  ///< paused: goes on to here
  std::uint64_t said_beyond = 0;             ///< the run that was said to be further than asked for
  std::string last_changed_key;
  std::chrono::steady_clock::time_point last_change{};

  void set_preset(const codec::CodecKind& new_kind, const codec::Preset& new_preset);
  /// The first whole picture is made whatever else is asked: nothing can be shown, measured or saved before it.
  bool advancing(std::uint64_t stop_at_step) const;
};

/// For the session's own source files alone.
struct Session::Impl {
  explicit Impl(gpu::Device& device);

  gpu::Device& device;
  metrics::Comparison comparison;

  // What the worker has loaded; `load_number` tells the newest request from those it has overtaken.
  struct Loaded {
    std::uint64_t number = 0;
    bool as_b = false;
    std::optional<LoadedFile> file;
    std::string problem;
  };
  std::mutex loaded_mutex;
  std::vector<Loaded> loaded;
  std::uint64_t load_number = 0;
  bool loading = false;
  std::string loading_name;  ///< of the file
  std::string load_problem;

  Worker worker;  // after what its jobs touch, before those that give it jobs
  std::array<std::unique_ptr<Side>, 2> sides;  ///< A and B; each always there
  bool has_b = false;                          ///< B is used
  Between between;
  Exports exports;
  Snapshot snapshot;

  std::uint64_t last_run_id = 0;
  std::optional<LoadedFile> file;  ///< the source; `encoded` is empty
  std::optional<Place> place;      ///< what is inspected
  bool paused = false;
  std::string container;           ///< of blocks; empty: each codec's first
  gpu::Ticket last_submitted;

  Side& side(Slot slot) { return *sides[std::size_t(slot)]; }
  Side& focused() { return side(snapshot.focus); }
  /// Those in use: A, and B where there is one.
  std::span<const std::unique_ptr<Side>> used() const { return std::span(sides).first(has_b ? 2 : 1); }
  Sides experiments();

  void load(std::size_t index, std::function<LoadedFile()> read);
  void load(std::size_t index);
  void read_file(const std::filesystem::path& path, bool as_b, std::function<LoadedFile()> read);
  std::size_t list(const std::filesystem::path& path);
  void take_loaded();
  void forget_failed_file();
  void show(LoadedFile&& next);
  void adopt(Side& into, codec::Encoded&& encoded, const std::string& name);

  void start(Side& side);
  void keep_run(const Side& side);
  void change_parameters(Side& side, const codec::Parameters& wanted, const std::string& key);
  void begin_b(const codec::CodecKind& kind, const codec::Preset& preset);
  void inspect(std::optional<Place> at);
  void say_how_kept();
  void request(ExportRequest request);  ///< of the focused experiment
  bool record_frame(Side& side, Frame frame);
  void record_all(Frame frame);
  bool settled() const;
  void answer_hopeless();
  void refresh_snapshot();
  void refresh(ExperimentSnapshot& shown, Side& side);
  State state(Side& side);
};

}  // namespace txs::session
