#include "cli/batch_plan.h"

#include <algorithm>
#include <map>
#include <string>

#include "artifact/container.h"
#include "core/error.h"
#include "core/log.h"
#include "image/load.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void note_skipped(const fs::path& folder, std::size_t encoded, std::size_t folders) {
  if (encoded == 0 && folders == 0) return;
  std::string what;
  if (encoded > 0) what = counted(encoded, "encoded file (DDS, KTX2, .astc, .txs)", "encoded files (DDS, KTX2, .astc, .txs)");
  if (folders > 0) what += (what.empty() ? "" : " and ") + counted(folders, "folder", "folders");
  say(Severity::warning, folder.string() + ": left out " + what + " in it; name them to have them, too");
}

std::vector<fs::path> images_in(const fs::path& folder) {
  std::vector<fs::path> images;
  std::size_t encoded = 0, folders = 0;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (entry.is_regular_file(error) && has_image_extension(entry.path())) images.push_back(entry.path());
    encoded += artifact::has_container_extension(entry.path());
    folders += entry.is_directory(error);
  }
  if (error) throw Error(Fault::input, folder.string() + ": " + error.message());
  note_skipped(folder, encoded, folders);
  if (images.empty()) throw Error(Fault::input, folder.string() + ": holds no image that can be read");
  std::ranges::sort(images);
  return images;
}

std::vector<fs::path> pictures_of(const RunOptions& options) {
  std::vector<fs::path> pictures;
  for (const fs::path& path : options.images) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
      pictures.push_back(path);
      continue;
    }
    if (fs::weakly_canonical(path) == fs::weakly_canonical(options.out_dir))
      throw Error(Fault::usage, "--out-dir " + options.out_dir.string() + ": is read from, too; give it a folder of its own");
    const std::vector<fs::path> inside = images_in(path);
    pictures.insert(pictures.end(), inside.begin(), inside.end());
  }
  return pictures;
}

BatchJob job_for(const fs::path& image, const RunOptions& options, const BatchEndings& endings) {
  const std::string stem = (options.out_dir / image.stem()).string();
  BatchJob job{image, {}};
  job.keep.artifact = stem + "." + std::string(endings.format);
  if (options.with.contains(Beside::report)) job.keep.report = stem + ".json";
  if (options.with.contains(Beside::sheet)) job.keep.sheet = stem + ".sheet.png";
  if (options.with.contains(Beside::decoded)) job.keep.decoded = stem + ".decoded." + std::string(endings.decoded);
  if (options.with.contains(Beside::curves)) job.keep.curves = stem + ".curves.csv";
  return job;
}

/// Every file of the batch, by its place, with the picture that it is or is made of.
class Places {
 public:
  void take(const fs::path& file, const fs::path& image) {
    const auto [taken, is_new] = images_.emplace(fs::weakly_canonical(file), image);
    if (is_new) return;
    const fs::path& other = taken->second;
    if (fs::weakly_canonical(file) == fs::weakly_canonical(other))
      throw Error(Fault::usage, file.string() + ": would be made of " + image.string() + ", and is itself to be encoded");
    throw Error(Fault::usage, image.string() + ": would become " + file.string() + ", as " + other.string() +
                                  " would; give one of them another name or --out-dir");
  }

  void take_picture(const fs::path& image) {
    if (!images_.emplace(fs::weakly_canonical(image), image).second)
      throw Error(Fault::usage, image.string() + ": is given twice");
  }

 private:
  std::map<fs::path, fs::path> images_;
};
}  // namespace

std::vector<BatchJob> plan_batch(const RunOptions& options, const BatchEndings& endings) {
  std::vector<BatchJob> jobs;
  for (const fs::path& image : pictures_of(options)) jobs.push_back(job_for(image, options, endings));
  Places places;
  for (const BatchJob& job : jobs) places.take_picture(job.image);
  for (const BatchJob& job : jobs)
    for (const auto& [path, option] : kept_files(job.keep))
      if (!path->empty()) places.take(*path, job.image);
  return jobs;
}

}  // namespace txs::app
