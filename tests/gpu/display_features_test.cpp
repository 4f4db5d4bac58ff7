// Views of feature grids: which grid texel a pixel shows, and in what colour, against the definition on the CPU.
#include <algorithm>
#include <cmath>
#include <limits>

#include "display/colour_map.h"
#include "display_support.h"

namespace txs::display {
namespace {

/// Planes one below the other, as codec::View has them, of random values with a range of its own for each plane.
struct Grid {
  Grid(int width, int height, int planes, std::uint32_t seed) : columns(width), rows(height), channels(planes) {
    std::mt19937 random(seed);
    for (int c = 0; c < channels; ++c) {
      std::uniform_real_distribution<float> value(-1.0f - float(c), 0.5f + 2 * float(c));
      float low = std::numeric_limits<float>::max(), high = -low;
      for (int i = 0; i < columns * rows; ++i) {
        values.push_back(value(random));
        low = std::min(low, values.back());
        high = std::max(high, values.back());
      }
      ranges.insert(ranges.end(), {low, high});
    }
  }

  float at(int x, int y, int channel) const { return values[std::size_t((channel * rows + y) * columns + x)]; }
  /// Where a value lies in its plane's range, or in that of all planes.
  float share(float value, int channel, bool common) const {
    float low = ranges[std::size_t(2 * channel)], high = ranges[std::size_t(2 * channel + 1)];
    for (int c = 0; c < channels && common; ++c) {
      low = std::min(low, ranges[std::size_t(2 * c)]);
      high = std::max(high, ranges[std::size_t(2 * c + 1)]);
    }
    return high > low ? (value - low) / (high - low) : 0.5f;
  }
  Colour expected(int x, int y, const FeatureLook& look) const {
    const auto level = [&](int channel) { return share(at(x, y, channel), channel, look.common_range); };
    if (look.mapped) return colour_of(viridis(level(look.channel)));
    Colour colour{};
    for (std::size_t i = 0; i < 3; ++i)
      colour[i] = look.rgb[i] < 0 ? 0 : int(std::lround(std::clamp(level(look.rgb[i]), 0.0f, 1.0f) * 255));
    return colour;
  }

  int columns, rows, channels;
  std::vector<float> values, ranges;
};

/// The grid texel whose centre is nearest to the image coordinate, after the definition of corner_aligned.
int nearest_texel(double image_coordinate, int image_size, int grid_size) {
  if (image_size == 1) return 0;
  const double at = (image_coordinate - 0.5) / (image_size - 1) * (grid_size - 1);
  return std::clamp(int(std::floor(at + 0.5)), 0, grid_size - 1);
}

class DisplayFeatures : public DisplayGpu {
 protected:
  /// Renders with one pixel for `1 / zoom` texels of an image of the given size.
  Rgba8Image show(const Grid& grid, int width, int height, FeatureLook look, float zoom = 1) {
    const auto planes = texture_of(grid.values, std::uint32_t(grid.columns));
    const auto ranges = texture_of(grid.ranges, 2);
    const auto picture = texture_of(plain(width, height, {0, 0, 0, 255}));
    const codec::View view{.kind = codec::View::Kind::features,
                           .texture = &planes,
                           .channels = std::uint32_t(grid.channels),
                           .ranges = &ranges,
                           .corner_aligned = true};
    return render({.content = Content::view, .a = &picture, .view = view, .texels_per_pixel = 1 / zoom,
                   .pixel_grid = false, .features = look},
                  int(float(width) * zoom), int(float(height) * zoom));
  }

  void expect_exact(const Grid& grid, int width, int height, FeatureLook look, float zoom) {
    const auto shown = show(grid, width, height, look, zoom);
    const FeatureLook fits = fitted(look, std::uint32_t(grid.channels));
    for (int y = 0; y < shown.height; ++y)
      for (int x = 0; x < shown.width; ++x) {
        const int u = nearest_texel((x + 0.5) / zoom, width, grid.columns);
        const int v = nearest_texel((y + 0.5) / zoom, height, grid.rows);
        ASSERT_LE(distance(rgb(shown, x, y), grid.expected(u, v, fits)), 1)
            << x << ", " << y << " of " << width << " x " << height << ", grid " << grid.columns << " x " << grid.rows;
      }
  }
};

TEST_F(DisplayFeatures, TexelsLieWithTheirCentresOnTheCornersAndStayExact) {
  expect_exact(Grid(9, 7, 3, 1), 64, 48, {}, 1);
  expect_exact(Grid(9, 7, 3, 1), 64, 48, {}, 3);
  expect_exact(Grid(9, 7, 3, 1), 61, 43, {}, 1.7f);
  expect_exact(Grid(64, 48, 3, 2), 64, 48, {}, 2);   // a texel a pixel: the picture's own grid
  expect_exact(Grid(1, 1, 3, 3), 20, 9, {}, 1);      // one entry for all
  expect_exact(Grid(1, 5, 3, 4), 20, 33, {}, 1);
  expect_exact(Grid(4, 4, 3, 5), 1, 1, {}, 8);       // an image of one texel sees the first alone
  expect_exact(Grid(40, 40, 3, 6), 16, 16, {}, 16);  // finer than the image, magnified until texels are squares
}

TEST_F(DisplayFeatures, ThreeChannelsOrOneWithItsOwnRangeOrTheCommonOne) {
  const Grid grid(8, 6, 5, 7);
  for (const bool common : {false, true}) {
    expect_exact(grid, 32, 24, {.rgb = {4, 0, 2}, .common_range = common}, 1);
    expect_exact(grid, 32, 24, {.rgb = {3, -1, 3}, .common_range = common}, 1);
    for (int channel = 0; channel < 5; ++channel)
      expect_exact(grid, 32, 24, {.mapped = true, .channel = channel, .common_range = common}, 1);
  }
}

TEST_F(DisplayFeatures, GridsOfFewChannelsShowWhatTheyHave) {
  expect_exact(Grid(8, 6, 2, 8), 32, 24, {}, 1);                                   // blue has none
  expect_exact(Grid(8, 6, 1, 9), 32, 24, {}, 1);                                   // mapped
  expect_exact(Grid(8, 6, 2, 10), 32, 24, {.mapped = true, .channel = 17}, 1);     // of another grid's channels
}

TEST_F(DisplayFeatures, APlaneOfOneValueLiesInTheMiddle) {
  Grid grid(4, 4, 1, 11);
  std::ranges::fill(grid.values, 0.25f);
  std::ranges::fill(grid.ranges, 0.25f);
  const auto shown = show(grid, 16, 16, {.mapped = true});
  EXPECT_LE(distance(rgb(shown, 8, 8), colour_of(viridis(0.5f))), 1);
}

TEST_F(DisplayFeatures, AFineGridFarAwayKeepsItsMean) {
  Grid grid(256, 256, 1, 12);
  const auto shown = show(grid, 129, 129, {.mapped = true});  // about two texels a pixel and axis
  // Away from the edges: the map of the mean over the grid texels that each pixel covers, by area.
  const double scale = 255.0 / 128;
  for (int y = 4; y < 120; y += 5)
    for (int x = 4; x < 120; x += 3) {
      double sum = 0;
      const double left = x * scale + 0.5 - 0.5 * scale, top = y * scale + 0.5 - 0.5 * scale;
      for (int v = int(top); v < top + scale; ++v)
        for (int u = int(left); u < left + scale; ++u)
          sum += (std::min(left + scale, u + 1.0) - std::max(left, double(u))) *
                 (std::min(top + scale, v + 1.0) - std::max(top, double(v))) * grid.at(u, v, 0);
      const float mean = float(sum / (scale * scale));
      ASSERT_LE(distance(rgb(shown, x, y), colour_of(viridis(grid.share(mean, 0, false)))), 2) << x << ", " << y;
    }
}

}  // namespace
}  // namespace txs::display
