// The CPU reference of the metrics, against their definitions.
#include "metrics/metrics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "core/error.h"
#include "core/half.h"

namespace txs::metrics {
namespace {

Rgba8Image plain(int width, int height, std::array<std::uint8_t, 4> texel) {
  Rgba8Image image{width, height, {}};
  for (std::size_t i = 0; i < image.pixel_count(); ++i)
    image.texels.insert(image.texels.end(), texel.begin(), texel.end());
  return image;
}

Rgba8Image noise(int width, int height, std::uint32_t seed) {
  std::mt19937 random(seed);
  Rgba8Image image{width, height, std::vector<std::uint8_t>(std::size_t(width) * height * 4)};
  for (auto& byte : image.texels) byte = std::uint8_t(random());
  return image;
}

TEST(Metrics, EqualPicturesHaveNoError) {
  const auto image = noise(31, 17, 1);
  const Figures figures = compare(image, image);
  EXPECT_EQ(figures.mse, 0);
  EXPECT_EQ(figures.mse_alpha, 0);
  EXPECT_EQ(figures.max_error, 0);
  EXPECT_TRUE(std::isinf(figures.psnr_db));
  EXPECT_TRUE(std::isinf(figures.psnr_alpha_db));
  ASSERT_TRUE(figures.ssim);
  EXPECT_NEAR(*figures.ssim, 1, 1e-12);
}

TEST(Metrics, PsnrIsTenLogOfPeakSquaredOverMeanSquare) {
  // Differences 1, 2, 3 in red, green, blue: mean square 14 / 3. Alpha apart: 4^2.
  const Figures figures = compare(plain(5, 4, {10, 20, 30, 40}), plain(5, 4, {11, 18, 33, 36}));
  EXPECT_DOUBLE_EQ(figures.mse, 14.0 / 3);
  EXPECT_NEAR(figures.psnr_db, 20 * std::log10(255) - 10 * std::log10(14.0 / 3), 1e-12);
  EXPECT_DOUBLE_EQ(figures.mse_alpha, 16);
  EXPECT_DOUBLE_EQ(figures.max_error, 4 / 255.0);
}

TEST(Metrics, LargestErrorIsOfAnyChannelAnywhere) {
  for (std::size_t channel = 0; channel < 4; ++channel) {
    const auto source = plain(7, 3, {100, 100, 100, 100});
    auto decoded = source;
    decoded.texels[4 * 20 + channel] = 0;
    EXPECT_DOUBLE_EQ(compare(source, decoded).max_error, 100 / 255.0) << channel;
  }
}

TEST(Metrics, RefusesPicturesOfDifferentSize) {
  try {
    compare(noise(4, 4, 1), noise(4, 5, 1));
    FAIL() << "compared pictures of different size";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::input);
    EXPECT_NE(std::string(error.what()).find("4x5"), std::string::npos) << error.what();
  }
}

TEST(Metrics, SsimIsAbsentBelowOneWindow) {
  EXPECT_FALSE(ssim(noise(10, 64, 1), noise(10, 64, 2)));
  EXPECT_FALSE(ssim(noise(64, 10, 1), noise(64, 10, 2)));
  EXPECT_TRUE(ssim(noise(11, 11, 1), noise(11, 11, 2)));
  EXPECT_FALSE(compare(noise(20, 20, 1), noise(20, 20, 2), false).ssim);
}

TEST(Metrics, SsimOfFlatPicturesIsItsLuminanceTerm) {
  const double c1 = 2.55 * 2.55;
  const auto result = ssim(plain(16, 12, {200, 200, 200, 255}), plain(16, 12, {50, 50, 50, 255}));
  ASSERT_TRUE(result);
  EXPECT_NEAR(*result, (2.0 * 200 * 50 + c1) / (200.0 * 200 + 50.0 * 50 + c1), 1e-9);
}

/// Wang et al. 2004 by their equations 14 to 16: a two-dimensional window, variances about the mean.
double ssim_by_definition(const Rgba8Image& a, const Rgba8Image& b) {
  const auto luma = [](const Rgba8Image& image, int x, int y) {
    const auto t = image.at(x, y);
    return 0.299 * t[0] + 0.587 * t[1] + 0.114 * t[2];
  };
  double weights[11][11], weight_sum = 0;
  for (int j = 0; j < 11; ++j)
    for (int i = 0; i < 11; ++i)
      weight_sum += weights[j][i] = std::exp(-((i - 5) * (i - 5) + (j - 5) * (j - 5)) / (2 * 1.5 * 1.5));
  double sum = 0;
  int windows = 0;
  for (int y = 0; y + 11 <= a.height; ++y)
    for (int x = 0; x + 11 <= a.width; ++x, ++windows) {
      const auto mean_of = [&](auto&& value) {
        double mean = 0;
        for (int j = 0; j < 11; ++j)
          for (int i = 0; i < 11; ++i) mean += weights[j][i] / weight_sum * value(x + i, y + j);
        return mean;
      };
      const double mean_a = mean_of([&](int i, int j) { return luma(a, i, j); });
      const double mean_b = mean_of([&](int i, int j) { return luma(b, i, j); });
      const auto covariance = [&](const Rgba8Image& p, double mean_p, const Rgba8Image& q, double mean_q) {
        return mean_of([&](int i, int j) { return (luma(p, i, j) - mean_p) * (luma(q, i, j) - mean_q); });
      };
      const double c1 = 6.5025, c2 = 58.5225;
      sum += (2 * mean_a * mean_b + c1) * (2 * covariance(a, mean_a, b, mean_b) + c2) /
             ((mean_a * mean_a + mean_b * mean_b + c1) *
              (covariance(a, mean_a, a, mean_a) + covariance(b, mean_b, b, mean_b) + c2));
    }
  return sum / windows;
}

TEST(Metrics, SsimFollowsItsDefinition) {
  const auto source = noise(23, 14, 3);
  auto decoded = source;
  std::mt19937 random(4);
  for (auto& byte : decoded.texels) byte = std::uint8_t(byte / 2 + random() % 100);
  const auto result = ssim(source, decoded);
  ASSERT_TRUE(result);
  const double expected = ssim_by_definition(source, decoded);
  EXPECT_LT(expected, 0.95);  // the pictures do differ
  EXPECT_NEAR(*result, expected, 1e-9);
}

TEST(Metrics, FewerChannelsAreComparedAlone) {
  const auto source = plain(12, 12, {10, 20, 30, 40}), decoded = plain(12, 12, {11, 22, 90, 200});
  const Figures red = compare(source, decoded, true, Measure::red);
  EXPECT_DOUBLE_EQ(red.mse, 1);
  EXPECT_DOUBLE_EQ(red.max_error, 1 / 255.0);
  EXPECT_EQ(red.mse_alpha, 0);
  EXPECT_FALSE(red.angular);
  ASSERT_TRUE(red.ssim);
  const double c1 = 2.55 * 2.55;
  EXPECT_NEAR(*red.ssim, (2.0 * 10 * 11 + c1) / (10.0 * 10 + 11.0 * 11 + c1), 1e-9) << "of red, not of luma";
  const Figures both = compare(source, decoded, true, Measure::red_green);
  EXPECT_DOUBLE_EQ(both.mse, 2.5);
  EXPECT_DOUBLE_EQ(both.max_error, 2 / 255.0);
  EXPECT_FALSE(both.ssim);
  EXPECT_TRUE(both.angular);
}

TEST(Metrics, NamesSayWhatTheyAreOf) {
  EXPECT_EQ(psnr_name(measure_of(1, false)), "PSNR R");
  EXPECT_EQ(psnr_name(measure_of(2, false)), "PSNR RG");
  EXPECT_EQ(psnr_name(measure_of(3, false)), "PSNR RGB");
  EXPECT_EQ(psnr_name(measure_of(3, true)), "mPSNR");
  for (const Measure measure : {Measure::red, Measure::red_green, Measure::rgb, Measure::light})
    EXPECT_NE(definition(measure).find(measure == Measure::light ? "mPSNR" : "PSNR"), std::string_view::npos);
}

TEST(Metrics, AnglesAreThoseBetweenTheNormals) {
  // x = 0.6 and z = 0.8, against the z axis as near as 8 bits come: 128 is 1 / 255.
  const Figures figures = compare(plain(1, 1, {204, 128, 0, 0}), plain(1, 1, {128, 128, 0, 0}), false, Measure::red_green);
  const double x = 204 / 255.0 * 2 - 1, e = 1 / 255.0;
  const double z = std::sqrt(1 - x * x - e * e), z_axis = std::sqrt(1 - 2 * e * e);
  const double expected = std::acos(x * e + e * e + z * z_axis) * 180 / 3.14159265358979323846;
  ASSERT_TRUE(figures.angular);
  EXPECT_NEAR(figures.angular->max_degrees, expected, 1e-6);
  EXPECT_NEAR(figures.angular->mean_degrees, expected, 1e-6);
  EXPECT_GT(expected, 36);
}

TEST(Metrics, NormalsBeyondTheSphereLieOnItsEdge) {
  const Figures figures = compare(plain(1, 1, {255, 255, 0, 0}), plain(1, 1, {255, 0, 0, 0}), false, Measure::red_green);
  EXPECT_NEAR(figures.angular->max_degrees, 90, 1e-9);
}

Rgba16fImage light_of(int width, int height, const std::vector<float>& rgba) {
  Rgba16fImage image{width, height, {}};
  for (std::size_t i = 0; i < std::size_t(width * height * 4); ++i) image.texels.push_back(float_to_half(rgba[i % rgba.size()]));
  return image;
}

/// Word for word as astcenc's mPSNR is defined: every exposure by itself, clamped to 0 .. 255.
double mpsnr_by_definition(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (i % 4 == 3) continue;
    for (int stops = -10; stops <= 10; ++stops) {
      const auto mapped = [stops](double value) {
        return std::clamp(255 * std::pow(std::max(value, 0.0) * std::exp2(stops), 1 / 2.2), 0.0, 255.0);
      };
      sum += std::pow(mapped(a[i]) - mapped(b[i]), 2);
    }
  }
  const double samples = double(a.size()) / 4 * 3 * 21;
  return 10 * std::log10(255.0 * 255.0 / (sum / samples));
}

TEST(Metrics, MpsnrFollowsItsDefinition) {
  const std::vector<float> a = {0.5f, 100, 0.0078125f, 1, /**/ 0, 65504, 3, 1, /**/ -2, 0.25f, 1, 0};
  const std::vector<float> b = {0.5625f, 96, 0.009765625f, 1, /**/ 0.125f, 60000, 3, 0, /**/ 0.5f, 0.25f, 1.5f, 1};
  std::vector<float> stored;
  for (const float value : b) stored.push_back(half_to_float(float_to_half(value)));
  const Figures figures = compare(light_of(3, 1, a), light_of(3, 1, b));
  EXPECT_EQ(figures.measure, Measure::light);
  EXPECT_NEAR(figures.psnr_db, mpsnr_by_definition(a, stored), 1e-9);
  EXPECT_FALSE(figures.ssim);
}

TEST(Metrics, EqualLightHasNoError) {
  const auto light = light_of(5, 5, {0, -1, 65504, 1, 3, 4});
  const Figures figures = compare(light, light);
  EXPECT_TRUE(std::isinf(figures.psnr_db));
  EXPECT_EQ(figures.rmsle, 0);
  EXPECT_EQ(figures.max_error, 0);
}

TEST(Metrics, RmsleIsOfLogarithmsWithTheirSign) {
  const Figures figures = compare(light_of(1, 1, {1, -3, 0, 1}), light_of(1, 1, {3, 1, 0, 0}));
  const double red = std::log(4.0) - std::log(2.0), green = std::log(2.0) + std::log(4.0);
  EXPECT_NEAR(*figures.rmsle, std::sqrt((red * red + green * green) / 3), 1e-9);
  EXPECT_NEAR(figures.max_error, green, 1e-9);
}

}  // namespace
}  // namespace txs::metrics
