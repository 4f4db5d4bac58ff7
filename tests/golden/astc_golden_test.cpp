// What each sample came to by block size and effort when the table was written. Worse fails and says by how much; better
// passes.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "codec/codec.h"
#include "codecs/astc/astc.h"
#include "gpu_test.h"
#include "image/load.h"
#include "metrics/metrics.h"

namespace txs::astc {
namespace {

constexpr double tolerance_db = 0.02;

struct Row {
  std::string image, block, effort;
  double psnr_db = 0, psnr_alpha_db = 0;
  std::size_t bytes = 0;
};

std::string text_of(const Row& row) {
  return fmt::format("{:<14} {:<6} {:<10} {:>7.3f} {:>7.3f} {:8}", row.image, row.block, row.effort, row.psnr_db,
                     row.psnr_alpha_db, row.bytes);
}

std::vector<Row> read_table() {
  std::ifstream file(TEXELSCOPE_GOLDEN);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    Row row;
    std::string psnr, alpha;  // streams do not read "inf"
    words >> row.image >> row.block >> row.effort >> psnr >> alpha >> row.bytes;
    row.psnr_db = std::stod(psnr);
    row.psnr_alpha_db = std::stod(alpha);
    rows.push_back(row);
  }
  return rows;
}

class AstcGolden : public GpuTest {
 protected:
  static Row measure(const Row& of) {
    const Image image = load_image(std::filesystem::path(TEXELSCOPE_ASSETS) / "samples" / of.image);
    const auto picture = std::make_shared<const Rgba8Image>(to_rgba8(image));
    const auto texture = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, std::uint32_t(picture->width),
                                                        std::uint32_t(picture->height), of.image);
    device().upload(*texture, std::as_bytes(std::span(picture->texels)));
    codec::Parameters parameters(kind().parameters);
    parameters.set_text("block", of.block);
    parameters.set_text("effort", of.effort);

    const auto encode = kind().start(device(), {picture, texture, image.colour_space, image.alpha}, parameters, 1);
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
    const metrics::Figures quality = metrics::compare(*picture, kind().decode_on_cpu(bits), false);
    return {of.image, of.block, of.effort, quality.psnr_db, quality.psnr_alpha_db, bits.blocks.size()};
  }
};

void expect_no_worse(const char* what, double now, double then) {
  if (std::isinf(now) || now >= then - tolerance_db) return;
  ADD_FAILURE() << fmt::format("{} fell by {:.3f} dB, from {:.3f} to {:.3f}", what, then - now, then, now);
}

TEST_F(AstcGolden, NoSampleIsWorseThanItWas) {
  const std::vector<Row> table = read_table();
  ASSERT_FALSE(table.empty());
  std::string now;
  for (const Row& then : table) {
    SCOPED_TRACE(then.image + ", " + then.block + ", " + then.effort);
    const Row row = measure(then);
    now += text_of(row) + '\n';
    expect_no_worse("PSNR", row.psnr_db, then.psnr_db);
    expect_no_worse("PSNR of alpha", row.psnr_alpha_db, then.psnr_alpha_db);
    EXPECT_EQ(row.bytes, then.bytes);
  }
  fmt::print("{}", now);  // what the table would say of this device and this build
}

// Slow and exhaustive are for small samples: what they find is held to their own errors elsewhere.
TEST_F(AstcGolden, TheTableHasEverySampleByThreeSizesAndTwoEfforts) {
  const std::vector<Row> table = read_table();
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(TEXELSCOPE_ASSETS) / "samples")) {
    if (entry.path().extension() != ".png") continue;  // samples of light are BC6H's
    for (const char* block : {"4x4", "6x6", "8x8"})
      for (const char* effort : {"fast", "normal"}) {
        const std::string image = entry.path().filename().string();
        EXPECT_TRUE(std::ranges::any_of(table, [&](const Row& row) {
          return row.image == image && row.block == block && row.effort == effort;
        })) << image << ", " << block << ", " << effort;
      }
  }
}

}  // namespace
}  // namespace txs::astc
