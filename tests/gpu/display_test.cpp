// Panels of pictures as the GPU renders them, against the bytes that they must show: filter, lines, alpha, exposure.
#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "display_support.h"

namespace txs::display {
namespace {

TEST_F(DisplayGpu, PictureAtOneToOneIsItsBytes) {
  const auto image = noise(67, 45, 1);
  const auto texture = texture_of(image);
  for (const auto& [left, top] : {std::pair{0, 0}, std::pair{-9, 5}, std::pair{20, -13}}) {
    const auto shown = render({.a = &texture, .origin_x = float(left), .origin_y = float(top)}, 80, 61);
    for (int y = 0; y < shown.height; ++y)
      for (int x = 0; x < shown.width; ++x) {
        const int u = x + left, v = y + top;
        const bool inside = u >= 0 && v >= 0 && u < image.width && v < image.height;
        ASSERT_EQ(rgb(shown, x, y), inside ? rgb(image, u, v) : canvas) << u << ", " << v;
        ASSERT_EQ(shown.at(x, y)[3], 255);
      }
  }
}

TEST_F(DisplayGpu, ShowsNothingWhereThereIsNoPicture) {
  for (const Content content : {Content::picture, Content::error, Content::difference, Content::view}) {
    const auto shown = render({.content = content}, 33, 20);
    for (int y = 0; y < shown.height; ++y)
      for (int x = 0; x < shown.width; ++x) ASSERT_EQ(rgb(shown, x, y), canvas);
  }
}

TEST_F(DisplayGpu, RefusesPicturesOfDifferentSize) {
  const auto a = texture_of(noise(8, 8, 1)), b = texture_of(noise(9, 8, 1));
  EXPECT_THROW(render({.content = Content::error, .a = &a, .b = &b}, 8, 8), std::invalid_argument);
}

TEST_F(DisplayGpu, MagnifiedTexelsAreSquares) {
  const auto image = noise(40, 40, 2);
  const auto texture = texture_of(image);
  for (const float pixels : {2.0f, 5.0f, 7.5f}) {
    const auto shown = render({.a = &texture, .origin_x = 3, .origin_y = 1, .texels_per_pixel = 1 / pixels}, 64, 64);
    const auto texel = [&](int pixel) { return int((float(pixel) + 0.5f) / pixels); };
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 64; ++x) ASSERT_EQ(rgb(shown, x, y), rgb(image, 3 + texel(x), 1 + texel(y)));
  }
}

TEST_F(DisplayGpu, PixelGridStandsFromEightPixelsATexel) {
  for (const int grey : {0, 30, 225, 255}) {
    const auto byte = std::uint8_t(grey);
    const auto texture = texture_of(plain(16, 16, {byte, byte, byte, 255}));
    for (const int pixels : {7, 8, 16}) {
      const auto shown = render({.a = &texture, .texels_per_pixel = 1 / float(pixels)}, 64, 64);
      for (int y = 0; y < 64; ++y)
        for (int x = 0; x < 64; ++x) {
          const bool line = pixels >= 8 && (x % pixels == 0 || y % pixels == 0);
          const int contrast = distance(rgb(shown, x, y), {grey, grey, grey});
          if (line)
            ASSERT_GE(contrast, 50) << "a line is hard to see on " << grey;
          else
            ASSERT_EQ(contrast, 0);
        }
    }
    const auto without = render({.a = &texture, .texels_per_pixel = 1.0f / 16, .pixel_grid = false}, 64, 64);
    EXPECT_EQ(rgb(without, 16, 16), (Colour{grey, grey, grey}));
  }
}

TEST_F(DisplayGpu, BlockGridIsStrongerThanThePixelGrid) {
  const auto texture = texture_of(plain(32, 32, {0, 0, 0, 255}));
  const Panel magnified{.a = &texture, .texels_per_pixel = 1.0f / 8, .block_width = 4, .block_height = 6};
  const auto shown = render(magnified, 200, 200);
  EXPECT_GT(rgb(shown, 32, 4)[0], rgb(shown, 8, 4)[0] + 30);  // 4 texels across
  EXPECT_GT(rgb(shown, 4, 48)[0], rgb(shown, 4, 8)[0] + 30);  // 6 down
  EXPECT_EQ(rgb(shown, 4, 32), rgb(shown, 4, 8));

  Panel narrow{.a = &texture, .texels_per_pixel = 0.5f, .block_width = 4, .block_height = 4};  // 8 pixels a block
  EXPECT_GT(rgb(render(narrow, 64, 64), 8, 3)[0], 0);
  narrow.texels_per_pixel = 0.6f;
  for (const std::uint32_t side : {4u, 12u}) {
    narrow.block_width = narrow.block_height = side;
    const auto far = render(narrow, 64, 64);
    for (int x = 0; x < 50; ++x) ASSERT_EQ(rgb(far, x, 20), (Colour{0, 0, 0})) << "blocks of " << side;
  }
}

/// The mean of the texels under a pixel by the area covered, in double.
std::array<double, 4> box_mean(const Rgba8Image& image, double left, double top, double side) {
  std::array<double, 4> sum{};
  double area = 0;
  const double right = std::min(left + side, double(image.width)), bottom = std::min(top + side, double(image.height));
  left = std::max(left, 0.0);
  top = std::max(top, 0.0);
  for (int y = int(top); y < bottom; ++y)
    for (int x = int(left); x < right; ++x) {
      const double weight = (std::min(right, x + 1.0) - std::max(left, double(x))) *
                            (std::min(bottom, y + 1.0) - std::max(top, double(y)));
      for (int c = 0; c < 4; ++c) sum[c] += weight * image.at(x, y)[c];
      area += weight;
    }
  for (double& value : sum) value /= area;
  return sum;
}

TEST_F(DisplayGpu, MinifiedPictureIsTheBoxMean) {
  const auto image = noise(200, 150, 3);
  const auto texture = texture_of(image);
  for (const double scale : {1.25, 1.55, 2.0, 2.3, 3.0})
    for (const double left : {0.0, -1.75, 7.5}) {
      const auto shown = render({.a = &texture, .origin_x = float(left), .texels_per_pixel = float(scale)}, 70, 50);
      for (int y = 0; y < shown.height; ++y)
        for (int x = 0; x < shown.width; ++x) {
          const double u = left + (x + 0.5) * scale, v = (y + 0.5) * scale;
          if (u < 0 || u >= image.width || v >= image.height) continue;
          const auto mean = box_mean(image, u - scale / 2, v - scale / 2, scale);
          for (int c = 0; c < 3; ++c) ASSERT_NEAR(rgb(shown, x, y)[c], mean[c], 1) << scale << ": " << x << ", " << y;
        }
    }
}

TEST_F(DisplayGpu, FarAwayPictureKeepsItsMeanAndDoesNotShimmer) {
  const auto image = noise(700, 600, 4);
  const auto texture = texture_of(image);
  for (const float scale : {5.0f, 12.0f, 37.0f}) {
    const auto shown = render({.a = &texture, .origin_x = -0.125f, .texels_per_pixel = scale}, 14, 12);
    // A quarter of a texel to the side: no pixel may change by more than the share of it that left and came.
    const auto panned = render({.a = &texture, .origin_x = 0.125f, .texels_per_pixel = scale}, 14, 12);
    const float most = 0.25f / scale * 255 + 1;
    for (int y = 0; y < 12; ++y)
      for (int x = 0; x < 14; ++x) ASSERT_LE(distance(rgb(shown, x, y), rgb(panned, x, y)), most) << scale;
    const auto flat = texture_of(plain(700, 600, {77, 150, 9, 255}));
    ASSERT_EQ(rgb(render({.a = &flat, .texels_per_pixel = scale}, 14, 12), 13, 11), (Colour{77, 150, 9}));
  }
  // A slope of one step a texel: what a pixel shows is near the slope at its centre, whatever texels it took.
  Rgba8Image slope{256, 256, {}};
  for (int y = 0; y < 256; ++y)
    for (int x = 0; x < 256; ++x) slope.texels.insert(slope.texels.end(), {std::uint8_t(x), std::uint8_t(y), 0, 255});
  const auto texture_of_slope = texture_of(slope);
  const auto shown = render({.a = &texture_of_slope, .texels_per_pixel = 16}, 16, 16);
  for (int i = 0; i < 16; ++i) ASSERT_NEAR(rgb(shown, i, i)[0], i * 16 + 7.5, 2.5);
}

TEST_F(DisplayGpu, IsolatedChannelsAreGrey) {
  const auto image = noise(40, 30, 5, false);
  const auto texture = texture_of(image);
  const std::pair<Channels, std::size_t> channels[] = {
      {Channels::red, 0}, {Channels::green, 1}, {Channels::blue, 2}, {Channels::alpha, 3}};
  for (const auto& [channel, index] : channels) {
    const auto shown = render({.a = &texture, .channels = channel}, 40, 30);
    for (int y = 0; y < 30; ++y)
      for (int x = 0; x < 40; ++x) {
        const int value = image.at(x, y)[index];
        ASSERT_EQ(rgb(shown, x, y), (Colour{value, value, value})) << index;
      }
  }
  const auto shown = render({.a = &texture, .channels = Channels::luma}, 40, 30);
  for (int y = 0; y < 30; ++y)
    for (int x = 0; x < 40; ++x) {
      const auto t = image.at(x, y);
      // Vulkan leaves the rounding of a store to UNORM to the device; Direct3D, which the same GPUs serve, allows 0.6 steps.
      ASSERT_NEAR(rgb(shown, x, y)[1], 0.299 * t[0] + 0.587 * t[1] + 0.114 * t[2], 0.6);
      ASSERT_EQ(rgb(shown, x, y)[0], rgb(shown, x, y)[2]);
    }
}

TEST_F(DisplayGpu, AlphaLiesOverACheckerboardOfTheScreen) {
  const auto clear = texture_of(plain(64, 64, {255, 0, 0, 0}));
  const auto board = render({.a = &clear, .texels_per_pixel = 0.3f}, 64, 64);
  const Colour dark = rgb(board, 0, 0), light = rgb(board, 8, 0);
  EXPECT_GT(light[0], dark[0] + 10);
  EXPECT_EQ(light[0], light[1]);  // nothing of the transparent red
  EXPECT_EQ(rgb(board, 8, 8), dark);
  EXPECT_EQ(rgb(board, 15, 3), light);

  const auto half = texture_of(plain(64, 64, {200, 100, 0, 128}));
  const auto shown = render({.a = &half}, 64, 64);
  for (const int x : {0, 8}) {
    const Colour behind = x == 0 ? dark : light;
    for (std::size_t c = 0; c < 3; ++c) {
      const double over = std::array{200, 100, 0}[c] * 128 / 255.0 + behind[c] * 127 / 255.0;
      EXPECT_NEAR(rgb(shown, x, 0)[c], over, 1);
    }
  }

  // Half transparent white beside nothing: the mean is white over the board, not darkened by the colour of nothing.
  Rgba8Image stripes{64, 64, {}};
  for (int i = 0; i < 64 * 64; ++i) {
    const bool white = i % 2 == 0;
    stripes.texels.insert(stripes.texels.end(), 3, white ? 255 : 0);
    stripes.texels.push_back(white ? 255 : 0);
  }
  const auto texture = texture_of(stripes);
  EXPECT_NEAR(rgb(render({.a = &texture, .texels_per_pixel = 2}, 32, 32), 0, 0)[0], (255 + dark[0]) / 2.0, 1);
}

TEST_F(DisplayGpu, ExposureScalesLinearLight) {
  Rgba8Image ramp{256, 1, {}};
  for (int i = 0; i < 256; ++i)
    ramp.texels.insert(ramp.texels.end(), {std::uint8_t(i), std::uint8_t(255 - i), std::uint8_t(i / 2), 255});
  const auto texture = texture_of(ramp);
  const auto exposed = [](int stored, double stops) {
    const double v = stored / 255.0;
    const double linear = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    const double light = std::min(linear * std::exp2(stops), 1.0);
    return 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * std::pow(light, 1 / 2.4) - 0.055);
  };
  for (const float stops : {-3.0f, -0.5f, 1.0f, 4.0f}) {
    const auto shown = render({.a = &texture, .exposure_stops = stops}, 256, 1);
    const auto blue = render({.a = &texture, .channels = Channels::blue, .exposure_stops = stops}, 256, 1);
    for (int x = 0; x < 256; ++x) {
      for (int c = 0; c < 3; ++c) ASSERT_NEAR(rgb(shown, x, 0)[c], exposed(rgb(ramp, x, 0)[c], stops), 1) << stops;
      ASSERT_NEAR(rgb(blue, x, 0)[0], exposed(rgb(ramp, x, 0)[2], stops), 1);
    }
  }
}

}  // namespace
}  // namespace txs::display
