// What BC6H made of each sample of light when the table was written. Worse fails and says by how much; better passes.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "block_encode_test.h"
#include "codecs/bc6h/bc6h.h"
#include "codecs/bc6h/bc6h_block.h"
#include "golden_table.h"
#include "image/load.h"
#include "metrics/metrics.h"

namespace txs::bc6h {
namespace {

constexpr double tolerance_rmsle = 0.005;  // in parts of it

struct Row {
  std::string image, preset, negative_values;
  double mpsnr_db = 0, rmsle = 0;
  std::size_t bytes = 0;
};

std::string text_of(const Row& row) {
  return fmt::format("{:<12} {:<10} {:<6} {:>8.3f} {:>9.5f} {:7}", row.image, row.preset, row.negative_values,
                     row.mpsnr_db, row.rmsle, row.bytes);
}

Row parse(std::istream& words) {
  Row row;
  words >> row.image >> row.preset >> row.negative_values >> row.mpsnr_db >> row.rmsle >> row.bytes;
  return row;
}
std::vector<Row> read_table() { return golden::read_table(TEXELSCOPE_GOLDEN, parse); }

class Bc6hGolden : public BlockEncodeTest {
 protected:
  static Row measure(const Row& of) {
    const codec::Source source = source_of_light(device(), to_rgba16f(load_image(golden::samples() / of.image)));
    Values values = std::ranges::find(kind().presets, of.preset, &codec::Preset::id)->values;
    values.emplace_back("signed", of.negative_values);
    const auto encode = start(kind(), source, values);
    run(*encode);
    const codec::EncodedTexture bits = artifact(*encode);
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
    EXPECT_GE(row.mpsnr_db, then.mpsnr_db - golden::tolerance_db) << "mPSNR fell";
    EXPECT_LE(row.rmsle, then.rmsle * (1 + tolerance_rmsle)) << "RMSLE rose";
    EXPECT_EQ(row.bytes, then.bytes);
  }
  fmt::print("{}", now);  // what the table would say of this device and this build
}

TEST_F(Bc6hGolden, TheTableHasEverySampleOfLightAndPreset) {
  const std::vector<Row> table = read_table();
  for (const std::string& image : golden::sample_names(true))
    for (const codec::Preset& preset : kind().presets) {
      const bool found =
          std::ranges::any_of(table, [&](const Row& row) { return row.image == image && row.preset == preset.id; });
      EXPECT_TRUE(found) << image << " by " << preset.id;
    }
}

}  // namespace
}  // namespace txs::bc6h
