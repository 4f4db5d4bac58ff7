#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/half.h"
#include "image/mips.h"
#include "image/tone_map.h"

namespace txs {
namespace {

constexpr std::array both_filters = {MipFilter::box, MipFilter::kaiser};

Rgba8Image filled(int width, int height, std::array<std::uint8_t, 4> texel) {
  Rgba8Image image{width, height, {}};
  for (int i = 0; i < width * height; ++i) image.texels.insert(image.texels.end(), texel.begin(), texel.end());
  return image;
}

Rgba8Image noise(int width, int height) {
  Rgba8Image image{width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 4)};
  std::mt19937 random(7);
  for (auto& value : image.texels) value = static_cast<std::uint8_t>(random() >> 8);
  return image;
}

std::vector<Rgba8Image> linear_chain(const Rgba8Image& image, MipFilter filter) {
  return mip_chain(image, ColourSpace::linear, Alpha::none, filter);
}

double mean(const Rgba8Image& image, std::size_t channel) {
  double sum = 0;
  for (std::size_t i = channel; i < image.texels.size(); i += 4) sum += image.texels[i];
  return sum / double(image.pixel_count());
}

TEST(Mips, SidesAreHalvedRoundedDownToOne) {
  for (const MipFilter filter : both_filters) {
    const auto levels = linear_chain(noise(37, 5), filter);
    ASSERT_EQ(levels.size(), 5u);
    const std::array<std::pair<int, int>, 5> sizes = {{{18, 2}, {9, 1}, {4, 1}, {2, 1}, {1, 1}}};
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      EXPECT_EQ(levels[i].width, sizes[i].first);
      EXPECT_EQ(levels[i].height, sizes[i].second);
      EXPECT_EQ(levels[i].texels.size(), levels[i].pixel_count() * 4);
    }
    EXPECT_TRUE(linear_chain(noise(1, 1), filter).empty());
  }
  EXPECT_EQ(mip_level_count(1, 1), 1);
  EXPECT_EQ(mip_level_count(16384, 3), 15);
  EXPECT_EQ(mip_level_count(3, 16383), 14);
}

TEST(Mips, ConstantStaysConstantAtEverySizeAndValue) {
  for (const MipFilter filter : both_filters)
    for (const auto& [width, height] : {std::pair{64, 64}, {37, 21}, {1, 130}, {129, 1}, {3, 2}, {5, 5}})
      for (const int value : {0, 1, 77, 254, 255}) {
        const std::array<std::uint8_t, 4> texel = {std::uint8_t(value), 13, 200, 90};
        for (const auto& level :
             mip_chain(filled(width, height, texel), ColourSpace::srgb, Alpha::straight, filter))
          ASSERT_EQ(level.texels, filled(level.width, level.height, texel).texels) << width << "x" << height;
      }
}

TEST(Mips, BoxIsTheMeanOfTheCoveredArea) {
  Rgba8Image row{5, 1, {}};
  for (const int value : {10, 20, 40, 80, 160}) row.texels.insert(row.texels.end(), 4, std::uint8_t(value));
  const auto levels = linear_chain(row, MipFilter::box);
  ASSERT_EQ(levels.size(), 2u);
  EXPECT_EQ(levels[0].at(0, 0)[0], std::lround((10 + 20 + 40 * 0.5) / 2.5));
  EXPECT_EQ(levels[0].at(1, 0)[0], std::lround((40 * 0.5 + 80 + 160) / 2.5));
  EXPECT_EQ(levels[1].at(0, 0)[0], 62) << "the mean of all five";
}

TEST(Mips, LevelsAreNotRoundedBetween) {
  Rgba8Image row{4, 1, {}};
  for (const int value : {0, 1, 0, 1}) row.texels.insert(row.texels.end(), 4, std::uint8_t(value));
  row.texels[4 * 3] = 0;  // means 0.5 and 0: rounding at level 1 would give (1 + 0) / 2, and 1 after it
  EXPECT_EQ(linear_chain(row, MipFilter::box)[1].at(0, 0)[0], 0);
}

TEST(Mips, MeanLightIsKept) {
  for (const MipFilter filter : both_filters) {
    const Rgba8Image image = noise(64, 32);
    const auto levels = linear_chain(image, filter);
    for (std::size_t channel = 0; channel < 4; ++channel) {
      EXPECT_NEAR(mean(levels[0], channel), mean(image, channel), 1.0);
      EXPECT_NEAR(mean(levels[2], channel), mean(image, channel), filter == MipFilter::box ? 0.6 : 3.0)
          << "a clamped edge weighs more under the wide filter";
    }
  }
}

TEST(Mips, SrgbIsAveragedAsLight) {
  Rgba8Image stripes{2, 1, {0, 0, 0, 255, 255, 255, 255, 255}};
  EXPECT_EQ(mip_chain(stripes, ColourSpace::srgb, Alpha::none, MipFilter::box)[0].at(0, 0)[0], 188);
  EXPECT_EQ(mip_chain(stripes, ColourSpace::linear, Alpha::none, MipFilter::box)[0].at(0, 0)[0], 128);
}

TEST(Mips, ColoursOfTransparentTexelsDoNotBleedIn) {
  const Rgba8Image edge{2, 1, {200, 100, 50, 255, 0, 255, 0, 0}};
  const auto weighted = mip_chain(edge, ColourSpace::linear, Alpha::straight, MipFilter::box)[0].at(0, 0);
  EXPECT_EQ(weighted, (std::array<std::uint8_t, 4>{200, 100, 50, 128}));
  const auto plain = mip_chain(edge, ColourSpace::linear, Alpha::none, MipFilter::box)[0].at(0, 0);
  EXPECT_EQ(plain[0], 100);
}

TEST(Mips, WhereNothingIsSeenTheColourIsTheMean) {
  for (const MipFilter filter : both_filters) {
    const auto levels = mip_chain(filled(16, 16, {40, 80, 120, 0}), ColourSpace::linear, Alpha::straight, filter);
    for (const auto& level : levels) EXPECT_EQ(level.at(0, 0), (std::array<std::uint8_t, 4>{40, 80, 120, 0}));
  }
}

/// A grating of few texels a period is kept by the sharp filter and blurred by the box.
TEST(Mips, KaiserKeepsMoreContrastBelowTheNewLimit) {
  Rgba8Image wave{256, 1, {}};
  for (int x = 0; x < 256; ++x) {
    const double value = 127.5 + 100 * std::sin(x * 2 * 3.14159265358979 / 6.4);
    wave.texels.insert(wave.texels.end(), 4, std::uint8_t(std::lround(value)));
  }
  const auto contrast = [&](MipFilter filter) {
    const Rgba8Image level = linear_chain(wave, filter)[0];
    const auto [least, most] = std::minmax_element(level.texels.begin() + 16 * 4, level.texels.end() - 16 * 4);
    return int(*most) - int(*least);
  };
  EXPECT_GT(contrast(MipFilter::kaiser), contrast(MipFilter::box) + 5);
}

/// What the new grid cannot hold must not come back as a pattern.
TEST(Mips, KaiserRemovesMoreOfWhatCannotBeHeld) {
  Rgba8Image wave{512, 1, {}};
  for (int x = 0; x < 512; ++x) {
    const double value = 127.5 + 100 * std::sin(x * 2 * 3.14159265358979 / 2.7);
    wave.texels.insert(wave.texels.end(), 4, std::uint8_t(std::lround(value)));
  }
  const auto alias = [&](MipFilter filter) {
    const Rgba8Image level = linear_chain(wave, filter)[0];
    const auto [least, most] = std::minmax_element(level.texels.begin() + 16 * 4, level.texels.end() - 16 * 4);
    return int(*most) - int(*least);
  };
  EXPECT_LT(alias(MipFilter::kaiser), alias(MipFilter::box) / 2);
}

TEST(Mips, MirroredPicturesHaveMirroredLevels) {
  for (const MipFilter filter : both_filters) {
    const Rgba8Image image = noise(45, 1);
    Rgba8Image mirrored = image;
    for (int x = 0; x < 45; ++x)
      std::copy_n(image.texels.begin() + x * 4, 4, mirrored.texels.begin() + (44 - x) * 4);
    const Rgba8Image a = linear_chain(image, filter)[0], b = linear_chain(mirrored, filter)[0];
    for (int x = 0; x < a.width; ++x)
      for (std::size_t c = 0; c < 4; ++c) ASSERT_NEAR(a.at(x, 0)[c], b.at(a.width - 1 - x, 0)[c], 1);
  }
}

TEST(Mips, HalvesKeepTheirRangeAndStayFinite) {
  Rgba16fImage image{16, 16, {}};
  for (int i = 0; i < 256; ++i)
    for (const float value : {(i / 2) % 2 == 0 ? 65504.0f : 0.0f, 0.25f, (i % 3 == 0 ? -8.0f : 8.0f), 1.0f})
      image.texels.push_back(float_to_half(value));
  for (const MipFilter filter : both_filters)
    for (const Rgba16fImage& level : mip_chain(image, Alpha::none, filter))
      for (std::size_t i = 0; i < level.texels.size(); i += 4) {
        ASSERT_TRUE(half_is_finite(level.texels[i]));
        ASSERT_GE(half_to_float(level.texels[i]), 0) << "overshoot is cut";
        ASSERT_EQ(level.texels[i + 1], float_to_half(0.25f));
        ASSERT_LE(std::abs(half_to_float(level.texels[i + 2])), 8);
        ASSERT_EQ(level.texels[i + 3], float_to_half(1));
      }
}

TEST(Mips, SameBytesEveryTime) {
  const Rgba8Image image = noise(51, 77);
  const auto first = mip_chain(image, ColourSpace::srgb, Alpha::straight, MipFilter::kaiser);
  const auto second = mip_chain(image, ColourSpace::srgb, Alpha::straight, MipFilter::kaiser);
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_EQ(first[i].texels, second[i].texels);
}

}  // namespace
}  // namespace txs
