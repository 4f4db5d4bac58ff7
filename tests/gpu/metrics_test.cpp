// The comparison kernels against the CPU reference.
#include "metrics/metrics.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>

#include "core/half.h"
#include "gpu_test.h"

namespace txs::metrics {
namespace {

Rgba8Image noise(int width, int height, std::uint32_t seed) {
  std::mt19937 random(seed);
  Rgba8Image image{width, height, std::vector<std::uint8_t>(std::size_t(width) * height * 4)};
  for (auto& byte : image.texels) byte = std::uint8_t(random());
  return image;
}

/// A smooth picture between `low` and `high`, as codecs get them.
Rgba8Image gradient(int width, int height, int low, int high) {
  Rgba8Image image{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 4; ++c) {
        const int way = x * (c + 1) + y * (4 - c);
        image.texels.push_back(std::uint8_t(low + (high - low) * way / (width * 4 + height * 4)));
      }
  return image;
}

Rgba8Image disturbed(Rgba8Image image, int by, std::uint32_t seed) {
  std::mt19937 random(seed);
  for (auto& byte : image.texels)
    byte = std::uint8_t(std::clamp(byte + int(random() % unsigned(2 * by + 1)) - by, 0, 255));
  return image;
}

class MetricsGpu : public GpuTest {
 protected:
  void SetUp() override {
    GpuTest::SetUp();
    while (!comparison_.ready()) std::this_thread::yield();
  }

  gpu::Texture texture_of(const Rgba8Image& image) {
    const auto width = std::uint32_t(image.width), height = std::uint32_t(image.height);
    gpu::Texture texture(device(), gpu::Format::rgba8, width, height, "picture");
    device().upload(texture, std::as_bytes(std::span(image.texels)));
    return texture;
  }

  gpu::Texture texture_of(const Rgba16fImage& image) {
    const auto width = std::uint32_t(image.width), height = std::uint32_t(image.height);
    gpu::Texture texture(device(), gpu::Format::rgba16f, width, height, "light");
    device().upload(texture, std::as_bytes(std::span(image.texels)));
    return texture;
  }

  Figures on_gpu(const gpu::Texture& source, const gpu::Texture& decoded, bool with_ssim,
                 Measure measure = Measure::rgb) {
    gpu::Recorder recorder(device());
    const PendingFigures pending = comparison_.record(recorder, source, decoded, with_ssim, measure);
    device().submit(std::move(recorder));
    return pending.get();
  }
  Figures on_gpu(const Rgba8Image& source, const Rgba8Image& decoded, bool with_ssim = true) {
    return on_gpu(texture_of(source), texture_of(decoded), with_ssim);
  }

  Comparison comparison_{device()};
};

TEST_F(MetricsGpu, ErrorsEqualTheReferenceExactly) {
  const std::pair<int, int> sizes[] = {{1, 1}, {1, 300}, {300, 1}, {63, 65}, {64, 64}, {129, 67}, {513, 257}};
  for (const auto& [width, height] : sizes) {
    const auto source = noise(width, height, 1), decoded = noise(width, height, 2);
    const Figures ours = on_gpu(source, decoded, false), reference = compare(source, decoded, false);
    EXPECT_EQ(ours.mse, reference.mse) << width << "x" << height;
    EXPECT_EQ(ours.mse_alpha, reference.mse_alpha) << width << "x" << height;
    EXPECT_EQ(ours.max_error, reference.max_error) << width << "x" << height;
    EXPECT_EQ(ours.psnr_db, reference.psnr_db);
    EXPECT_FALSE(ours.ssim);
  }
}

TEST_F(MetricsGpu, FindsOneDifferingByte) {
  const auto source = gradient(200, 131, 0, 255);
  const std::size_t texels[] = {0, 63, 200 * 64 + 64, source.pixel_count() - 1};
  for (const std::size_t texel : texels)
    for (std::size_t channel = 0; channel < 4; ++channel) {
      auto decoded = source;
      auto& byte = decoded.texels[texel * 4 + channel];
      byte = std::uint8_t(byte < 128 ? byte + 7 : byte - 7);
      const Figures ours = on_gpu(source, decoded, false);
      EXPECT_EQ(ours.max_error, 7 / 255.0);
      EXPECT_EQ(ours.mse, channel == 3 ? 0 : 49 / (3.0 * 200 * 131));
      EXPECT_EQ(ours.mse_alpha, channel == 3 ? 49 / (200.0 * 131) : 0);
    }
}

TEST_F(MetricsGpu, SumsBeyondThirtyTwoBits) {
  // Every channel wrong by 255: the sum of squares is 3 * 2^24 * 65025, about 2^41.6.
  constexpr std::uint32_t side = 4096;
  const gpu::Texture black(device(), gpu::Format::rgba8, side, side, "black");
  gpu::Texture white(device(), gpu::Format::rgba8, side, side, "white");
  device().upload(white, bytes_of(std::vector<std::uint8_t>(std::size_t(side) * side * 4, 255)));
  const Figures ours = on_gpu(black, white, false);
  EXPECT_EQ(ours.mse, 65025);
  EXPECT_EQ(ours.mse_alpha, 65025);
  EXPECT_EQ(ours.max_error, 1);
  EXPECT_EQ(ours.psnr_db, 0);
}

TEST_F(MetricsGpu, SsimIsNearTheReference) {
  const std::pair<int, int> sizes[] = {{11, 11}, {12, 40}, {64, 31}, {65, 32}, {64, 32}, {200, 150}, {331, 97}};
  for (const auto& [width, height] : sizes) {
    const auto smooth = gradient(width, height, 20, 230), white = gradient(width, height, 250, 255);
    const std::pair<Rgba8Image, Rgba8Image> pairs[] = {
        {noise(width, height, 1), noise(width, height, 2)},
        {smooth, disturbed(smooth, 4, 3)},
        {smooth, disturbed(smooth, 60, 4)},
        {white, disturbed(white, 1, 5)},
        {white, gradient(width, height, 0, 3)},
    };
    for (const auto& [source, decoded] : pairs) {
      const Figures ours = on_gpu(source, decoded);
      const auto reference = ssim(source, decoded);
      ASSERT_TRUE(ours.ssim && reference);
      EXPECT_NEAR(*ours.ssim, *reference, 1e-5) << width << "x" << height << " pair " << (&source - &pairs[0].first);
    }
  }
}

TEST_F(MetricsGpu, SsimOfEqualPicturesIsOne) {
  const auto image = noise(100, 75, 1);
  const Figures ours = on_gpu(image, image);
  EXPECT_EQ(ours.ssim, 1.0);
}

TEST_F(MetricsGpu, SsimIsAbsentBelowOneWindow) {
  EXPECT_FALSE(on_gpu(noise(10, 50, 1), noise(10, 50, 2)).ssim);
  EXPECT_FALSE(on_gpu(noise(50, 10, 1), noise(50, 10, 2)).ssim);
}

TEST_F(MetricsGpu, GivesTheSameBitsInEveryRun) {
  const auto source = texture_of(noise(300, 200, 1)), decoded = texture_of(noise(300, 200, 2));
  const Figures first = on_gpu(source, decoded, true);
  for (int i = 0; i < 10; ++i) {
    const Figures again = on_gpu(source, decoded, true);
    EXPECT_EQ(again.mse, first.mse);
    EXPECT_EQ(again.ssim, first.ssim);
  }
}

TEST_F(MetricsGpu, ComparisonsOfOneRecordingDoNotMix) {
  const auto a = noise(90, 40, 1), b = noise(90, 40, 2), c = noise(30, 70, 3), d = noise(30, 70, 4);
  const auto ta = texture_of(a), tb = texture_of(b), tc = texture_of(c), td = texture_of(d);
  gpu::Recorder recorder(device());
  const auto first = comparison_.record(recorder, ta, tb, true);
  const auto second = comparison_.record(recorder, tc, td, false);
  device().submit(std::move(recorder));
  EXPECT_EQ(first.get().mse, compare(a, b).mse);
  EXPECT_EQ(second.get().mse, compare(c, d).mse);
  EXPECT_TRUE(first.get().ssim);
  EXPECT_FALSE(second.get().ssim);
}

TEST_F(MetricsGpu, RefusesPicturesOfDifferentSize) {
  const auto a = texture_of(noise(8, 8, 1)), b = texture_of(noise(8, 9, 1));
  gpu::Recorder recorder(device());
  EXPECT_THROW(comparison_.record(recorder, a, b, true), std::invalid_argument);
}

TEST_F(MetricsGpu, FewerChannelsEqualTheReference) {
  for (const Measure measure : {Measure::red, Measure::red_green})
    for (const auto& [width, height] : {std::pair{1, 1}, {65, 63}, {200, 131}}) {
      const auto source = gradient(width, height, 5, 250), decoded = disturbed(source, 9, 3);
      const Figures ours = on_gpu(texture_of(source), texture_of(decoded), true, measure);
      const Figures reference = compare(source, decoded, true, measure);
      EXPECT_EQ(ours.measure, measure);
      EXPECT_EQ(ours.mse, reference.mse);
      EXPECT_EQ(ours.max_error, reference.max_error);
      EXPECT_EQ(ours.mse_alpha, 0);
      ASSERT_EQ(ours.ssim.has_value(), reference.ssim.has_value());
      EXPECT_NEAR(ours.ssim.value_or(0), reference.ssim.value_or(0), 1e-5);
      ASSERT_EQ(ours.angular.has_value(), reference.angular.has_value());
      if (!ours.angular) continue;
      EXPECT_NEAR(ours.angular->mean_degrees, reference.angular->mean_degrees, 0.01);
      EXPECT_NEAR(ours.angular->max_degrees, reference.angular->max_degrees, 0.01);
    }
}

/// Over many octaves, negative now and then.
Rgba16fImage light_noise(int width, int height, std::uint32_t seed) {
  std::mt19937 random(seed);
  Rgba16fImage image{width, height, {}};
  for (int i = 0; i < width * height * 4; ++i) {
    const float magnitude = std::exp2(float(random() % 24000) / 1000 - 12);
    image.texels.push_back(float_to_half(random() % 16 == 0 ? -magnitude : magnitude));
  }
  return image;
}

/// Some steps of the half floats away, as a block codec leaves them.
Rgba16fImage disturbed(Rgba16fImage image, int by, std::uint32_t seed) {
  std::mt19937 random(seed);
  for (auto& half : image.texels) {
    const int magnitude = std::clamp((half & 0x7FFF) + int(random() % unsigned(2 * by + 1)) - by, 0, 0x7BFF);
    half = std::uint16_t((half & 0x8000) | magnitude);
  }
  return image;
}

TEST_F(MetricsGpu, LightIsNearTheReference) {
  const std::pair<int, int> sizes[] = {{1, 1}, {1, 300}, {63, 65}, {129, 67}, {300, 200}};
  for (const auto& [width, height] : sizes)
    for (const int by : {2, 30, 300}) {
      const auto source = light_noise(width, height, 1), decoded = disturbed(source, by, 2);
      const Figures ours = on_gpu(texture_of(source), texture_of(decoded), true, Measure::light);
      const Figures reference = compare(source, decoded);
      // A single texel's last bits are at the mercy of the device's power and logarithm.
      const bool few = width * height < 1000;
      EXPECT_NEAR(ours.psnr_db, reference.psnr_db, few ? 0.2 : 0.005) << width << "x" << height << " by " << by;
      EXPECT_NEAR(*ours.rmsle, *reference.rmsle, (few ? 0.05 : 1e-3) * *reference.rmsle);
      EXPECT_NEAR(ours.max_error, reference.max_error, 1e-3 * reference.max_error + 1e-5);
      EXPECT_FALSE(ours.ssim);
    }
}

TEST_F(MetricsGpu, LightAtItsExtremes) {
  // All wrong by all that there is: 21 exposures of 1, and the logarithms of the largest half of either sign.
  constexpr int side = 512;
  const auto filled = [](float value) {
    return Rgba16fImage{side, side, std::vector<std::uint16_t>(side * side * 4, float_to_half(value))};
  };
  const auto source = filled(65504), decoded = filled(-65504);
  const Figures ours = on_gpu(texture_of(source), texture_of(decoded), false, Measure::light);
  EXPECT_NEAR(ours.psnr_db, 0, 1e-4);
  EXPECT_NEAR(*ours.rmsle, 2 * std::log(65505.0), 1e-3);
  const Figures equal = on_gpu(texture_of(source), texture_of(source), false, Measure::light);
  EXPECT_TRUE(std::isinf(equal.psnr_db));
  EXPECT_EQ(*equal.rmsle, 0);
}

TEST_F(MetricsGpu, LightGivesTheSameBitsInEveryRun) {
  const auto source = light_noise(300, 200, 1);
  const auto a = texture_of(source), b = texture_of(disturbed(source, 20, 2));
  const Figures first = on_gpu(a, b, false, Measure::light);
  for (int i = 0; i < 10; ++i) {
    const Figures again = on_gpu(a, b, false, Measure::light);
    EXPECT_EQ(again.mse, first.mse);
    EXPECT_EQ(*again.rmsle, *first.rmsle);
  }
}

TEST_F(MetricsGpu, RefusesPicturesOfAnotherFormat) {
  const auto bytes = texture_of(noise(8, 8, 1));
  gpu::Recorder recorder(device());
  EXPECT_THROW(comparison_.record(recorder, bytes, bytes, false, Measure::light), std::invalid_argument);
}

}  // namespace
}  // namespace txs::metrics
