#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "codec/codec.h"
#include "metrics/metrics.h"

namespace txs::app {

/// How fast one preset works on one picture. Times are those of the GPU unless they say otherwise.
struct BenchRow {
  std::string picture, preset;
  int width = 0, height = 0;
  double gpu_ms = 0, wall_ms = 0;  ///< of the whole search, or of the measured steps
  double decode_gpu_ms = 0;        ///< the best of a few
  double psnr_db = 0;
  struct Training {
    std::uint64_t steps = 0;             ///< that were measured
    std::optional<double> gflops;        ///< by the codec's own count
    std::optional<double> share_of_peak;  ///< of peak_gflops, by GPU time
  };
  std::optional<Training> training;

  double megapixels() const { return width * 1e-6 * height; }
  double seconds_a_step() const { return wall_ms / 1000 / static_cast<double>(training->steps); }
};

struct BenchSource {
  std::string name;
  codec::Source source;
};

/// A search to its end, after one to warm up; of a training `steps` steps, after a few to warm up.
BenchRow measure(gpu::Device& device, metrics::Comparison& comparison, const BenchSource& picture,
                 const codec::CodecKind& kind, const codec::Preset& preset, std::uint64_t steps, double peak_gflops);

/// What the device does of independent multiply-adds in single precision, in 1e9 a second; one counts as two operations.
double measure_peak_gflops(gpu::Device& device);

}  // namespace txs::app
