#pragma once
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/batch_plan.h"

namespace txs::app {

/// What OUT_DIR/texelscope-batch.json remembers: of each artifact the picture that it was made of, how, and its size, so
/// that a batch that is run again leaves alone what is up to date. That is a job
/// - whose files are all there, none older than the picture,
/// - whose artifact has the size that it was left with,
/// - that was made of the same picture by the same recipe: codec, parameters, seed, version, when to stop, mips.
/// The device is not part of it: another rounds a few texels otherwise, and the result is as good.
class BatchLog {
 public:
  /// A log that is missing, damaged or of another shape is an empty one: all is done again.
  BatchLog(const std::filesystem::path& out_dir, nlohmann::json recipe);

  bool up_to_date(const BatchJob& job) const;
  /// Writes the log anew, with this job in it. Throws Error(internal) if that cannot be.
  void record(const BatchJob& job);

 private:
  struct Entry {
    std::string picture;
    std::uintmax_t bytes = 0;
    nlohmann::json recipe;
  };
  void read();
  void write() const;

  std::filesystem::path path_;
  nlohmann::json recipe_;
  std::map<std::string, Entry> entries_;  ///< by the artifact's file name
};

}  // namespace txs::app
