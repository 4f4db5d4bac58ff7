// run of many pictures into a folder.
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/batch_log.h"
#include "cli/batch_plan.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "cli/run_picture.h"
#include "core/error.h"
#include "core/log.h"
#include "core/units.h"
#include "core/version.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;

nlohmann::json recipe_of(const RunOptions& options, const Wanted& wanted) {
  nlohmann::json recipe = {{"version", version},
                           {"codec", wanted.kind->id},
                           {"parameters", wanted.parameters.texts()},
                           {"seed", options.seed.value_or(0)}};
  if (options.steps) recipe["steps"] = *options.steps;
  if (options.seconds) recipe["seconds"] = *options.seconds;
  if (options.mips) recipe["mips"] = *options.mips == MipFilter::box ? "box" : "kaiser";
  return recipe;
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    throw Error(Fault::internal, "--out-dir " + folder.string() + ": cannot be made" + (error ? ", " + error.message() : ""));
}

void print_result(const std::string& name, const artifact::ResultRecord& record) {
  std::string more;
  if (record.mips) more = "  " + std::to_string(record.mips->levels) + " levels: " + bytes_text(record.mips->bytes);
  std::printf("%-24s  %9s  %10s  %9s  %8s%s\n", name.c_str(), db_text(record.figures.psnr_db).c_str(),
              bytes_text(record.total_bytes()).c_str(), bits_per_pixel_text(record.bits_per_pixel()).c_str(),
              seconds_text(record.seconds).c_str(), more.c_str());
  std::fflush(stdout);
}

/// The batch between its plan and its end.
class Batch {
 public:
  Batch(const CommonOptions& common, const RunOptions& options, const Wanted& wanted, std::vector<BatchJob> jobs)
      : common_(common), options_(options), jobs_(std::move(jobs)), log_(options.out_dir, recipe_of(options, wanted)) {}

  void run() {
    for (std::size_t i = 0; i < jobs_.size() && !interrupt_.raised(); ++i) {
      if (log_.up_to_date(jobs_[i])) {
        say(Severity::note, jobs_[i].image.string() + ": up to date");
        ++up_to_date_;
      } else {
        run_job(i);
      }
    }
  }

  /// Says how it went; the exit status.
  int finish() {
    const std::string all = jobs_.size() == 1 ? "1 picture" : std::to_string(jobs_.size()) + " pictures";
    std::string text = all + ": " + std::to_string(encoded_) + " encoded";
    if (up_to_date_ > 0) text += ", " + std::to_string(up_to_date_) + " up to date";
    if (!problems_.empty()) text += ", " + std::to_string(problems_.size()) + " failed";
    const std::size_t left = jobs_.size() - encoded_ - up_to_date_ - problems_.size();
    if (left > 0) text += ", " + std::to_string(left) + " left";
    std::printf("%s\n", text.c_str());
    if (!problems_.empty()) say(Severity::error, "failed of " + all + ":");
    for (const std::string& problem : problems_) say(Severity::error, "  " + problem);
    if (left > 0) say(Severity::warning, "interrupted; the same command goes on from here");
    if (!problems_.empty()) return static_cast<int>(Fault::input);
    return left > 0 ? static_cast<int>(Fault::internal) : device_ ? validation_status(*device_) : 0;
  }

 private:
  /// Opened when there is something to do, so that a batch that is up to date needs none.
  gpu::Device& device() {
    if (!device_) device_ = std::make_unique<gpu::Device>(common_.device);
    return *device_;
  }

  void run_job(std::size_t index) {
    const BatchJob& job = jobs_[index];
    try {
      std::string place("[");
      place.append(std::to_string(index + 1)).append("/").append(std::to_string(jobs_.size())).append("] ");
      const std::string problem = encode(job, place);
      if (interrupt_.raised() && !kept_) return;
      if (!problem.empty()) return problems_.push_back(problem);
      log_.record(job);
      ++encoded_;
    } catch (const Error& error) {
      if (error.fault() == Fault::device) throw;  // of no picture's making, and the next would meet it too
      const std::string problem = error.what();
      const bool named = problem.starts_with(job.image.string());
      problems_.push_back(named ? problem : job.image.string() + ": " + problem);
      say(Severity::error, problems_.back());
    }
  }

  /// The problem, or empty: then its files are there, unless it was interrupted before.
  std::string encode(const BatchJob& job, const std::string& place) {
    kept_ = false;
    session::Session session(device());
    configure(session, options_);
    if (!open_picture(session, options_, job.image)) return session.load_problem();
    const std::string name = job.image.filename().string();
    {
      ProgressLine progress(common_.quiet);
      encode_picture(session, options_, interrupt_, [&](const session::RunRecord& run) {
        progress.show(run.progress.fraction, place + name + "  " + progress_text(run));
      });
    }
    if (interrupt_.raised()) return {};
    artifact::ResultRecord record;
    const std::string problem = keep_picture(session, job.keep, record);
    kept_ = problem.empty();
    if (kept_) print_result(name, record);
    return problem;
  }

  const CommonOptions& common_;
  const RunOptions& options_;
  std::vector<BatchJob> jobs_;
  BatchLog log_;
  InterruptWatch interrupt_;
  std::unique_ptr<gpu::Device> device_;
  bool kept_ = false;  ///< the newest job's files
  std::size_t encoded_ = 0, up_to_date_ = 0;
  std::vector<std::string> problems_;
};
}  // namespace

int batch_command(const CommonOptions& common, const RunOptions& options, const Wanted& wanted) {
  const std::string_view format = check_batch(options, wanted);
  std::vector<BatchJob> jobs = plan_batch(options, {format, wanted.kind->hdr ? "exr" : "png"});
  make_folder(options.out_dir);
  Batch batch(common, options, wanted, std::move(jobs));
  batch.run();
  return batch.finish();
}

}  // namespace txs::app
