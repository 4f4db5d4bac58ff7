// bench: how fast each preset encodes and its artifact decodes, here and now.
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/bench_measure.h"
#include "cli/commands.h"
#include "codec/registry.h"
#include "core/error.h"
#include "session/loader.h"

namespace txs::app {
namespace {
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

/// A codec and one of its presets.
using Candidate = std::pair<const codec::CodecKind*, const codec::Preset*>;
std::vector<Candidate> candidates(const BenchOptions& options) {
  if (!options.codec.empty() && !options.preset.empty())
    throw Error(Fault::usage, "--codec and --preset: a preset names its codec, give one of the two");
  if (!options.preset.empty()) return {codec::find_preset(options.preset)};
  if (!options.codec.empty()) codec::find_codec(options.codec);  // throws for what is none
  std::vector<Candidate> found;
  for (const codec::CodecKind& kind : codec::registry())
    for (const codec::Preset& preset : kind.presets)
      if (options.codec.empty() || kind.id == options.codec) found.emplace_back(&kind, &preset);
  return found;
}

nlohmann::ordered_json row_json(const BenchRow& row) {
  nlohmann::ordered_json json = {{"picture", row.picture}, {"width", row.width},     {"height", row.height},
                                 {"preset", row.preset},   {"gpu_ms", row.gpu_ms},   {"wall_ms", row.wall_ms}};
  if (row.training) {
    json["steps"] = row.training->steps;
    json["seconds_per_step"] = row.seconds_a_step();
    json["steps_per_second"] = 1 / row.seconds_a_step();
    if (row.training->gflops) json["gflops"] = *row.training->gflops;
    if (row.training->share_of_peak) json["share_of_peak"] = *row.training->share_of_peak;
  } else {
    json["megapixels_per_second"] = row.megapixels() / (row.gpu_ms / 1000);
  }
  json["decode_gpu_ms"] = row.decode_gpu_ms;
  json["decode_megapixels_per_second"] = row.megapixels() / (row.decode_gpu_ms / 1000);
  json["psnr_db"] = row.psnr_db;
  return json;
}

/// "37.1 %"; "-" for what is not known.
std::string rounded(std::optional<double> value, double factor, const char* unit) {
  if (!value) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.1f%s", *value * factor, unit);
  return text;
}

void print_heading(bool training) {
  if (training)
    std::printf("%-20s %-22s %11s %8s %10s %10s %8s %8s %10s\n", "picture", "preset", "size", "steps", "steps/s", "s/step",
                "GFLOP/s", "of peak", "decode ms");
  else
    std::printf("%-20s %-22s %11s %10s %10s %10s %12s %9s\n", "picture", "preset", "size", "GPU ms", "wall ms", "MP/s",
                "decode MP/s", "PSNR dB");
}

void print_row(const BenchRow& row) {
  char size[32];
  std::snprintf(size, sizeof size, "%dx%d", row.width, row.height);
  std::printf("%-20s %-22s %11s ", row.picture.c_str(), row.preset.c_str(), size);
  if (row.training)
    std::printf("%8llu %10.2f %10.4f %8s %8s %10.2f\n", static_cast<unsigned long long>(row.training->steps),
                1 / row.seconds_a_step(), row.seconds_a_step(), rounded(row.training->gflops, 1, "").c_str(),
                rounded(row.training->share_of_peak, 100, " %").c_str(), row.decode_gpu_ms);
  else
    std::printf("%10.2f %10.2f %10.2f %12.1f %9.2f\n", row.gpu_ms, row.wall_ms, row.megapixels() / (row.gpu_ms / 1000),
                row.megapixels() / (row.decode_gpu_ms / 1000), row.psnr_db);
  std::fflush(stdout);
}
}  // namespace

int bench_command(const CommonOptions& common, const BenchOptions& options) {
  const std::vector<Candidate> presets = candidates(options);
  if (options.steps == 0) throw Error(Fault::usage, "--steps 0: at least 1 step is measured");
  gpu::Device device(common.device);
  metrics::Comparison comparison(device);
  std::vector<BenchSource> pictures;
  if (options.images.empty()) pictures.push_back({"made", session::upload_source(device, make_picture(768, 512))});
  for (const std::filesystem::path& path : options.images)
    pictures.push_back({path.filename().string(), session::load_file(device, path).source});

  const double peak = measure_peak_gflops(device);
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  if (!options.json)
    std::printf("%s, %s, %.0f GFLOP/s of multiply-adds\n", device.info().name.c_str(), device.info().driver.c_str(), peak);
  std::optional<bool> heading;  // of which kind the newest was
  for (const BenchSource& picture : pictures)
    for (const auto& [kind, preset] : presets) {
      const BenchRow row = measure(device, comparison, picture, *kind, *preset, options.steps, peak);
      if (options.json) {
        rows.push_back(row_json(row));
        continue;
      }
      if (heading != row.training.has_value()) print_heading(row.training.has_value());
      heading = row.training.has_value();
      print_row(row);
    }
  if (options.json)
    std::printf("%s\n", nlohmann::ordered_json({{"device", device.info().name},
                                                {"driver", device.info().driver},
                                                {"peak_gflops", peak},
                                                {"rows", rows}})
                            .dump(2)
                            .c_str());
  return validation_status(device);
}

}  // namespace txs::app
