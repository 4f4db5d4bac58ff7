// What BC6H made of each sample of light when the table was written. Worse fails and says by how much; better passes.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "codec/codec.h"
#include "codecs/bc6h/bc6h.h"
#include "codecs/bc6h/bc6h_block.h"
#include "gpu_test.h"
#include "image/load.h"
#include "image/tone_map.h"
#include "metrics/metrics.h"

namespace txs::bc6h {
namespace {

constexpr double tolerance_db = 0.02, tolerance_rmsle = 0.005;  // the second in parts of the first

struct Row {
  std::string image, preset, negative_values;
  double mpsnr_db = 0, rmsle = 0;
  std::size_t bytes = 0;
};

std::string text_of(const Row& row) {
  return fmt::format("{:<12} {:<10} {:<6} {:>8.3f} {:>9.5f} {:7}", row.image, row.preset, row.negative_values,
                     row.mpsnr_db, row.rmsle, row.bytes);
}

std::vector<Row> read_table() {
  std::ifstream file(TEXELSCOPE_GOLDEN);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Row row;
    words >> row.image >> row.preset >> row.negative_values >> row.mpsnr_db >> row.rmsle >> row.bytes;
    rows.push_back(row);
  }
  return rows;
}

class Bc6hGolden : public GpuTest {
 protected:
  static Row measure(const Row& of) {
    codec::Source source;
    source.light = std::make_shared<const Rgba16fImage>(
        to_rgba16f(load_image(std::filesystem::path(TEXELSCOPE_ASSETS) / "samples" / of.image)));
    source.picture = std::make_shared<const Rgba8Image>(to_rgba8(*source.light, source.exposure));
    auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba16f, std::uint32_t(source.light->width),
                                                  std::uint32_t(source.light->height), of.image);
    device().upload(*texture, std::as_bytes(std::span(source.light->texels)));
    source.light_texture = std::move(texture);
    codec::Parameters parameters(kind().parameters);
    for (const auto& [key, value] : std::ranges::find(kind().presets, of.preset, &codec::Preset::id)->values)
      parameters.set_text(key, value);
    parameters.set_text("signed", of.negative_values);

    const auto encode = kind().start(device(), source, parameters, 1);
    while (!encode->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    while (!encode->progress().done) {
      gpu::Recorder recorder(device());
      encode->advance(recorder, {1 << 20, codec::Budget::Pace::rush});
      device().submit(std::move(recorder));
    }
    gpu::Recorder recorder(device());
    const auto artifact = encode->artifact(recorder);
    device().submit(std::move(recorder));
    const auto bits = std::get<codec::EncodedTexture>(artifact.get());
    const metrics::Figures quality = metrics::compare(*source.light, decode_image(bits));
    return {of.image, of.preset, of.negative_values, quality.psnr_db, quality.rmsle.value_or(0), bits.blocks.size()};
  }
};

TEST_F(Bc6hGolden, NoSampleIsWorseThanItWas) {
  const std::vector<Row> table = read_table();
  ASSERT_FALSE(table.empty());
  std::string now;
  for (const Row& then : table) {
    SCOPED_TRACE(text_of(then));
    ASSERT_NE(std::ranges::find(kind().presets, then.preset, &codec::Preset::id), kind().presets.end());
    const Row row = measure(then);
    now += text_of(row) + '\n';
    EXPECT_GE(row.mpsnr_db, then.mpsnr_db - tolerance_db) << "mPSNR fell";
    EXPECT_LE(row.rmsle, then.rmsle * (1 + tolerance_rmsle)) << "RMSLE rose";
    EXPECT_EQ(row.bytes, then.bytes);
  }
  fmt::print("{}", now);  // what the table would say of this device and this build
}

TEST_F(Bc6hGolden, TheTableHasEverySampleOfLightAndPreset) {
  const std::vector<Row> table = read_table();
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(TEXELSCOPE_ASSETS) / "samples"))
    for (const codec::Preset& preset : kind().presets) {
      if (entry.path().extension() == ".png") continue;
      const std::string image = entry.path().filename().string();
      const bool found =
          std::ranges::any_of(table, [&](const Row& row) { return row.image == image && row.preset == preset.id; });
      EXPECT_TRUE(found) << image << " by " << preset.id;
    }
}

}  // namespace
}  // namespace txs::bc6h
