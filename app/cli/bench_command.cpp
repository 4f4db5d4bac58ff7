// bench: how fast each preset encodes and its artifact decodes, here and now.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/commands.h"
#include "codec/registry.h"
#include "core/error.h"
#include "metrics/metrics.h"
#include "session/loader.h"
#include "session/pacer.h"

namespace txs::app {
namespace {
using Clock = std::chrono::steady_clock;
constexpr double slice_milliseconds = 200;  // as `run`
constexpr int decode_repeats = 5;

struct BenchPicture {
  std::string name;
  codec::Source source;
};

struct BenchRow {
  std::string picture, preset;
  int width = 0, height = 0;
  double gpu_ms = 0, wall_ms = 0, decode_gpu_ms = 0, psnr_db = 0;
  double megapixels() const { return width * 1e-6 * height; }
};

/// Smooth shading, edges and grain in equal parts, so that blocks of every difficulty are there.
Rgba8Image make_picture(int width, int height) {
  Rgba8Image picture{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height * 4)};
  std::uint32_t grain = 1;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      std::uint8_t* texel = &picture.texels[(static_cast<std::size_t>(y) * width + x) * 4];
      const double wave = std::sin(x * 0.031) * std::cos(y * 0.023);
      const int edge = ((x / 37) ^ (y / 29)) & 1;
      for (int channel = 0; channel < 3; ++channel) {
        grain = grain * 1664525u + 1013904223u;  // Numerical Recipes' generator: any will do for grain
        const double noise = (grain >> 24) / 255.0 - 0.5;
        const double value = 128 + 60 * wave * std::cos(channel * 2.1) + 40 * (edge - 0.5) + 30 * noise;
        texel[channel] = static_cast<std::uint8_t>(std::lround(std::min(255.0, std::max(0.0, value))));
      }
      texel[3] = 255;
    }
  return picture;
}

double run_recorded(gpu::Device& device, gpu::Recorder&& recorder) {
  recorder.end_pass();
  const gpu::PendingTimes times = recorder.times();
  device.wait(device.submit(std::move(recorder)));
  double milliseconds = 0;
  for (const gpu::PassTime& pass : times.times()) milliseconds += pass.milliseconds;
  return milliseconds;
}

void encode(gpu::Device& device, codec::Encode& encode, BenchRow& row) {
  session::Pacer pacer;
  const auto began = Clock::now();
  while (!encode.progress().done) {
    gpu::Recorder recorder(device);
    recorder.begin_pass("search");
    const codec::Progress progress =
        encode.advance(recorder, {pacer.work_for(slice_milliseconds), codec::Budget::Pace::rush});
    const double milliseconds = run_recorded(device, std::move(recorder));
    pacer.observe(progress.work, milliseconds);
    row.gpu_ms += milliseconds;
  }
  row.wall_ms = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
}

void decode(gpu::Device& device, codec::Encode& encode, const codec::Source& source, metrics::Comparison& comparison,
            BenchRow& row) {
  const gpu::Texture target(device, gpu::Format::rgba8, source.texture->width(), source.texture->height(), "bench decode");
  for (int i = 0; i <= decode_repeats; ++i) {
    gpu::Recorder recorder(device);
    recorder.begin_pass("decode");
    encode.decode(recorder, target);
    const double milliseconds = run_recorded(device, std::move(recorder));
    if (i == 1 || (i > 1 && milliseconds < row.decode_gpu_ms)) row.decode_gpu_ms = milliseconds;  // the first one warms up
  }
  gpu::Recorder recorder(device);
  const metrics::PendingFigures figures = comparison.record(recorder, *source.texture, target, false);
  device.wait(device.submit(std::move(recorder)));
  row.psnr_db = figures.get().psnr_rgb_db;
}

BenchRow measure(gpu::Device& device, metrics::Comparison& comparison, const BenchPicture& picture,
                 const codec::CodecKind& kind, const codec::Preset& preset) {
  BenchRow row;
  for (const bool warm_up : {true, false}) {
    row = {picture.name, std::string(preset.id), picture.source.picture->width, picture.source.picture->height};
    const auto running = kind.start(device, picture.source, codec::preset_parameters(kind, preset), 0);
    while (!running->ready() || !comparison.ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    encode(device, *running, row);
    if (!warm_up) decode(device, *running, picture.source, comparison, row);
  }
  return row;
}

nlohmann::ordered_json row_json(const BenchRow& row) {
  return {{"picture", row.picture},
          {"width", row.width},
          {"height", row.height},
          {"preset", row.preset},
          {"gpu_ms", row.gpu_ms},
          {"wall_ms", row.wall_ms},
          {"megapixels_per_second", row.megapixels() / (row.gpu_ms / 1000)},
          {"decode_gpu_ms", row.decode_gpu_ms},
          {"decode_megapixels_per_second", row.megapixels() / (row.decode_gpu_ms / 1000)},
          {"psnr_db", row.psnr_db}};
}

void print_heading(const gpu::DeviceInfo& device) {
  std::printf("%s, %s\n", device.name.c_str(), device.driver.c_str());
  std::printf("%-20s %-18s %11s %10s %10s %10s %12s %9s\n", "picture", "preset", "size", "GPU ms", "wall ms", "MP/s",
              "decode MP/s", "PSNR dB");
}

void print_row(const BenchRow& row) {
  char size[32];
  std::snprintf(size, sizeof size, "%dx%d", row.width, row.height);
  std::printf("%-20s %-18s %11s %10.2f %10.2f %10.2f %12.1f %9.2f\n", row.picture.c_str(), row.preset.c_str(), size,
              row.gpu_ms, row.wall_ms, row.megapixels() / (row.gpu_ms / 1000),
              row.megapixels() / (row.decode_gpu_ms / 1000), row.psnr_db);
  std::fflush(stdout);
}
}  // namespace

int bench_command(const CommonOptions& common, const BenchOptions& options) {
  gpu::Device device(common.device);
  metrics::Comparison comparison(device);
  std::vector<BenchPicture> pictures;
  if (options.images.empty()) pictures.push_back({"made", session::upload_source(device, make_picture(768, 512))});
  for (const std::filesystem::path& path : options.images)
    pictures.push_back({path.filename().string(), session::load_file(device, path).source});

  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  if (!options.json) print_heading(device.info());
  for (const BenchPicture& picture : pictures)
    for (const codec::CodecKind& kind : codec::registry())
      for (const codec::Preset& preset : kind.presets) {
        const BenchRow row = measure(device, comparison, picture, kind, preset);
        if (options.json)
          rows.push_back(row_json(row));
        else
          print_row(row);
      }
  if (options.json)
    std::printf("%s\n", nlohmann::ordered_json({{"device", device.info().name}, {"driver", device.info().driver}, {"rows", rows}})
                            .dump(2)
                            .c_str());
  return validation_status(device);
}

}  // namespace txs::app
