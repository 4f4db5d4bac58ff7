// bench: how fast each preset and effort encodes and its artifact decodes, here and now.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "cli/bench_measure.h"
#include "cli/bench_peer.h"
#include "cli/bench_table.h"
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

session::LoadedFile made_file(gpu::Device& device) {
  session::LoadedFile file;
  file.source = session::upload_source(device, make_picture(768, 512));
  file.info.name = "made";
  return file;
}

std::string effort_of(const codec::Parameters& parameters) {
  const auto found = std::ranges::find(parameters.declared(), "effort", &codec::Parameter::key);
  return found == parameters.declared().end() ? "" : std::string(parameters.choice("effort"));
}

bool has(const std::vector<BenchSetting>& settings, const codec::Parameters& parameters) {
  return std::ranges::any_of(settings, [&](const BenchSetting& setting) {
    return !setting.parameters.change_to(parameters).differs;
  });
}

bool names_effort(const codec::Preset& preset) {
  return std::ranges::any_of(preset.values, [](const auto& value) { return value.first == "effort"; });
}

/// A preset whose search is one that effort acts on: the first that says how much of it, if there is one.
const codec::Preset& effort_preset(const codec::CodecKind& kind) {
  const auto found = std::ranges::find_if(kind.presets, names_effort);
  return found == kind.presets.end() ? kind.presets.front() : *found;
}

/// Every preset, then every effort that is none of them.
std::vector<BenchSetting> settings_of(const codec::CodecKind& kind) {
  std::vector<BenchSetting> settings;
  for (const codec::Preset& preset : kind.presets)
    settings.push_back({&kind, std::string(preset.id), codec::preset_parameters(kind, preset)});
  for (const codec::Parameter& parameter : kind.parameters) {
    if (parameter.key != "effort") continue;
    for (const codec::Choice& effort : parameter.choices) {
      codec::Parameters parameters = codec::preset_parameters(kind, effort_preset(kind));
      parameters.set_text("effort", effort.key);
      if (!has(settings, parameters))
        settings.push_back({&kind, std::string(kind.id) + " effort=" + std::string(effort.key), parameters});
    }
  }
  return settings;
}

/// Presets on which an effort acts at the one that is asked for, first those that name it; those that name another are left
/// out.
std::vector<BenchSetting> settings_of(const codec::CodecKind& kind, const std::string& effort) {
  std::vector<BenchSetting> settings;
  const auto declared = std::ranges::find(kind.parameters, "effort", &codec::Parameter::key);
  if (declared == kind.parameters.end() || !std::ranges::count(declared->choices, effort, &codec::Choice::key)) return {};
  for (const bool named : {true, false})
    for (const codec::Preset& preset : kind.presets) {
      if (named != names_effort(preset)) continue;
      codec::Parameters parameters = codec::preset_parameters(kind, preset);
      const bool as_preset = effort_of(parameters) == effort;
      if ((named && !as_preset) || (declared->applies != nullptr && !declared->applies(parameters))) continue;
      parameters.set_text("effort", effort);
      if (!has(settings, parameters))
        settings.push_back({&kind, std::string(preset.id) + (as_preset ? "" : " effort=" + effort), parameters});
    }
  return settings;
}

std::vector<BenchSetting> wanted_settings(const BenchOptions& options) {
  if (!options.codec.empty() && !options.preset.empty())
    throw Error(Fault::usage, "--codec and --preset: a preset names its codec, give one of the two");
  if (!options.codec.empty()) codec::find_codec(options.codec);  // throws for what is none
  if (!options.preset.empty()) codec::find_preset(options.preset);
  std::vector<BenchSetting> wanted;
  for (const codec::CodecKind& kind : codec::registry()) {
    if (!options.codec.empty() && kind.id != options.codec) continue;
    for (BenchSetting& setting : options.effort.empty() ? settings_of(kind) : settings_of(kind, options.effort))
      if (options.preset.empty() || setting.name == options.preset ||
          setting.name == options.preset + " effort=" + options.effort)
        wanted.push_back(std::move(setting));
  }
  if (wanted.empty()) throw Error(Fault::usage, "--effort " + options.effort + ": no codec that is asked for has this effort");
  return wanted;
}

/// The rows as they come: a line each, or together as JSON in the end.
class Results {
 public:
  Results(const gpu::DeviceInfo& device, double peak_gflops, bool json)
      : device_(device), peak_gflops_(peak_gflops), json_(json) {
    if (!json) std::printf("%s, %s, %.0f GFLOP/s of multiply-adds\n", device.name.c_str(), device.driver.c_str(), peak_gflops);
  }

  void add(const BenchRow& row) { json_ ? rows_.push_back(row_json(row)) : table_.print(row); }

  void finish() const {
    if (!json_) return;
    const nlohmann::ordered_json all = {
        {"device", device_.name}, {"driver", device_.driver}, {"peak_gflops", peak_gflops_}, {"rows", rows_}};
    std::printf("%s\n", all.dump(2).c_str());
  }

 private:
  gpu::DeviceInfo device_;
  double peak_gflops_;
  bool json_;
  BenchTable table_;
  nlohmann::ordered_json rows_ = nlohmann::ordered_json::array();
};
}  // namespace

int bench_command(const CommonOptions& common, const BenchOptions& options) {
  const std::vector<BenchSetting> settings = wanted_settings(options);
  if (options.steps == 0) throw Error(Fault::usage, "--steps 0: at least 1 step is measured");
  gpu::Device device(common.device);
  metrics::Comparison comparison(device);
  std::vector<session::LoadedFile> pictures;
  for (const std::filesystem::path& path : options.images) pictures.push_back(session::load_file(device, path));
  if (pictures.empty()) pictures.push_back(made_file(device));

  const double peak = measure_peak_gflops(device);
  Results results(device.info(), peak, options.json);
  for (session::LoadedFile& picture : pictures) {
    for (const BenchSetting& setting : settings) {
      if (setting.kind->hdr) session::ensure_light(device, picture);
      results.add(measure(device, comparison, {picture.info.name, picture.source}, setting, options.steps, peak));
    }
    if (!options.peer.empty()) results.add(measure_peer(options.peer, {picture.info.name, picture.source}));
  }
  results.finish();
  return validation_status(device);
}

}  // namespace txs::app
