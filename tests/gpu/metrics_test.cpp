// The comparison kernels against the CPU reference.
#include "metrics/metrics.h"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>

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

  Figures on_gpu(const gpu::Texture& source, const gpu::Texture& decoded, bool with_ssim) {
    gpu::Recorder recorder(device());
    const PendingFigures pending = comparison_.record(recorder, source, decoded, with_ssim);
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
    EXPECT_EQ(ours.mse_rgb, reference.mse_rgb) << width << "x" << height;
    EXPECT_EQ(ours.mse_alpha, reference.mse_alpha) << width << "x" << height;
    EXPECT_EQ(ours.max_error, reference.max_error) << width << "x" << height;
    EXPECT_EQ(ours.psnr_rgb_db, reference.psnr_rgb_db);
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
      EXPECT_EQ(ours.mse_rgb, channel == 3 ? 0 : 49 / (3.0 * 200 * 131));
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
  EXPECT_EQ(ours.mse_rgb, 65025);
  EXPECT_EQ(ours.mse_alpha, 65025);
  EXPECT_EQ(ours.max_error, 1);
  EXPECT_EQ(ours.psnr_rgb_db, 0);
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
    EXPECT_EQ(again.mse_rgb, first.mse_rgb);
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
  EXPECT_EQ(first.get().mse_rgb, compare(a, b).mse_rgb);
  EXPECT_EQ(second.get().mse_rgb, compare(c, d).mse_rgb);
  EXPECT_TRUE(first.get().ssim);
  EXPECT_FALSE(second.get().ssim);
}

TEST_F(MetricsGpu, RefusesPicturesOfDifferentSize) {
  const auto a = texture_of(noise(8, 8, 1)), b = texture_of(noise(8, 9, 1));
  gpu::Recorder recorder(device());
  EXPECT_THROW(comparison_.record(recorder, a, b, true), std::invalid_argument);
}

}  // namespace
}  // namespace txs::metrics
