// What each preset made of each sample when the table was written. Worse fails and says by how much; better passes.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "block_encode_test.h"
#include "codecs/bc7/bc7.h"
#include "codecs/bc7/bc7_block.h"
#include "golden_table.h"
#include "image/load.h"
#include "metrics/metrics.h"

namespace txs::bc7 {
namespace {

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

Row parse(std::istream& words) {
  Row row;
  std::string relaxed;
  words >> row.image >> row.preset;
  row.psnr_db = golden::read_decibels(words);
  row.psnr_alpha_db = golden::read_decibels(words);
  words >> relaxed >> row.bytes;
  if (relaxed != "-") row.psnr_relaxed_db = std::stod(relaxed);
  return row;
}
std::vector<Row> read_table() { return golden::read_table(TEXELSCOPE_GOLDEN, parse); }

class Bc7Golden : public BlockEncodeTest {
 protected:
  static Row measure(const std::string& name, const codec::Preset& preset) {
    const codec::Source source = source_of(device(), load_image(golden::samples() / name));
    const auto encode = start(kind(), source, preset.values);
    run(*encode);
    gpu::Recorder recorder(device());
    const auto figures = encode->figures(recorder);
    device().submit(std::move(recorder));

    const codec::EncodedTexture bits = artifact(*encode);
    const metrics::Figures quality = metrics::compare(*source.picture, decode_image(bits), false);
    return {name, std::string(preset.id), quality.psnr_db, quality.psnr_alpha_db,
            figures.get().psnr_relaxed_db, bits.blocks.size()};
  }
};

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
    golden::expect_no_worse("PSNR", row.psnr_db, then.psnr_db);
    golden::expect_no_worse("PSNR of alpha", row.psnr_alpha_db, then.psnr_alpha_db);
    ASSERT_EQ(row.psnr_relaxed_db.has_value(), then.psnr_relaxed_db.has_value());
    golden::expect_no_worse("PSNR of the relaxed solution", row.psnr_relaxed_db.value_or(0), then.psnr_relaxed_db.value_or(0));
    EXPECT_LE(row.bytes, then.bytes);
  }
  fmt::print("{}", now);  // what the table would say of this device and this build
}

TEST_F(Bc7Golden, TheTableHasEverySampleAndPreset) {
  const std::vector<Row> table = read_table();
  for (const std::string& image : golden::sample_names(false))
    for (const codec::Preset& preset : kind().presets) {
      const bool found =
          std::ranges::any_of(table, [&](const Row& row) { return row.image == image && row.preset == preset.id; });
      EXPECT_TRUE(found) << image << " by " << preset.id;
    }
}

}  // namespace
}  // namespace txs::bc7
