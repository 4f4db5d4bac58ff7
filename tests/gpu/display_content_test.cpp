// Panels of what is derived from pictures, and of codec views, against the C++ colour maps.
#include <algorithm>
#include <cmath>

#include "display/colour_map.h"
#include "display_support.h"

namespace txs::display {
namespace {

TEST_F(DisplayGpu, ErrorIsTheLargestChannelDifferenceByInferno) {
  const auto source = noise(64, 48, 6, false), decoded = noise(64, 48, 7, false);
  const auto a = texture_of(source), b = texture_of(decoded);
  for (const float scale : {0.05f, 0.5f, 1.0f}) {
    Panel panel{.content = Content::error, .a = &a, .b = &b, .error_scale = scale};
    const auto shown = render(panel, 64, 48);
    panel.channels = Channels::green;
    const auto green = render(panel, 64, 48);
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

TEST_F(DisplayGpu, PictureViewIsItsColours) {
  const auto image = noise(18, 7, 1);
  const auto view = texture_of(image);
  const codec::View described{.kind = codec::View::Kind::picture, .texture = &view};
  const auto shown = render({.content = Content::view, .a = &view, .view = described}, 18, 7);
  for (int y = 0; y < 7; ++y)
    for (int x = 0; x < 18; ++x) ASSERT_EQ(rgb(shown, x, y), rgb(image, x, y));
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
  const codec::View described{
      .kind = codec::View::Kind::categorical, .texture = &view, .texels_wide = 2, .texels_high = 2};
  const auto all = render({.content = Content::view, .view = described}, 52, 2);
  const BlockFilter filter{&view, 2, 2, Categories(1 << 3)};
  const auto one = render({.content = Content::view, .view = described, .filter = filter}, 52, 2);
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

TEST_F(DisplayGpu, CategoriesInOrderHaveTheColoursOfTheirPlaces) {
  std::vector<float> values;
  for (int i = 0; i < 30; ++i) values.push_back(float(i));
  const auto view = texture_of(values, 30);
  codec::View described{.kind = codec::View::Kind::categorical, .texture = &view};
  described.categories.assign(30, "named");
  for (const std::uint32_t rows : {1u, 5u}) {
    described.rows = rows;
    const auto shown = render({.content = Content::view, .view = described}, 30, 1);
    for (int x = 0; x < 30; ++x)
      ASSERT_LE(distance(rgb(shown, x, 0), colour_of(ordered_colour(std::uint32_t(x), 30 / rows, rows))), 1) << x;
  }
}

TEST_F(DisplayGpu, AFilterDimsOtherBlocksOfAnyContent) {
  const auto map = texture_of({0, 3, -1, 200, 255, 3}, 3);  // of 4 x 4 texels each
  const auto a = texture_of(plain(11, 8, {200, 120, 90, 255})), b = texture_of(plain(11, 8, {150, 120, 90, 255}));
  const auto gain = texture_of({1, 2, 3, 4, 5, 6}, 3);
  const codec::View described{.texture = &gain, .maximum = 6, .texels_wide = 4, .texels_high = 4};
  BlockFilter filter{&map, 4, 4, {}};
  filter.lit.set(3).set(255);
  Panel panels[] = {{.content = Content::picture, .a = &a},
                    {.content = Content::error, .a = &a, .b = &b},
                    {.content = Content::difference, .a = &a, .b = &b},
                    {.content = Content::view, .a = &a, .view = described}};
  for (Panel& panel : panels) {
    const auto all = render(panel, 12, 8);
    panel.filter = filter;
    const auto some = render(panel, 12, 8);
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 12; ++x) {
        const int block = x / 4 + 3 * (y / 4);
        if (x == 11) {
          ASSERT_EQ(rgb(some, x, y), canvas);
        } else if (block == 1 || block == 4 || block == 5) {
          ASSERT_EQ(rgb(some, x, y), rgb(all, x, y)) << block;
        } else {
          for (std::size_t c = 0; c < 3; ++c)
            ASSERT_NEAR(rgb(some, x, y)[c], 0.8 * canvas[c] + 0.2 * rgb(all, x, y)[c], 1.01) << block;
        }
      }
  }
}

TEST_F(DisplayGpu, PanelsOfOneRecordingHaveTheirOwnFilters) {
  const auto map = texture_of({0, 1}, 2);
  const auto picture = texture_of(plain(2, 1, {250, 250, 250, 255}));
  const gpu::Texture first(device(), gpu::Format::rgba8, 2, 1, "first");
  const gpu::Texture second(device(), gpu::Format::rgba8, 2, 1, "second");
  gpu::Recorder recorder(device());
  Panel panel{.a = &picture};
  panel.filter = {&map, 1, 1, Categories(0b01)};
  panels().render(recorder, panel, first);
  panel.filter.lit = Categories(0b10);
  panels().render(recorder, panel, second);
  device().submit(std::move(recorder));
  const auto left = values_of<std::uint8_t>(device().download(first));
  const auto right = values_of<std::uint8_t>(device().download(second));
  EXPECT_EQ(left[0], 250);
  EXPECT_LT(left[4], 100);
  EXPECT_LT(right[0], 100);
  EXPECT_EQ(right[4], 250);
}

}  // namespace
}  // namespace txs::display
