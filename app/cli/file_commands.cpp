// decode and compare: files in, files out, no device.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "artifact/container.h"
#include "cli/commands.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/files.h"
#include "core/log.h"
#include "core/units.h"
#include "image/load.h"
#include "image/save.h"
#include "image/tone_map.h"
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

/// A picture from a file: 8 bits a channel, or light.
struct Picture {
  std::variant<Rgba8Image, Rgba16fImage> texels;
  std::uint32_t channels = 3;  ///< that there is something in, as CodecKind::channels
  std::optional<Exposure> exposure = {};  ///< of an image of light: under which codecs of 8 bits take it

  const Rgba16fImage* light() const { return std::get_if<Rgba16fImage>(&texels); }
  std::pair<int, int> size() const {
    return std::visit([](const auto& picture) { return std::pair(picture.width, picture.height); }, texels);
  }
};

Picture decode_file(const fs::path& path, const fs::path& latents = {}) {
  codec::Encoded encoded = artifact::load_container(path);
  codec::settle(encoded);
  if (!latents.empty()) take_latents(encoded, path, latents);
  const codec::CodecKind* reader = codec::find_reader(encoded);
  if (reader == nullptr) throw Error(Fault::input, path.string() + ": no codec here decodes what it holds");
  if (reader->hdr) return {reader->decode_light_on_cpu(encoded)};
  return {reader->decode_on_cpu(encoded), reader->channels};
}

Picture read_picture(const fs::path& path) {
  if (artifact::has_container_extension(path)) return decode_file(path);
  const Image image = load_image(path);
  if (image.is_hdr()) return {to_rgba16f(image), 3, automatic_exposure(image)};
  return {to_rgba8(image)};
}

Rgba16fImage as_light(const Picture& picture) {
  return picture.light() ? *picture.light() : to_rgba16f(std::get<Rgba8Image>(picture.texels), ColourSpace::srgb);
}

/// An image of light beside 8 bits, which are then its tone-mapped picture: it becomes that, as where codecs of 8 bits
/// encode it. (Light out of a codec of light stays it: what it was made of may have had 8 bits.)
bool tone_map_for(Picture& light, const Picture& other) {
  if (!light.exposure || other.light()) return false;
  light.texels = to_rgba8(*light.light(), *light.exposure);
  return true;
}

/// Of light if either is; else of the channels that both have.
metrics::Figures compare(const Picture& a, const Picture& b) {
  if (a.light() || b.light()) return metrics::compare(as_light(a), as_light(b));
  const metrics::Measure measure = metrics::measure_of(std::min(a.channels, b.channels), false);
  return metrics::compare(std::get<Rgba8Image>(a.texels), std::get<Rgba8Image>(b.texels), true, measure);
}

using Named = std::vector<std::pair<std::string_view, double>>;

Named named(const metrics::Figures& figures) {
  using enum metrics::Measure;
  if (figures.measure == light)
    return {{"mpsnr_db", figures.psnr_db}, {"rmsle", *figures.rmsle}, {"max_log_error", figures.max_error}};
  const std::string_view mse = figures.measure == red ? "mse_r" : figures.measure == red_green ? "mse_rg" : "mse_rgb";
  Named all = {{"psnr_db", figures.psnr_db}, {mse, figures.mse}};
  if (figures.measure == rgb) all.emplace_back("psnr_alpha_db", figures.psnr_alpha_db);
  all.emplace_back("max_error", figures.max_error);
  if (figures.ssim) all.emplace_back("ssim", *figures.ssim);
  if (figures.angular) {
    all.emplace_back("angle_mean_degrees", figures.angular->mean_degrees);
    all.emplace_back("angle_max_degrees", figures.angular->max_degrees);
  }
  return all;
}

/// JSON has no infinity.
nlohmann::ordered_json number(double value) {
  return std::isinf(value) ? nlohmann::ordered_json("inf") : nlohmann::ordered_json(value);
}
}  // namespace

int decode_command(const DecodeOptions& options) {
  const Picture decoded = decode_file(options.artifact, options.latents);
  if (const Rgba16fImage* light = decoded.light()) {
    save_light(options.out, *light, automatic_exposure(*light));
    return 0;
  }
  if (options.out.extension() != ".png")
    throw Error(Fault::usage, "--out " + options.out.string() + ": must end in .png, " + options.artifact.string() +
                                  " holds 8 bits a channel");
  save_png(options.out, std::get<Rgba8Image>(decoded.texels));
  return 0;
}

int compare_command(const CompareOptions& options) {
  Picture a = read_picture(options.a), b = read_picture(options.b);
  const auto [width, height] = a.size();
  if (a.size() != b.size())
    throw Error(Fault::input, options.b.string() + ": is " + size_text(b.size().first, b.size().second) + ", but " +
                                  options.a.string() + " is " + size_text(width, height) +
                                  "; only pictures of one size can be compared");
  const fs::path* tone_mapped = tone_map_for(a, b) ? &options.a : tone_map_for(b, a) ? &options.b : nullptr;
  if (tone_mapped)
    say(Severity::note, tone_mapped->string() + ": is HDR and is compared tone-mapped, as the other has 8 bits a channel");
  const metrics::Figures figures = compare(a, b);
  std::printf("measure             %s\n", std::string(metrics::psnr_name(figures.measure)).c_str());
  for (const auto& [name, value] : named(figures)) std::printf("%-18s  %.6f\n", std::string(name).c_str(), value);
  if (options.report.empty()) return 0;
  nlohmann::ordered_json report = {{"a", options.a.string()}, {"b", options.b.string()},
                                   {"width", width},          {"height", height},
                                   {"measure", metrics::psnr_name(figures.measure)}};
  if (tone_mapped) report["tone_mapped"] = tone_mapped->string();
  for (const auto& [name, value] : named(figures)) report[std::string(name)] = number(value);
  report["figures"] = metrics::definition(figures.measure);
  write_file(options.report, report.dump(2) + "\n");
  return 0;
}

}  // namespace txs::app
