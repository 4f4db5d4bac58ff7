// The committed pictures are what the code in tools/samples draws.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/half.h"
#include "image/load.h"
#include "image/save.h"
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

TEST(Assets, LightIsWhatItsCodeDraws) {
  EXPECT_EQ(to_rgba16f(load_image(assets / "samples/ripples.exr")).texels, samples::ripples().texels);
  const Rgba16fImage drawn = samples::dusk(), committed = to_rgba16f(load_image(assets / "samples/dusk.hdr"));
  EXPECT_EQ(encode_hdr(committed), encode_hdr(drawn)) << "RGBE keeps 8 bits of each";
  EXPECT_EQ(*std::ranges::max_element(drawn.texels), float_to_half(24000));
  EXPECT_TRUE(std::ranges::any_of(samples::ripples().texels, [](std::uint16_t half) { return half_to_float(half) < -5; }));
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
  for (const samples::LightSample& sample : samples::all_of_light()) {
    EXPECT_LT(std::filesystem::file_size(assets / sample.file), 40'000u) << sample.file;
    EXPECT_TRUE(load_image(assets / sample.file).is_hdr());
  }
  const Image garden = load_image(assets / "samples/garden.png");
  EXPECT_EQ(garden.width, 512);
  EXPECT_EQ(garden.height, 512);
  EXPECT_EQ(garden.alpha, Alpha::none);
  EXPECT_EQ(load_image(assets / "samples/leaf.png").alpha, Alpha::straight);
}

}  // namespace
}  // namespace txs
