// What each preset made of each sample when the table was written. Worse fails and says by how much; better passes.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "codec/codec.h"
#include "codecs/bc7/bc7.h"
#include "codecs/bc7/bc7_block.h"
#include "gpu_test.h"
#include "image/load.h"
#include "metrics/metrics.h"

namespace txs::bc7 {
namespace {

constexpr double tolerance_db = 0.02;

struct Row {
  std::string image, preset;
  double psnr_db = 0, psnr_alpha_db = 0;
  std::optional<double> psnr_relaxed_db;  // of the searches that have a relaxed solution
  std::size_t bytes = 0;
};

std::string text_of(const Row& row) {
  const std::string relaxed = row.psnr_relaxed_db ? fmt::format("{:.3f}", *row.psnr_relaxed_db) : "-";
  return fmt::format("{:<14} {:<16} {:>7.3f} {:>7.3f} {:>7} {:8}", row.image, row.preset, row.psnr_db,
                     row.psnr_alpha_db, relaxed, row.bytes);
}

std::vector<Row> read_table() {
  std::ifstream file(TEXELSCOPE_GOLDEN);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Row row;
    std::string psnr, alpha, relaxed;  // streams do not read "inf"
    words >> row.image >> row.preset >> psnr >> alpha >> relaxed >> row.bytes;
    row.psnr_db = std::stod(psnr);
    row.psnr_alpha_db = std::stod(alpha);
    if (relaxed != "-") row.psnr_relaxed_db = std::stod(relaxed);
    rows.push_back(row);
  }
  return rows;
}

class Bc7Golden : public GpuTest {
 protected:
  static Row measure(const std::string& name, const codec::Preset& preset) {
    const Image image = load_image(std::filesystem::path(TEXELSCOPE_ASSETS) / "samples" / name);
    const auto picture = std::make_shared<const Rgba8Image>(to_rgba8(image));
    const auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, std::uint32_t(picture->width),
                                                        std::uint32_t(picture->height), name);
    device().upload(*texture, std::as_bytes(std::span(picture->texels)));
    codec::Parameters parameters(kind().parameters);
    for (const auto& [key, value] : preset.values) parameters.set_text(key, value);

    const auto encode = kind().start(device(), {picture, texture, image.colour_space, image.alpha}, parameters, 1);
    while (!encode->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    while (!encode->progress().done) {
      gpu::Recorder recorder(device());
      encode->advance(recorder, {1 << 20, codec::Budget::Pace::rush});
      device().submit(std::move(recorder));
    }
    gpu::Recorder recorder(device());
    const auto figures = encode->figures(recorder);
    const auto artifact = encode->artifact(recorder);
    device().submit(std::move(recorder));

    const auto bits = std::get<codec::EncodedTexture>(artifact.get());
    const metrics::Figures quality = metrics::compare(*picture, decode_image(bits), false);
    return {name, std::string(preset.id), quality.psnr_db, quality.psnr_alpha_db,
            figures.get().psnr_relaxed_db, bits.blocks.size()};
  }
};

void expect_no_worse(const char* what, double now, double then) {
  if (std::isinf(now) || now >= then - tolerance_db) return;
  ADD_FAILURE() << fmt::format("{} fell by {:.3f} dB, from {:.3f} to {:.3f}", what, then - now, then, now);
}

TEST_F(Bc7Golden, NoSampleIsWorseThanItWas) {
  const std::vector<Row> table = read_table();
  ASSERT_FALSE(table.empty());
  std::string now;
  for (const Row& then : table) {
    SCOPED_TRACE(then.image + " by " + then.preset);
    const auto preset = std::ranges::find(kind().presets, then.preset, &codec::Preset::id);
    ASSERT_NE(preset, kind().presets.end());
    const Row row = measure(then.image, *preset);
    now += text_of(row) + '\n';
    expect_no_worse("PSNR", row.psnr_db, then.psnr_db);
    expect_no_worse("PSNR of alpha", row.psnr_alpha_db, then.psnr_alpha_db);
    ASSERT_EQ(row.psnr_relaxed_db.has_value(), then.psnr_relaxed_db.has_value());
    expect_no_worse("PSNR of the relaxed solution", row.psnr_relaxed_db.value_or(0), then.psnr_relaxed_db.value_or(0));
    EXPECT_LE(row.bytes, then.bytes);
  }
  fmt::print("{}", now);  // what the table would say of this device and this build
}

TEST_F(Bc7Golden, TheTableHasEverySampleAndPreset) {
  const std::vector<Row> table = read_table();
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(TEXELSCOPE_ASSETS) / "samples"))
    for (const codec::Preset& preset : kind().presets) {
      if (entry.path().extension() != ".png") continue;  // samples of light are BC6H's
      const std::string image = entry.path().filename().string();
      const bool found =
          std::ranges::any_of(table, [&](const Row& row) { return row.image == image && row.preset == preset.id; });
      EXPECT_TRUE(found) << image << " by " << preset.id;
    }
}

}  // namespace
}  // namespace txs::bc7
