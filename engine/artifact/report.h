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
  double psnr_db = 0;  ///< of the run's measure (metrics::Measure)
  std::optional<double> loss = {}, learning_rate = {};  ///< of a training, at this step
  std::optional<double> hamming = {};                   ///< of a descent: codec::CodecFigures::hamming
};

/// What coding the feature grids (codec::Stage2) makes of a network: the bytes of that file, and the quality of what
/// decodes from them, which lossy coding lowers.
struct CodedResult {
  std::string coding;                 ///< "jpeg 85", "png", "zstd"
  std::vector<codec::BitPart> parts;  ///< they sum to the file
  std::uint64_t bytes = 0;
  metrics::Figures figures;           ///< of pixels decoded from the coded bytes; without SSIM
  std::uint64_t step = 0;             ///< of the training that it was made at

  double bits_per_pixel(int width, int height) const;
  double compression_ratio(int width, int height, int channels) const;  ///< against 8-bit raw of so many channels
};

/// A file of blocks with the levels below the picture. The other figures of a record are of the picture, level 0, alone.
struct MipChain {
  std::string filter;       ///< "box", "kaiser"; empty: made elsewhere
  int levels = 0;           ///< level 0 included
  std::uint64_t bytes = 0;  ///< of the whole file
};

/// All that is known of one result; the report is its JSON, a sheet's caption and a command's output its summary.
struct ResultRecord {
  std::string image_path;
  int width = 0, height = 0, channels = 0;
  std::string codec, preset;  ///< preset empty if parameters differ from it
  std::string artifact;       ///< name of the file whose bits these are; empty: they were encoded here
  std::map<std::string, std::string> parameters;
  std::uint64_t seed = 0;
  std::string device;
  std::uint64_t steps = 0;
  double seconds = 0;
  codec::BlockSize block;             ///< texels that are encoded together
  std::vector<codec::BitPart> parts;  ///< sum: the artifact's bits; of a network without coded grids
  metrics::Figures figures;           ///< of pixels decoded from the artifact's bits
  std::optional<double> psnr_relaxed_db;
  std::optional<double> loss;         ///< of a training's newest step
  std::optional<CodedResult> coded;   ///< the same network with its grids coded; none where the parameters ask for none
  std::optional<MipChain> mips;       ///< none: the file has level 0 alone
  std::string resumed_from;           ///< the checkpoint that the training went on from; `seconds` count from there
  std::vector<HistoryPoint> history;

  bool has_blocks() const;
  std::uint64_t total_bytes() const;
  double bits_per_pixel() const;     ///< 0 without pixels
  double compression_ratio() const;  ///< against raw_bytes_per_texel; 0 without parts
  bool measures_alpha() const {
    return figures.measure == metrics::Measure::rgb && (channels == 2 || channels == 4);
  }
};

/// What a texel takes uncompressed: a byte for each of the channels that are measured, of RGB as many as the source
/// has; two bytes for each of R, G, B of light.
int raw_bytes_per_texel(metrics::Measure measure, int source_channels);

/// The report of DESIGN: version, image, codec, preset, parameters, seed, device, steps, seconds, bytes,
/// bits_per_pixel, compression_ratio, measure ("PSNR RGB", "mPSNR", ...), psnr_db, which is of that measure,
/// psnr_relaxed_db, ssim, max_error, history; with alpha also psnr_alpha_db. Of two channels angle_mean_degrees and
/// angle_max_degrees. Of light mpsnr_db, the same as psnr_db, rmsle, and max_log_error in the place of max_error.
/// Full precision. An infinite PSNR is written as the text "inf"; preset and ssim are null where there
/// is none, psnr_relaxed_db is left out. Parameters are numbers and booleans where their text is one. Trainings add loss
/// and resumed_from, and to the points of the history loss and learning_rate; coded grids add stage2 ("jpeg 85"),
/// psnr_stage2_db, bytes_stage2, bits_per_pixel_stage2 and compression_ratio_stage2. With mip levels, `bytes` and what
/// follows from it are of level 0, and `mips` {filter, levels, bytes, bits_per_pixel} of the whole file.
std::string report_json(const ResultRecord& record);
/// The same with that of the experiment beside it as `other`, and how far the two pictures are from each other as
/// `between` {figure, psnr_db, max_error}, null where they cannot be compared.
std::string report_json(const ResultRecord& record, const ResultRecord& other,
                        const std::optional<metrics::Figures>& between);

/// The same for people, in groups that belong together; what it says of a metric (channels, peak) is part of the name.
struct SummaryField {
  std::string name, value;
};
struct SummaryGroup {
  std::string title;
  std::vector<SummaryField> fields;
};
/// Source, codec, quality, size; without the parameters.
std::vector<SummaryGroup> summary(const ResultRecord& record);
/// The summary and the parameters as lines of text for a terminal, values aligned.
std::vector<std::string> summary_lines(const ResultRecord& record);

}  // namespace txs::artifact
