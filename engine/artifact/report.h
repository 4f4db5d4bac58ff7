#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "codec/codec.h"
#include "metrics/metrics.h"

namespace txs::artifact {

struct HistoryPoint {
  std::uint64_t step = 0;
  double seconds = 0;  ///< since the encode's first dispatch, without pauses
  double psnr_db = 0;
};

/// All that is known of one result; the report is its JSON, a sheet's caption its few lines.
struct ResultRecord {
  std::string image_path;
  int width = 0, height = 0, channels = 0;
  std::string codec, preset;  ///< preset empty if parameters differ from it
  std::map<std::string, std::string> parameters;
  std::uint64_t seed = 0;
  std::string device;
  std::uint64_t steps = 0;
  double seconds = 0;
  std::vector<codec::BitPart> parts;  ///< sum: the artifact's bits
  metrics::Figures figures;           ///< of pixels decoded from the artifact's bits
  std::optional<double> psnr_relaxed_db;
  std::vector<HistoryPoint> history;

  std::uint64_t total_bytes() const;
  double bits_per_pixel() const;
  double compression_ratio() const;  ///< against 8-bit raw of the source's channels
};

/// The report of DESIGN: version, image, codec, preset, parameters, seed, device, steps, seconds, bytes, bits_per_pixel,
/// compression_ratio, psnr_db, psnr_relaxed_db, ssim, max_error, history. An infinite PSNR is written as the text "inf".
std::string report_json(const ResultRecord& record);

/// What a command prints and a sheet captions: a few lines of "name value unit".
std::vector<std::string> summary_lines(const ResultRecord& record);

}  // namespace txs::artifact
