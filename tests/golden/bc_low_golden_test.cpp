// What each preset of BC1, BC3, BC4 and BC5 made of each sample when the table was written. Worse fails and says by how
// much; better passes.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "../support/bc_low_kinds.h"
#include "block_encode_test.h"
#include "golden_table.h"
#include "image/load.h"

namespace txs {
namespace {

const std::vector<const codec::CodecKind*> kinds{&bc1::kind(), &bc3::kind(), &bc4::kind(), &bc5::kind()};

struct Row {
  std::string image, preset;
  double psnr_db = 0, psnr_alpha_db = 0;
  std::size_t bytes = 0;
};

std::string text_of(const Row& row) {
  return fmt::format("{:<14} {:<14} {:>7.3f} {:>7.3f} {:8}", row.image, row.preset, row.psnr_db, row.psnr_alpha_db,
                     row.bytes);
}

Row parse(std::istream& words) {
  Row row;
  words >> row.image >> row.preset;
  row.psnr_db = golden::read_decibels(words);
  row.psnr_alpha_db = golden::read_decibels(words);
  words >> row.bytes;
  return row;
}
std::vector<Row> read_table() { return golden::read_table(TEXELSCOPE_GOLDEN, parse); }

double psnr(const Rgba8Image& a, const Rgba8Image& b, std::size_t first, std::size_t count) {
  double sum = 0;
  for (std::size_t i = 0; i < a.texels.size(); i += 4)
    for (std::size_t c = first; c < first + count; ++c) sum += std::pow(double(a.texels[i + c]) - b.texels[i + c], 2);
  return sum == 0 ? INFINITY : 10 * std::log10(65025.0 * double(count) * double(a.pixel_count()) / sum);
}

class BcLowGolden : public BlockEncodeTest {
 protected:
  static Row measure(const std::string& name, const codec::CodecKind& kind, const codec::Preset& preset) {
    const codec::Source source = source_of(device(), load_image(golden::samples() / name));
    const auto encode = start(kind, source, preset.values);
    run(*encode);
    const codec::EncodedTexture bits = artifact(*encode);
    const Rgba8Image decoded = kind.decode_on_cpu(bits);
    return {name, std::string(preset.id), psnr(*source.picture, decoded, 0, std::min(kind.channels, 3u)),
            psnr(*source.picture, decoded, 3, 1), bits.blocks.size()};
  }
};

TEST_F(BcLowGolden, NoSampleIsWorseThanItWas) {
  const std::vector<Row> table = read_table();
  std::string now;
  for (const codec::CodecKind* kind : kinds)
    for (const codec::Preset& preset : kind->presets)
      for (const std::string& image : golden::sample_names(false)) {  // of light the figures would be of the tone map, too
        SCOPED_TRACE(image + " by " + std::string(preset.id));
        const auto then =
            std::ranges::find_if(table, [&](const Row& row) { return row.image == image && row.preset == preset.id; });
        const Row row = measure(image, *kind, preset);
        now += text_of(row) + '\n';
        if (then == table.end()) {
          ADD_FAILURE() << "the table lacks it: " << text_of(row);
          continue;
        }
        golden::expect_no_worse("PSNR", row.psnr_db, then->psnr_db);
        golden::expect_no_worse("PSNR of alpha", row.psnr_alpha_db, then->psnr_alpha_db);
        EXPECT_LE(row.bytes, then->bytes);
      }
  fmt::print("{}", now);  // what the table would say of this device and this build
}

}  // namespace
}  // namespace txs
