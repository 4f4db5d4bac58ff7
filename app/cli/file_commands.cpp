// decode and compare: files in, files out, no device.
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "artifact/container.h"
#include "cli/commands.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/files.h"
#include "image/load.h"
#include "image/save.h"
#include "metrics/metrics.h"
#include "session/latents_file.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;

/// A network's grids replaced by those of a file.
void take_latents(codec::Encoded& encoded, const fs::path& artifact, const fs::path& latents) {
  auto* network = std::get_if<codec::EncodedNetwork>(&encoded);
  if (network == nullptr) throw Error(Fault::usage, "--latents: " + artifact.string() + " holds blocks, which have none");
  session::load_latents_file(latents, *network);
}

Rgba8Image decode_file(const fs::path& path, const fs::path& latents = {}) {
  codec::Encoded encoded = artifact::load_container(path);
  if (!latents.empty()) take_latents(encoded, path, latents);
  const codec::CodecKind* reader = codec::find_reader(encoded);
  if (reader == nullptr) throw Error(Fault::input, path.string() + ": no codec here decodes what it holds");
  return reader->decode_on_cpu(encoded);
}

Rgba8Image read_picture(const fs::path& path) {
  return artifact::has_container_extension(path) ? decode_file(path) : to_rgba8(load_image(path));
}

nlohmann::ordered_json decibels(double value) {
  return std::isinf(value) ? nlohmann::ordered_json("inf") : nlohmann::ordered_json(value);
}
}  // namespace

int decode_command(const DecodeOptions& options) {
  if (options.out.extension() != ".png") throw Error(Fault::usage, "--out " + options.out.string() + ": must end in .png");
  save_png(options.out, decode_file(options.artifact, options.latents));
  return 0;
}

int compare_command(const CompareOptions& options) {
  const Rgba8Image a = read_picture(options.a), b = read_picture(options.b);
  if (a.width != b.width || a.height != b.height)
    throw Error(Fault::input, options.b.string() + ": is " + std::to_string(b.width) + "x" + std::to_string(b.height) +
                                  ", but " + options.a.string() + " is " + std::to_string(a.width) + "x" +
                                  std::to_string(a.height) + "; only pictures of one size can be compared");
  const metrics::Figures figures = metrics::compare(a, b);
  std::printf("psnr_db       %.4f\nmse_rgb       %.6f\n", figures.psnr_db, figures.mse);
  std::printf("psnr_alpha_db %.4f\nmax_error     %.6f\n", figures.psnr_alpha_db, figures.max_error);
  if (figures.ssim) std::printf("ssim          %.6f\n", *figures.ssim);
  if (!options.report.empty()) {
    nlohmann::ordered_json report = {{"a", options.a.string()},
                                     {"b", options.b.string()},
                                     {"width", a.width},
                                     {"height", a.height},
                                     {"psnr_db", decibels(figures.psnr_db)},
                                     {"mse_rgb", figures.mse},
                                     {"psnr_alpha_db", decibels(figures.psnr_alpha_db)},
                                     {"max_error", figures.max_error}};
    if (figures.ssim) report["ssim"] = *figures.ssim;
    write_file(options.report, report.dump(2) + "\n");
  }
  return 0;
}

}  // namespace txs::app
