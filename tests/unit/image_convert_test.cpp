#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>

#include "image/image.h"
#include "image/tone_map.h"

namespace txs {
namespace {

template <class Sample>
Image image_of(int width, int channels, SampleType type, const std::vector<Sample>& samples) {
  Image image;
  image.width = width;
  image.height = static_cast<int>(samples.size()) / width / channels;
  image.channels = channels;
  image.samples = type;
  image.colour_space = type == SampleType::f32 ? ColourSpace::linear : ColourSpace::srgb;
  image.pixels.resize(samples.size() * sizeof(Sample));
  std::memcpy(image.pixels.data(), samples.data(), image.pixels.size());
  return image;
}

TEST(ToRgba8, SpreadsGreyAndFillsAlpha) {
  using Texels = std::vector<std::uint8_t>;
  EXPECT_EQ(to_rgba8(image_of<std::uint8_t>(2, 1, SampleType::u8, {9, 200})).texels,
            (Texels{9, 9, 9, 255, 200, 200, 200, 255}));
  EXPECT_EQ(to_rgba8(image_of<std::uint8_t>(1, 2, SampleType::u8, {9, 100})).texels, (Texels{9, 9, 9, 100}));
  EXPECT_EQ(to_rgba8(image_of<std::uint8_t>(1, 3, SampleType::u8, {1, 2, 3})).texels, (Texels{1, 2, 3, 255}));
  EXPECT_EQ(to_rgba8(image_of<std::uint8_t>(1, 4, SampleType::u8, {1, 2, 3, 4})).texels, (Texels{1, 2, 3, 4}));
}

TEST(ToRgba8, RoundsEvery16BitSampleToNearest) {
  std::vector<std::uint16_t> all(65536);
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint16_t>(i);
  const Rgba8Image result = to_rgba8(image_of<std::uint16_t>(256, 1, SampleType::u16, all));
  for (std::size_t i = 0; i < all.size(); ++i)
    ASSERT_EQ(result.texels[i * 4], std::lround(static_cast<double>(i) * 255 / 65535)) << i;
}

TEST(ToRgba8, ShowsHdrDeterministicallyAndInOrder) {
  std::vector<float> light;
  for (int i = 0; i < 1024; ++i) light.push_back(std::exp2(static_cast<float>(i) / 64 - 8));
  const Image image = image_of<float>(32, 1, SampleType::f32, light);
  const Rgba8Image shown = to_rgba8(image);
  for (std::size_t i = 1; i < light.size(); ++i) ASSERT_GE(shown.texels[i * 4], shown.texels[i * 4 - 4]) << i;
  EXPECT_LT(shown.texels[0], 20);
  EXPECT_EQ(shown.texels[1023 * 4], 255);
  EXPECT_EQ(shown.texels, to_rgba8(image).texels);
}

TEST(ToRgba8, HdrAlphaIsNotToneMapped) {
  const Rgba8Image shown = to_rgba8(image_of<float>(1, 4, SampleType::f32, {1, 1, 1, 0.5f}));
  EXPECT_EQ(shown.texels[3], 128);
}

TEST(AutomaticExposure, BringsTheGeometricMeanToTheKey) {
  const Exposure exposure = automatic_exposure(image_of<float>(2, 1, SampleType::f32, {2, 8}));
  EXPECT_NEAR(exposure.scale, 0.18 / 4, 1e-6);
  EXPECT_FLOAT_EQ(exposure.white_point, 1);
}

TEST(AutomaticExposure, WhiteIsNotTheOneSun) {
  std::vector<float> light(10000, 1.0f);
  for (std::size_t i = 0; i < 100; ++i) light[i] = 100;
  light[5000] = 1e6f;
  const Exposure exposure = automatic_exposure(image_of<float>(100, 1, SampleType::f32, light));
  EXPECT_NEAR(exposure.white_point / exposure.scale, 100, 1) << "the histogram's steps are under 1 %";
}

TEST(AutomaticExposure, ScalesWithTheLight) {
  std::vector<float> dim, bright;
  for (int i = 1; i < 500; ++i) {
    dim.push_back(static_cast<float>(i) * 0.01f);
    bright.push_back(static_cast<float>(i) * 10.24f);
  }
  const Image dim_image = image_of<float>(499, 1, SampleType::f32, dim);
  const Image bright_image = image_of<float>(499, 1, SampleType::f32, bright);
  EXPECT_NEAR(automatic_exposure(dim_image).scale / automatic_exposure(bright_image).scale, 1024, 0.1);
  const Rgba8Image a = to_rgba8(dim_image), b = to_rgba8(bright_image);
  for (std::size_t i = 0; i < a.texels.size(); ++i) ASSERT_NEAR(a.texels[i], b.texels[i], 1);
}

TEST(AutomaticExposure, BlackAndImpossibleLightAreLeftOut) {
  const Exposure black = automatic_exposure(image_of<float>(2, 1, SampleType::f32, {0, 0}));
  EXPECT_EQ(black.scale, 1);
  EXPECT_EQ(black.white_point, 1);
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  const Image odd = image_of<float>(5, 1, SampleType::f32, {0, nan, infinity, -3, 0.5f});
  EXPECT_NEAR(automatic_exposure(odd).scale, 0.36, 1e-6);
  const Rgba8Image shown = to_rgba8(odd);
  EXPECT_EQ(shown.texels[1 * 4], 0);
  EXPECT_EQ(shown.texels[2 * 4], 255);
  EXPECT_EQ(shown.texels[3 * 4], 0);
}

TEST(ToneMap, IsMonotoneFromBlackToWhite) {
  for (const float white : {1.0f, 1.5f, 4.0f, 100.0f}) {
    EXPECT_EQ(tone_map(0, white), 0);
    EXPECT_EQ(tone_map(white, white), 1);
    EXPECT_EQ(tone_map(white * 10, white), 1);
    float last = 0;
    for (int i = 1; i <= 1000; ++i) {
      const float mapped = tone_map(white * static_cast<float>(i) / 1000, white);
      ASSERT_GT(mapped, last) << white << " " << i;
      ASSERT_LE(mapped, 1);
      last = mapped;
    }
  }
}

TEST(ToneMap, FollowsThePublishedCurve) {
  EXPECT_FLOAT_EQ(tone_map(1, 2), 1 * (1 + 1 / 4.0f) / 2);
  EXPECT_FLOAT_EQ(tone_map(0.18f, 1e6f), 0.18f / 1.18f);
  EXPECT_EQ(tone_map(-1, 2), 0);
  EXPECT_EQ(tone_map(std::numeric_limits<float>::quiet_NaN(), 2), 0);
}

TEST(ToneMap, EveryCurveIsMonotoneIntoTheUnitRange) {
  for (const ToneCurve curve : tone_curves) {
    float last = 0;
    for (int i = -200; i <= 400; ++i) {
      const float mapped = tone_map(curve, std::exp2(static_cast<float>(i) / 10), 8);
      ASSERT_GE(mapped, last) << tone_curve_name(curve) << " " << i;
      ASSERT_LE(mapped, 1);
      last = mapped;
    }
    EXPECT_EQ(last, 1) << tone_curve_name(curve);
    EXPECT_EQ(tone_map(curve, -1, 8), 0);
    EXPECT_EQ(tone_map(curve, std::numeric_limits<float>::quiet_NaN(), 8), 0);
    EXPECT_EQ(tone_map(curve, std::numeric_limits<float>::max(), 8), 1);
  }
  EXPECT_FLOAT_EQ(tone_map(ToneCurve::clamp, 0.3f, 8), 0.3f);
  EXPECT_FLOAT_EQ(tone_map(ToneCurve::filmic, 0.5f, 8), 0.5f * 1.285f / (0.5f * 1.805f + 0.14f));
}

TEST(ToneMap, StoredBytesThatBecameLightComeBack) {
  Rgba8Image stored{64, 4, {}};
  for (int i = 0; i < 256 * 4; ++i) stored.texels.push_back(static_cast<std::uint8_t>(i / 4));
  EXPECT_EQ(to_rgba8(to_rgba16f(stored, ColourSpace::srgb), Exposure{}).texels, stored.texels);
}

TEST(ToneMap, LightIsShownAsItsFloatsAre) {
  std::vector<float> light;
  for (int i = 0; i < 900; ++i) light.push_back(std::exp2(static_cast<float>(i % 97) / 8 - 6));
  const Image image = image_of<float>(30, 3, SampleType::f32, light);
  const Rgba8Image from_floats = to_rgba8(image);
  const Rgba8Image from_halves = to_rgba8(to_rgba16f(image), automatic_exposure(image));
  for (std::size_t i = 0; i < from_floats.texels.size(); ++i)
    ASSERT_NEAR(from_floats.texels[i], from_halves.texels[i], 1) << i;
}

TEST(Srgb, TransferFunctionsMatchTheStandardAndEachOther) {
  EXPECT_EQ(srgb_encode(0), 0);
  EXPECT_NEAR(srgb_encode(1), 1, 1e-6);
  EXPECT_NEAR(srgb_encode(0.5f), 0.735357, 1e-5);
  EXPECT_NEAR(srgb_decode(0.5f), 0.214041, 1e-5);
  for (int i = 0; i <= 255; ++i) {
    const float encoded = static_cast<float>(i) / 255;
    EXPECT_NEAR(srgb_encode(srgb_decode(encoded)), encoded, 1e-5) << i;
  }
}

}  // namespace
}  // namespace txs
