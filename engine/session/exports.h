#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/worker.h"
#include "display/panel_pass.h"
#include "session/experiment.h"
#include "session/export_job.h"

namespace txs::session {

/// The experiments there are.
struct Sides {
  Experiment* a = nullptr;
  Experiment* b = nullptr;  ///< null: there is no B
  std::optional<metrics::Figures> between = {};  ///< of their pictures

  Experiment& of(Slot slot) const { return slot == Slot::b && b ? *b : *a; }
};

/// Saving: each export is recorded from a settled experiment in one submission, read back, then packed and written by the
/// worker. Files appear whole or not at all. (Taking latents back is the same way, with a file read at its end.)
class Exports {
 public:
  Exports(gpu::Device& device, metrics::Comparison& comparison, Worker& worker);

  void request(ExportRequest request) { waiting_.push_back(std::move(request)); }
  void write_curves(ExportRequest request);  ///< those there are now, without waiting for a run
  bool waiting() const { return !waiting_.empty(); }  ///< to be recorded: the experiment should settle
  bool busy() const;
  std::string activity() const;

  /// Records every waiting request; call with experiments that are settled, or have failed.
  void record(gpu::Recorder& recorder, const Sides& sides, const SourceInfo& source);
  void fail_waiting(Slot slot, const std::string& why);  ///< those of one experiment
  void swap_sides();                                     ///< A has become B and B A
  /// Goes on with the mip levels of what is saved; submits at most so much work for the GPU.
  std::optional<gpu::Ticket> encode_levels(double milliseconds, codec::Budget::Pace pace);
  bool encoding_levels() const;
  /// Hands what has been read back to the worker, and calls back what the worker has finished.
  void collect();

 private:
  void record_job(gpu::Recorder& recorder, const Sides& sides, ExportJob& job);
  void record_other(gpu::Recorder& recorder, Experiment& experiment, const Sides& sides, ExportJob& job);
  void record_sheet(gpu::Recorder& recorder, const Sides& sides, ExportJob& job);
  void to_worker(std::shared_ptr<ExportJob> job);
  void finished(std::shared_ptr<ExportJob> job, std::string problem);
  void answer(ExportJob& job, const std::string& problem);

  gpu::Device& device_;
  metrics::Comparison& comparison_;
  Worker& worker_;
  display::PanelPass panels_;
  std::deque<ExportRequest> waiting_;
  std::vector<std::shared_ptr<ExportJob>> reading_;
  std::size_t at_worker_ = 0;
  std::mutex finished_mutex_;
  std::vector<std::pair<std::shared_ptr<ExportJob>, std::string>> finished_;
};

}  // namespace txs::session
