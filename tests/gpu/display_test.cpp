// Panels as the GPU renders them, against the bytes that they must show.
#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>

#include "display/colour_map.h"
#include "display/panel_pass.h"
#include "gpu_test.h"
#include "image/image.h"
#include "shaders/interop/display.h"

namespace txs::display {
namespace {

using Colour = std::array<int, 3>;

Colour colour_of(std::uint32_t rgb) { return {int(rgb >> 16 & 0xff), int(rgb >> 8 & 0xff), int(rgb & 0xff)}; }
Colour colour_of(const std::array<std::uint8_t, 3>& rgb) { return {rgb[0], rgb[1], rgb[2]}; }
const Colour canvas = colour_of(interop::canvas_colour), accent = colour_of(interop::accent_colour);

Rgba8Image noise(int width, int height, std::uint32_t seed, bool opaque = true) {
  std::mt19937 random(seed);
  Rgba8Image image{width, height, std::vector<std::uint8_t>(std::size_t(width) * height * 4)};
  for (std::size_t i = 0; i < image.texels.size(); ++i)
    image.texels[i] = opaque && i % 4 == 3 ? 255 : std::uint8_t(random() >> 8);
  return image;
}

Rgba8Image plain(int width, int height, std::array<std::uint8_t, 4> texel) {
  Rgba8Image image{width, height, {}};
  for (std::size_t i = 0; i < image.pixel_count(); ++i) image.texels.insert(image.texels.end(), texel.begin(), texel.end());
  return image;
}

Colour rgb(const Rgba8Image& image, int x, int y) {
  const auto texel = image.at(x, y);
  return {texel[0], texel[1], texel[2]};
}

int distance(const Colour& a, const Colour& b) {
  return std::max({std::abs(a[0] - b[0]), std::abs(a[1] - b[1]), std::abs(a[2] - b[2])});
}

class DisplayGpu : public GpuTest {
 protected:
  void SetUp() override {
    GpuTest::SetUp();
    while (!panels().ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }

  /// Its kernels take a second to make, so one serves all tests; it must go before the device does.
  static PanelPass& panels() {
    if (!panels_) panels_ = std::make_unique<PanelPass>(device());
    return *panels_;
  }
  static void TearDownTestSuite() { panels_.reset(); }

  gpu::Texture texture_of(const Rgba8Image& image) {
    gpu::Texture texture(device(), gpu::Format::rgba8, std::uint32_t(image.width), std::uint32_t(image.height), "picture");
    device().upload(texture, std::as_bytes(std::span(image.texels)));
    return texture;
  }
  gpu::Texture texture_of(const std::vector<float>& values, std::uint32_t width) {
    gpu::Texture texture(device(), gpu::Format::r32f, width, std::uint32_t(values.size()) / width, "view");
    device().upload(texture, bytes_of(values));
    return texture;
  }

  Rgba8Image render(const Panel& panel, int width, int height) {
    const gpu::Texture target(device(), gpu::Format::rgba8, std::uint32_t(width), std::uint32_t(height), "panel");
    gpu::Recorder recorder(device());
    panels().render(recorder, panel, target);
    device().submit(std::move(recorder));
    return {width, height, values_of<std::uint8_t>(device().download(target))};
  }

 private:
  static std::unique_ptr<PanelPass> panels_;
};
std::unique_ptr<PanelPass> DisplayGpu::panels_;

TEST_F(DisplayGpu, PictureAtOneToOneIsItsBytes) {
  const auto image = noise(67, 45, 1);
  const auto texture = texture_of(image);
  for (const auto& [left, top] : {std::pair{0, 0}, std::pair{-9, 5}, std::pair{20, -13}}) {
    const auto shown = render({.a = &texture, .origin_x = float(left), .origin_y = float(top)}, 80, 61);
    for (int y = 0; y < shown.height; ++y)
      for (int x = 0; x < shown.width; ++x) {
        const int u = x + left, v = y + top;
        const bool inside = u >= 0 && v >= 0 && u < image.width && v < image.height;
        ASSERT_EQ(rgb(shown, x, y), inside ? rgb(image, u, v) : canvas) << x << ", " << y << " from " << left << ", " << top;
        ASSERT_EQ(shown.at(x, y)[3], 255);
      }
  }
}

TEST_F(DisplayGpu, ShowsNothingWhereThereIsNoPicture) {
  for (const Content content : {Content::picture, Content::error, Content::difference, Content::split, Content::view}) {
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
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 64; ++x)
        ASSERT_EQ(rgb(shown, x, y), rgb(image, 3 + int((float(x) + 0.5f) / pixels), 1 + int((float(y) + 0.5f) / pixels)));
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
  const auto far = render(narrow, 64, 64);
  for (int x = 0; x < 50; ++x) ASSERT_EQ(rgb(far, x, 20), (Colour{0, 0, 0}));
}

TEST_F(DisplayGpu, SelectedBlockIsOutlined) {
  const Colour grey{128, 128, 128};
  const auto texture = texture_of(plain(30, 30, {128, 128, 128, 255}));
  const Panel panel{.a = &texture, .origin_x = 2, .texels_per_pixel = 0.25f, .block_width = 4, .block_height = 4,
                    .selected_block_x = 2, .selected_block_y = 1};
  const auto shown = render(panel, 100, 100);
  // Texels 8..12 by 4..8 stand on pixels 24..40 by 16..32.
  EXPECT_EQ(rgb(shown, 30, 20), grey);
  for (const auto& [x, y] : {std::pair{23, 20}, {22, 20}, {40, 20}, {41, 20}, {30, 15}, {30, 14}, {30, 32}, {30, 33}, {22, 14}})
    EXPECT_EQ(rgb(shown, x, y), accent) << x << ", " << y;
  for (const auto& [x, y] : {std::pair{21, 20}, {42, 20}, {30, 13}, {30, 34}}) EXPECT_EQ(rgb(shown, x, y), (Colour{0, 0, 0}));
  EXPECT_NE(rgb(shown, 20, 21), accent);

  // The last block is cut by the image's edge: texels 28..30, pixels 104..112.
  Panel last = panel;
  last.selected_block_x = last.selected_block_y = 7;
  const auto edge = render(last, 130, 130);
  EXPECT_EQ(rgb(edge, 112, 115), accent);
  EXPECT_EQ(rgb(edge, 105, 120), accent);
  EXPECT_EQ(rgb(edge, 116, 123), canvas);
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
    for (int y = 0; y < 12; ++y)
      for (int x = 0; x < 14; ++x) ASSERT_LE(distance(rgb(shown, x, y), rgb(panned, x, y)), 0.25f / scale * 255 + 1) << scale;
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
      ASSERT_NEAR(rgb(shown, x, y)[1], 0.299 * t[0] + 0.587 * t[1] + 0.114 * t[2], 0.51);
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
    const double light = std::min((v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4)) * std::exp2(stops), 1.0);
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

TEST_F(DisplayGpu, ErrorIsTheLargestChannelDifferenceByInferno) {
  const auto source = noise(64, 48, 6, false), decoded = noise(64, 48, 7, false);
  const auto a = texture_of(source), b = texture_of(decoded);
  for (const float scale : {0.05f, 0.5f, 1.0f}) {
    const auto shown = render({.content = Content::error, .a = &a, .b = &b, .error_scale = scale}, 64, 48);
    const auto green =
        render({.content = Content::error, .a = &a, .b = &b, .channels = Channels::green, .error_scale = scale}, 64, 48);
    for (int y = 0; y < 48; ++y)
      for (int x = 0; x < 64; ++x) {
        const auto s = source.at(x, y), d = decoded.at(x, y);
        int largest = 0;
        for (std::size_t c = 0; c < 4; ++c) largest = std::max(largest, std::abs(s[c] - d[c]));
        ASSERT_LE(distance(rgb(shown, x, y), colour_of(inferno(float(largest) / 255 / scale))), 1);
        ASSERT_LE(distance(rgb(green, x, y), colour_of(inferno(float(std::abs(s[1] - d[1])) / 255 / scale))), 1);
      }
  }
}

TEST_F(DisplayGpu, ColourMapsAreThoseOfCpp) {
  std::vector<float> values(1024);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = float(i) / 1023;
  const auto ramp = texture_of(values, 1024);
  const auto shown = render({.content = Content::view, .view = codec::View{.texture = &ramp}}, 1024, 1);
  for (int x = 0; x < 1024; ++x) ASSERT_LE(distance(rgb(shown, x, 0), colour_of(viridis(values[x]))), 1) << x;

  Rgba8Image black{256, 1, std::vector<std::uint8_t>(1024, 0)}, grey = black;
  for (std::size_t i = 0; i < 1024; ++i) grey.texels[i] = std::uint8_t(i / 4);
  const auto a = texture_of(black), b = texture_of(grey);
  const auto errors = render({.content = Content::error, .a = &a, .b = &b, .error_scale = 1}, 256, 1);
  for (int x = 0; x < 256; ++x) ASSERT_LE(distance(rgb(errors, x, 0), colour_of(inferno(float(x) / 255))), 1) << x;
}

TEST_F(DisplayGpu, DifferenceLiesAboutMidGrey) {
  const auto source = noise(64, 48, 8), decoded = noise(64, 48, 9);
  const auto a = texture_of(source), b = texture_of(decoded);
  const float scale = 0.7f;
  const auto shown = render({.content = Content::difference, .a = &a, .b = &b, .error_scale = scale}, 64, 48);
  for (int y = 0; y < 48; ++y)
    for (int x = 0; x < 64; ++x)
      for (std::size_t c = 0; c < 3; ++c) {
        const double value = 127.5 + (decoded.at(x, y)[c] - source.at(x, y)[c]) * 0.5 / scale;
        ASSERT_NEAR(rgb(shown, x, y)[c], std::clamp(value, 0.0, 255.0), 1);
      }
}

TEST_F(DisplayGpu, SplitShowsOnePictureOnEachSide) {
  const auto left = noise(100, 40, 10), right = noise(100, 40, 11);
  const auto a = texture_of(left), b = texture_of(right);
  for (const int line : {0, 1, 37, 64, 100}) {
    const auto shown =
        render({.content = Content::split, .a = &a, .b = &b, .split = float(line) / 100}, 100, 40);
    for (int y = 0; y < 40; ++y)
      for (int x = 0; x < 100; ++x) {
        // The line: a light pixel and a dark one.
        const Colour expected = x == line - 1 ? Colour{230, 230, 230}
                                : x == line   ? Colour{13, 13, 13}
                                              : rgb(x < line ? left : right, x, y);
        ASSERT_LE(distance(rgb(shown, x, y), expected), x == line - 1 || x == line ? 1 : 0) << line << ": " << x << ", " << y;
      }
  }
}

TEST_F(DisplayGpu, ScalarViewCoversItsTexelsAndHatchesWhatHasNoValue) {
  // 5 x 2 values of 4 x 4 texels over an image of 18 x 7: the last blocks are cut.
  const std::vector<float> values{0, 5, 10, -1, 20, 15, -1, 2, 3, 4};
  const auto view = texture_of(values, 5);
  const auto picture = texture_of(noise(18, 7, 1));
  codec::View described{.texture = &view, .minimum = 0, .maximum = 20, .texels_wide = 4, .texels_high = 4};
  const auto shown = render({.content = Content::view, .a = &picture, .view = described}, 24, 10);
  for (int y = 0; y < 10; ++y)
    for (int x = 0; x < 24; ++x) {
      if (x >= 18 || y >= 7) {
        ASSERT_EQ(rgb(shown, x, y), canvas);
        continue;
      }
      const float value = values[std::size_t(x / 4 + 5 * (y / 4))];
      const Colour colour = rgb(shown, x, y);
      if (value < 0)
        ASSERT_TRUE(colour[0] == colour[1] && colour[1] == colour[2] && colour[0] < 80) << x << ", " << y;
      else
        ASSERT_LE(distance(colour, colour_of(viridis(value / 20))), 1) << x << ", " << y;
    }
  // Without a picture the whole view is shown.
  const auto alone = render({.content = Content::view, .view = described}, 24, 10);
  EXPECT_LE(distance(rgb(alone, 19, 7), colour_of(viridis(0.2f))), 1);
}

TEST_F(DisplayGpu, ShrunkScalarViewIsTheMeanOfItsValues) {
  const auto view = texture_of({0, 5, 10, 3, 1, 2, 15, 4}, 4);
  const codec::View described{.texture = &view, .minimum = 0, .maximum = 20, .texels_wide = 4, .texels_high = 4};
  const auto shown = render({.content = Content::view, .view = described, .texels_per_pixel = 8}, 2, 1);
  EXPECT_LE(distance(rgb(shown, 0, 0), colour_of(viridis(2 / 20.0f))), 1);
  EXPECT_LE(distance(rgb(shown, 1, 0), colour_of(viridis(8 / 20.0f))), 1);
}

TEST_F(DisplayGpu, CategoriesHaveTheirColoursAndOneCanBeHeld) {
  std::vector<float> values;
  for (int i = 0; i < 26; ++i) values.push_back(float(i));
  const auto view = texture_of(values, 26);
  const codec::View described{.kind = codec::View::Kind::categorical, .texture = &view, .texels_wide = 2, .texels_high = 2};
  const auto all = render({.content = Content::view, .view = described}, 52, 2);
  const auto one = render({.content = Content::view, .view = described, .only_category = 3}, 52, 2);
  for (int x = 0; x < 52; ++x) {
    const Colour colour = colour_of(category_colour(std::uint32_t(x / 2)));
    ASSERT_LE(distance(rgb(all, x, 1), colour), 1) << x;
    if (x / 2 == 3)
      ASSERT_LE(distance(rgb(one, x, 1), colour), 1);
    else
      ASSERT_LT(distance(rgb(one, x, 1), canvas), 60) << x;
  }
  EXPECT_NE(rgb(one, 0, 0), rgb(one, 2, 0));  // dimmed, but still told apart
}

}  // namespace
}  // namespace txs::display
