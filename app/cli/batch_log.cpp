#include "cli/batch_log.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/files.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;

constexpr std::uint64_t max_log_bytes = std::uint64_t(64) << 20;  // about a hundred thousand pictures

std::string place_of(const fs::path& picture) { return fs::weakly_canonical(picture).string(); }

/// Whether every file that the job keeps is there and no older than the picture.
bool all_newer(const BatchJob& job) {
  std::error_code error;
  const fs::file_time_type picture = fs::last_write_time(job.image, error);
  if (error) return false;
  return std::ranges::all_of(kept_files(job.keep), [&](const KeptFile& kept) {
    if (kept.first->empty()) return true;
    const fs::file_time_type written = fs::last_write_time(*kept.first, error);
    return !error && written >= picture;
  });
}
}  // namespace

BatchLog::BatchLog(const fs::path& out_dir, nlohmann::json recipe)
    : path_(out_dir / "texelscope-batch.json"), recipe_(std::move(recipe)) {
  std::error_code error;
  if (!fs::exists(path_, error)) return;
  try {
    read();
  } catch (const Error&) {
    entries_.clear();
  } catch (const nlohmann::json::exception&) {
    entries_.clear();
  }
}

/// {"recipes": [...], "files": {"NAME.dds": {"picture": ..., "bytes": ..., "recipe": index}}}
void BatchLog::read() {
  const std::vector<std::byte> text = read_file(path_, max_log_bytes);
  const auto* first = reinterpret_cast<const char*>(text.data());
  const auto json = nlohmann::json::parse(first, first + text.size());
  const nlohmann::json& recipes = json.at("recipes");
  for (const auto& [name, entry] : json.at("files").items())
    entries_[name] = {entry.at("picture").get<std::string>(), entry.at("bytes").get<std::uintmax_t>(),
                      recipes.at(entry.at("recipe").get<std::size_t>())};
}

void BatchLog::write() const {
  nlohmann::json recipes = nlohmann::json::array(), files = nlohmann::json::object();
  for (const auto& [name, entry] : entries_) {
    const auto known = std::ranges::find(recipes, entry.recipe);
    files[name] = {{"picture", entry.picture}, {"bytes", entry.bytes}, {"recipe", known - recipes.begin()}};
    if (known == recipes.end()) recipes.push_back(entry.recipe);
  }
  const nlohmann::json json = {{"recipes", std::move(recipes)}, {"files", std::move(files)}};
  write_file(path_, json.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

bool BatchLog::up_to_date(const BatchJob& job) const {
  const auto found = entries_.find(job.keep.artifact.filename().string());
  if (found == entries_.end()) return false;
  const Entry& entry = found->second;
  std::error_code error;
  return entry.picture == place_of(job.image) && entry.recipe == recipe_ && all_newer(job) &&
         fs::file_size(job.keep.artifact, error) == entry.bytes;
}

void BatchLog::record(const BatchJob& job) {
  entries_[job.keep.artifact.filename().string()] = {place_of(job.image), fs::file_size(job.keep.artifact), recipe_};
  write();
}

}  // namespace txs::app
