#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "codec/codec.h"
#include "metrics/metrics.h"

namespace txs::app {

/// A codec with the values that are measured.
struct BenchSetting {
  const codec::CodecKind* kind = nullptr;
  std::string name;  ///< of the preset; "bc1 effort=slow" where none has these values
  codec::Parameters parameters;
};

/// How fast one setting works on one picture.
struct BenchRow {
  std::string picture, codec, setting;
  int width = 0, height = 0;
  std::optional<double> gpu_ms;       ///< of the whole search, or of the measured steps; not of a peer
  double wall_ms = 0;                 ///< the same by the clock
  double cpu_ms = 0;                  ///< of all threads; on a software device the GPU's work too
  std::optional<double> decode_gpu_ms;  ///< the best of a few
  std::optional<double> psnr_db;        ///< of `measure`; none where a peer's file is not one that is read here
  metrics::Measure measure = metrics::Measure::rgb;
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
                 const BenchSetting& setting, std::uint64_t steps, double peak_gflops);

/// What the device does of independent multiply-adds in single precision, in 1e9 a second; one counts as two operations.
double measure_peak_gflops(gpu::Device& device);

/// CPU time of this process so far, all threads, or of the processes that it has started and that have ended.
double own_cpu_milliseconds();
double children_cpu_milliseconds();

}  // namespace txs::app
