#pragma once
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/worker.h"
#include "display/panel_pass.h"
#include "session/experiment.h"
#include "session/session.h"

namespace txs::session {

/// The record of an experiment: what reports and captions say. Figures are those of the same recording as the export.
artifact::ResultRecord result_record(const RunRecord& run, const SourceInfo& source, const std::string& device,
                                     const metrics::Figures& figures, const codec::CodecFigures& from_codec);

/// Saving: each export is recorded from a settled experiment in one submission, read back, then packed and written by the
/// worker. Files appear whole or not at all.
class Exports {
 public:
  enum class Kind { artifact, checkpoint, latents, decoded, sheet, report, measure };
  struct Request {
    Kind kind{};
    std::filesystem::path path;
    Session::SheetSettings sheet;
    Session::Saved done;
    std::function<void(const artifact::ResultRecord&)> take;
  };

  Exports(gpu::Device& device, metrics::Comparison& comparison, Worker& worker);

  void request(Request request) { waiting_.push_back(std::move(request)); }
  bool waiting() const { return !waiting_.empty(); }  ///< to be recorded: the experiment should settle
  bool busy() const;
  std::string activity() const;

  /// Records every waiting request; call with a ready, settled experiment.
  void record(gpu::Recorder& recorder, Experiment& experiment, const SourceInfo& source);
  void fail_waiting(const std::string& why);
  /// Hands what has been read back to the worker, and calls back what the worker has finished.
  void collect();

 private:
  struct Job;
  void record_sheet(gpu::Recorder& recorder, Experiment& experiment, const SourceInfo& source, Job& job);
  void finished(std::shared_ptr<Job> job, std::string problem);

  gpu::Device& device_;
  metrics::Comparison& comparison_;
  Worker& worker_;
  display::PanelPass panels_;
  std::deque<Request> waiting_;
  std::vector<std::shared_ptr<Job>> reading_;
  std::size_t at_worker_ = 0;
  std::mutex finished_mutex_;
  std::vector<std::pair<std::shared_ptr<Job>, std::string>> finished_;
};

}  // namespace txs::session
