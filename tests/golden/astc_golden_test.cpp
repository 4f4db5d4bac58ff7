// What each sample came to by block size and effort when the table was written. Worse fails and says by how much; better
// passes.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "block_encode_test.h"
#include "codecs/astc/astc.h"
#include "golden_table.h"
#include "image/load.h"
#include "metrics/metrics.h"

namespace txs::astc {
namespace {

struct Row {
  std::string image, block, effort;
  double psnr_db = 0, psnr_alpha_db = 0;
  std::size_t bytes = 0;
};

std::string text_of(const Row& row) {
  return fmt::format("{:<14} {:<6} {:<10} {:>7.3f} {:>7.3f} {:8}", row.image, row.block, row.effort, row.psnr_db,
                     row.psnr_alpha_db, row.bytes);
}

Row parse(std::istream& words) {
  Row row;
  words >> row.image >> row.block >> row.effort;
  row.psnr_db = golden::read_decibels(words);
  row.psnr_alpha_db = golden::read_decibels(words);
  words >> row.bytes;
  return row;
}
std::vector<Row> read_table() { return golden::read_table(TEXELSCOPE_GOLDEN, parse); }

class AstcGolden : public BlockEncodeTest {
 protected:
  static Row measure(const Row& of) {
    const codec::Source source = source_of(device(), load_image(golden::samples() / of.image));
    const auto encode = start(kind(), source, {{"block", of.block}, {"effort", of.effort}});
    run(*encode);
    const codec::EncodedTexture bits = artifact(*encode);
    const metrics::Figures quality = metrics::compare(*source.picture, kind().decode_on_cpu(bits), false);
    return {of.image, of.block, of.effort, quality.psnr_db, quality.psnr_alpha_db, bits.blocks.size()};
  }
};

TEST_F(AstcGolden, NoSampleIsWorseThanItWas) {
  const std::vector<Row> table = read_table();
  ASSERT_FALSE(table.empty());
  std::string now;
  for (const Row& then : table) {
    SCOPED_TRACE(then.image + ", " + then.block + ", " + then.effort);
    const Row row = measure(then);
    now += text_of(row) + '\n';
    golden::expect_no_worse("PSNR", row.psnr_db, then.psnr_db);
    golden::expect_no_worse("PSNR of alpha", row.psnr_alpha_db, then.psnr_alpha_db);
    EXPECT_EQ(row.bytes, then.bytes);
  }
  fmt::print("{}", now);  // what the table would say of this device and this build
}

// Slow and exhaustive are for small samples: what they find is held to their own errors elsewhere.
TEST_F(AstcGolden, TheTableHasEverySampleByThreeSizesAndTwoEfforts) {
  const std::vector<Row> table = read_table();
  for (const std::string& image : golden::sample_names(false))
    for (const char* block : {"4x4", "6x6", "8x8"})
      for (const char* effort : {"fast", "normal"})
        EXPECT_TRUE(std::ranges::any_of(table, [&](const Row& row) {
          return row.image == image && row.block == block && row.effort == effort;
        })) << image << ", " << block << ", " << effort;
}

}  // namespace
}  // namespace txs::astc
