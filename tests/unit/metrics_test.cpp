// The CPU reference of the metrics, against their definitions.
#include "metrics/metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/error.h"

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
  EXPECT_EQ(figures.mse_rgb, 0);
  EXPECT_EQ(figures.mse_alpha, 0);
  EXPECT_EQ(figures.max_error, 0);
  EXPECT_TRUE(std::isinf(figures.psnr_rgb_db));
  EXPECT_TRUE(std::isinf(figures.psnr_alpha_db));
  ASSERT_TRUE(figures.ssim);
  EXPECT_NEAR(*figures.ssim, 1, 1e-12);
}

TEST(Metrics, PsnrIsTenLogOfPeakSquaredOverMeanSquare) {
  // Differences 1, 2, 3 in red, green, blue: mean square 14 / 3. Alpha apart: 4^2.
  const Figures figures = compare(plain(5, 4, {10, 20, 30, 40}), plain(5, 4, {11, 18, 33, 36}));
  EXPECT_DOUBLE_EQ(figures.mse_rgb, 14.0 / 3);
  EXPECT_NEAR(figures.psnr_rgb_db, 20 * std::log10(255) - 10 * std::log10(14.0 / 3), 1e-12);
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

}  // namespace
}  // namespace txs::metrics
