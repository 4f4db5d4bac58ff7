// The committed pictures are what the code in tools/samples draws.
#include <gtest/gtest.h>

#include "image/load.h"
#include "samples/samples.h"

namespace txs {
namespace {

const std::filesystem::path assets = TEXELSCOPE_ASSETS;

void expect_drawn(const char* file, const Rgba8Image& drawn) {
  const Rgba8Image committed = to_rgba8(load_image(assets / file));
  ASSERT_EQ(committed.width, drawn.width) << file;
  ASSERT_EQ(committed.height, drawn.height) << file;
  EXPECT_TRUE(committed.texels == drawn.texels) << file << " is not what its code draws; see assets/README.md";
}

TEST(Assets, ThoseOfIntegersAreWhatTheirCodeDraws) {
  expect_drawn("samples/odd.png", samples::odd());
  expect_drawn("samples/swatches.png", samples::swatches());
  expect_drawn("samples/tiny.png", samples::tiny());
}

TEST(Assets, TheIconIsWhatItsCodeDrawsWithinAStep) {
  const Rgba8Image committed = to_rgba8(load_image(assets / "icon-64.png"));
  const Rgba8Image drawn = samples::icon(64);
  ASSERT_EQ(committed.texels.size(), drawn.texels.size());
  for (std::size_t i = 0; i < drawn.texels.size(); ++i) ASSERT_NEAR(committed.texels[i], drawn.texels[i], 1) << i;
}

TEST(Assets, AreAllThereWithTheirMeaning) {
  for (const samples::Sample& sample : samples::all()) {
    EXPECT_LT(std::filesystem::file_size(assets / sample.file), 600'000u) << sample.file;
    load_image(assets / sample.file);
  }
  const Image garden = load_image(assets / "samples/garden.png");
  EXPECT_EQ(garden.width, 512);
  EXPECT_EQ(garden.height, 512);
  EXPECT_EQ(garden.alpha, Alpha::none);
  EXPECT_EQ(load_image(assets / "samples/leaf.png").alpha, Alpha::straight);
}

}  // namespace
}  // namespace txs
