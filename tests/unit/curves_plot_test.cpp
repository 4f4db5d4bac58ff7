// Curves as drawn: each line lies where its numbers say, in its legend's colour, and the margins stay empty.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "artifact/curve_layout.h"
#include "artifact/curves.h"
#include "artifact/sheet_style.h"
#include "display/colour_map.h"

namespace txs::artifact {
namespace {

const CurvePlot no_loss{"", CurvePlot::Axis::steps, false};

Rgb colour_at(const Rgba8Image& image, double x, double y) {
  const auto texel = image.at(static_cast<int>(std::floor(x)), static_cast<int>(std::floor(y)));
  return {texel[0], texel[1], texel[2]};
}

Curve flat(std::string label, double psnr_db) {
  return {std::move(label), {{0, 0, psnr_db, {}, {}}, {500, 2, psnr_db, {}, {}}, {1000, 4, psnr_db, {}, {}}}};
}

std::vector<Curve> stairs(int count) {
  std::vector<Curve> curves;
  for (int i = 0; i < count; ++i) curves.push_back(flat(fmt::format("run {}", i), 20 + i));
  return curves;
}

/// Texels of a colour in the column of texels at `x` within a plot.
int ink(const Rgba8Image& image, const Rect& box, int x, Rgb colour) {
  int count = 0;
  for (int y = box.y; y < box.y + box.height; ++y) count += colour_at(image, x, y) == colour ? 1 : 0;
  return count;
}

TEST(CurvePlot, DrawsEachLineWhereItsNumbersAre) {
  const std::vector<Curve> curves = stairs(8);
  const CurveLayout::Plot plot = layout_curves(curves, no_loss).plots.at(0);
  const Rgba8Image image = draw_curves(curves, no_loss);
  ASSERT_EQ(plot.y.low, 20);  // of data from 20 to 27 dB
  for (int i = 0; i < 8; ++i) {
    const double y = plot.box.y + plot.box.height * (plot.y.high - (20 + i)) / (plot.y.high - plot.y.low);
    const Rgb colour = display::category_colour(static_cast<std::uint32_t>(i));
    for (const double share : {0.03, 0.35, 0.72, 0.97}) {
      const int x = plot.box.x + static_cast<int>(plot.box.width * share);
      const int texels = ink(image, plot.box, x, colour);
      EXPECT_GE(texels, 1) << i;
      EXPECT_LE(texels, 2) << i;
      EXPECT_TRUE(colour_at(image, x, y) == colour || colour_at(image, x, y - 1) == colour) << i;
    }
  }
}

TEST(CurvePlot, DrawsSecondsAndLossToo) {
  Curve curve{"run", {{0, 0, 30, 1.0, {}}, {1, 10, 30, 0.01, {}}}};
  const CurvePlot settings{"", CurvePlot::Axis::seconds};
  const CurveLayout::Plot plot = layout_curves({{curve}}, settings).plots.at(1);
  const Rgba8Image image = draw_curves({{curve}}, settings);
  // A straight line on the logarithmic axis: after half the time the loss is the geometric mean.
  const double decades = std::log10(plot.y.high / plot.y.low);
  const double y = plot.box.y + plot.box.height * std::log10(plot.y.high / 0.1) / decades;
  EXPECT_EQ(colour_at(image, plot.box.x + plot.box.width / 2.0, y), display::category_colour(0));
  EXPECT_NE(colour_at(image, plot.box.x + plot.box.width / 2.0, y + 8), display::category_colour(0));
}

TEST(CurvePlot, SmoothsSlantedLines) {
  const Curve curve{"run", {{0, 0, 30, {}, {}}, {1000, 1, 40, {}, {}}}};
  const CurveLayout::Plot plot = layout_curves({{curve}}, no_loss).plots.at(0);
  const Rgba8Image image = draw_curves({{curve}}, no_loss);
  const Rgb line = display::category_colour(0);
  std::set<Rgb> between;
  for (int x = plot.box.x + 20; x < plot.box.x + plot.box.width - 20; ++x) {
    for (int y = plot.box.y; y < plot.box.y + plot.box.height; ++y) {
      const Rgb colour = colour_at(image, x, y);
      if (colour[0] > 60 && colour[0] < line[0] - 10) between.insert(colour);
    }
  }
  EXPECT_GT(between.size(), 30u);
}

TEST(CurvePlot, ShowsARunOfOnePointWhereTheAxisEnds) {
  const Curve curve{"run", {{100, 1, 37, {}, {}}}};
  const CurveLayout::Plot plot = layout_curves({{curve}}, no_loss).plots.at(0);
  const Rgba8Image image = draw_curves({{curve}}, no_loss);
  const double x = plot.box.x + plot.box.width, y = plot.box.y + plot.box.height / 2.0;
  EXPECT_EQ(colour_at(image, x - 2, y), display::category_colour(0));
  EXPECT_EQ(colour_at(image, x + 1, y), display::category_colour(0)) << "whole, though it lies on the plot's edge";
  EXPECT_NE(colour_at(image, x - 12, y), display::category_colour(0));
}

TEST(CurvePlot, LeavesOutWhatIsNoFigureAndGoesOn) {
  Curve curve = flat("run", 30);
  curve.points[1].psnr_db = INFINITY;
  Curve whole = curve;
  whole.points.erase(whole.points.begin() + 1);
  EXPECT_EQ(draw_curves({{curve}}, no_loss).texels, draw_curves({{whole}}, no_loss).texels);
  curve.points[1].psnr_db = NAN;
  EXPECT_EQ(draw_curves({{curve}}, no_loss).texels, draw_curves({{whole}}, no_loss).texels);
}

TEST(CurvePlot, LegendHasEachCurvesColour) {
  const std::vector<Curve> curves = stairs(16);
  const CurveLayout layout = layout_curves(curves, no_loss);
  const Rgba8Image image = draw_curves(curves, no_loss);
  ASSERT_EQ(layout.keys.size(), 16u);
  for (const auto& [box, curve] : layout.keys) {
    const Rgb colour = display::category_colour(static_cast<std::uint32_t>(curve % 8));
    EXPECT_EQ(colour_at(image, box.x + 1, box.y + box.height / 2), colour) << curve;
    EXPECT_EQ(colour_at(image, box.x + 1, box.y + 2), sheet_style::background) << curve;
  }
}

TEST(CurvePlot, TellsAllOf64RunsApart) {
  const std::vector<Curve> curves = stairs(64);
  const CurveLayout layout = layout_curves(curves, no_loss);
  const Rgba8Image image = draw_curves(curves, no_loss);
  std::set<std::string> keys;
  for (const auto& [box, curve] : layout.keys) {
    std::string texels;
    for (int y = box.y; y < box.y + box.height; ++y) {
      const auto row = image.texels.begin() + (std::ptrdiff_t(y) * image.width + box.x) * 4;
      texels.append(row, row + std::ptrdiff_t(box.width) * 4);
    }
    keys.insert(std::move(texels));
  }
  EXPECT_EQ(keys.size(), 64u);
}

TEST(CurvePlot, DashesTheNinthRun) {
  std::vector<Curve> curves = stairs(9);
  const CurveLayout::Plot plot = layout_curves(curves, no_loss).plots.at(0);
  const Rgba8Image image = draw_curves(curves, no_loss);
  const int y = static_cast<int>(plot.at({0, 28}).y);
  int drawn = 0;
  for (int x = plot.box.x; x < plot.box.x + plot.box.width; ++x) {
    drawn += ink(image, {x, y - 1, 1, 2}, x, display::category_colour(0)) > 0 ? 1 : 0;
  }
  EXPECT_GT(drawn, plot.box.width / 2);
  EXPECT_LT(drawn, plot.box.width * 9 / 10);
}

TEST(CurvePlot, KeepsItsMarginsEmptyAndIsOpaque) {
  const std::string name = "a name of many words that is far too long for any legend " + std::string(80, 'm');
  std::vector<Curve> curves = stairs(5);
  curves.push_back({name, {{2000000, 12345.6, 1e6, 1e-7, {}}, {2500000, 99999.9, -1e6, 1e-12, {}}}});
  for (const CurvePlot& settings : {CurvePlot{name}, CurvePlot{name, CurvePlot::Axis::seconds, true, 480, 320},
                                    CurvePlot{name, CurvePlot::Axis::steps, true, 2400, 1600}}) {
    const Rgba8Image image = draw_curves(curves, settings);
    // A letter may lean out of its box a little.
    const int margin = sheet_style::margin * (settings.width == 2400 ? 2 : 1) * 3 / 4;
    for (int y = 0; y < image.height; ++y) {
      for (int x = 0; x < image.width; ++x) {
        ASSERT_EQ(image.at(x, y)[3], 255);
        const bool inside = x >= margin && y >= margin && x < image.width - margin && y < image.height - margin;
        ASSERT_TRUE(inside || colour_at(image, x, y) == sheet_style::background) << x << ", " << y;
      }
    }
  }
}

TEST(CurvePlot, IsGreyWithoutCurves) {
  const Rgba8Image empty = draw_curves({}, {}), one = draw_curves(stairs(1), {});
  EXPECT_EQ(empty.width, 1200);
  EXPECT_EQ(empty.height, 800);
  EXPECT_NE(empty.texels, one.texels);
  const auto coloured = [](const Rgba8Image& image) {
    for (std::size_t i = 0; i < image.texels.size(); i += 4) {
      if (image.texels[i] != image.texels[i + 2]) return true;
    }
    return false;
  };
  EXPECT_FALSE(coloured(empty)) << "axes and text are grey; only curves have colour";
  EXPECT_TRUE(coloured(one));
}

}  // namespace
}  // namespace txs::artifact
