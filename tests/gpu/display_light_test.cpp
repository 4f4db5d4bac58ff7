// Panels of linear light, against the C++ tone curves and logarithms.
#include <cmath>

#include "core/half.h"
#include "display/colour_map.h"
#include "display_support.h"
#include "image/tone_map.h"

namespace txs::display {
namespace {

/// 12 octaves about 1 in red, less in green, negative now and then in blue.
Rgba16fImage light_ramp(float factor) {
  Rgba16fImage image{192, 2, {}};
  for (int i = 0; i < 384; ++i) {
    const float value = std::exp2(float(i) / 32 - 6) * factor;
    for (const float channel : {value, value / 5, i % 7 == 0 ? -value : value * 3, 1.0f})
      image.texels.push_back(float_to_half(channel));
  }
  return image;
}

class DisplayLightGpu : public DisplayGpu {
 protected:
  static gpu::Texture light_texture(const Rgba16fImage& image) {
    gpu::Texture texture(device(), gpu::Format::rgba16f, std::uint32_t(image.width), std::uint32_t(image.height), "light");
    device().upload(texture, std::as_bytes(std::span(image.texels)));
    return texture;
  }
};

TEST_F(DisplayLightGpu, PicturesAreExposedAndToneMapped) {
  const Rgba16fImage light = light_ramp(1);
  const auto texture = light_texture(light);
  for (const ToneCurve curve : tone_curves)
    for (const float stops : {-4.0f, 0.0f, 3.0f}) {
      const Exposure exposure{0.7f, 6};
      const auto shown = render(
          {.a = &texture, .exposure_stops = stops, .exposure = exposure, .tone_curve = curve}, light.width, light.height);
      const Rgba8Image expected = to_rgba8(light, {exposure.scale * std::exp2(stops), exposure.white_point}, curve);
      for (int y = 0; y < light.height; ++y)
        for (int x = 0; x < light.width; ++x)
          ASSERT_LE(distance(rgb(shown, x, y), rgb(expected, x, y)), 1) << tone_curve_name(curve) << " " << stops;
    }
}

TEST_F(DisplayLightGpu, ErrorsAndDifferencesAreOfLogarithms) {
  const Rgba16fImage source = light_ramp(1), decoded = light_ramp(1.25f);
  const auto a = light_texture(source), b = light_texture(decoded);
  const float scale = 0.4f;
  const auto errors = render({.content = Content::error, .a = &a, .b = &b, .error_scale = scale}, 192, 2);
  const auto differences = render({.content = Content::difference, .a = &a, .b = &b, .error_scale = scale}, 192, 2);
  const auto logarithm = [](std::uint16_t half) {
    const float value = half_to_float(half);
    return std::copysign(std::log1p(std::abs(value)), value);
  };
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 192; ++x) {
      float largest = 0;
      for (std::size_t c = 0; c < 3; ++c) {
        const float difference = logarithm(decoded.at(x, y)[c]) - logarithm(source.at(x, y)[c]);
        largest = std::max(largest, std::abs(difference));
        const float value = std::clamp(127.5f + 255 * difference * 0.5f / scale, 0.0f, 255.0f);
        ASSERT_NEAR(rgb(differences, x, y)[c], value, 1.5) << x;
      }
      ASSERT_LE(distance(rgb(errors, x, y), colour_of(inferno(largest / scale))), 2) << x;
    }
}

TEST_F(DisplayLightGpu, LightAndStoredColoursAreNotCompared) {
  const auto light = light_texture(light_ramp(1));
  const auto stored = texture_of(plain(192, 2, {255, 255, 255, 255}));
  const auto shown = render({.content = Content::error, .a = &light, .b = &stored}, 192, 2);
  EXPECT_EQ(rgb(shown, 5, 1), canvas);
}

TEST_F(DisplayLightGpu, ChannelsThatACodecLeavesOutAreNoError) {
  const auto a = texture_of(plain(8, 8, {10, 20, 30, 40})), b = texture_of(plain(8, 8, {20, 60, 230, 255}));
  const auto error_of = [&](std::uint32_t channels) {
    return rgb(render({.content = Content::error, .a = &a, .b = &b, .error_scale = 1, .compared_channels = channels}, 8, 8),
               0, 0);
  };
  EXPECT_LE(distance(error_of(1), colour_of(inferno(10 / 255.0f))), 1);
  EXPECT_LE(distance(error_of(2), colour_of(inferno(40 / 255.0f))), 1);
  EXPECT_LE(distance(error_of(3), colour_of(inferno(215 / 255.0f))), 1);
}

}  // namespace
}  // namespace txs::display
