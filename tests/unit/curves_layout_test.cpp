// Pictures of curves: at any size and with any runs, nothing overlaps, nothing leaves the margins, and every number is
// beside what it names.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "artifact/curve_layout.h"
#include "artifact/sheet_style.h"
#include "core/error.h"

namespace txs::artifact {
namespace {

Curve training(std::string label, double best_db, std::uint64_t steps = 5000) {
  Curve curve{std::move(label), {}};
  for (std::uint64_t i = 0; i <= 50; ++i) {
    const double share = static_cast<double>(i) / 50;
    HistoryPoint point;
    point.step = steps * i / 50;
    point.seconds = share * 230.7;
    point.psnr_db = 12 + (best_db - 12) * (1 - std::exp(-5 * share));
    if (i > 0) point.loss = std::pow(10.0, -point.psnr_db / 10);
    curve.points.push_back(point);
  }
  return curve;
}

std::vector<Curve> trainings(int count, const std::string& suffix = "") {
  std::vector<Curve> curves;
  for (int i = 0; i < count; ++i) curves.push_back(training(fmt::format("run {}{}", i + 1, suffix), 30 + i % 17));
  return curves;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

void expect_inside_and_apart(const CurveLayout& layout) {
  std::vector<Rect> boxes;
  for (const auto& plot : layout.plots) boxes.push_back(plot.box);
  for (const auto& key : layout.keys) boxes.push_back(key.box);
  for (const auto& text : layout.texts) boxes.push_back(text.box);
  const int margin = sheet_style::margin * layout.scale;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    EXPECT_GE(boxes[i].x, margin) << i;
    EXPECT_GE(boxes[i].y, margin) << i;
    EXPECT_LE(boxes[i].x + boxes[i].width, layout.width - margin) << i;
    EXPECT_LE(boxes[i].y + boxes[i].height, layout.height - margin) << i;
    for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(overlap(boxes[i], boxes[j])) << i << " and " << j;
  }
}

bool has_text(const CurveLayout& layout, const std::string& text) {
  return std::ranges::find(layout.texts, text, &SheetText::text) != layout.texts.end();
}

TEST(CurveLayout, KeepsEverythingInsideAndApart) {
  const std::string long_suffix = " of a rather long name, gelu, 3e-4, " + std::string(90, 'w');
  for (const auto& [width, height] : {std::pair{480, 320}, {1200, 800}, {1200, 320}, {500, 2000}, {2400, 1600}}) {
    for (const int count : {0, 1, 2, 5, 8, 64}) {
      for (const std::string& suffix : {std::string(), long_suffix}) {
        for (const auto axis : {CurvePlot::Axis::steps, CurvePlot::Axis::seconds}) {
          SCOPED_TRACE(fmt::format("{} runs{} in {} x {}", count, suffix, width, height));
          CurvePlot settings{suffix, axis, true, width, height};
          const CurveLayout layout = layout_curves(trainings(count, suffix), settings);
          EXPECT_EQ(layout.width, width);
          EXPECT_GE(layout.height, height);
          EXPECT_EQ(layout.keys.size(), static_cast<std::size_t>(count));
          int plots_height = 0;
          for (const auto& plot : layout.plots) {
            plots_height += plot.box.height;
            EXPECT_GE(plot.box.width, width / 3);
            EXPECT_GE(plot.box.height, 80 * layout.scale);
            EXPECT_GE(plot.x_ticks.values.size(), 2u);
            EXPECT_GE(plot.y_ticks.values.size(), 2u);
          }
          EXPECT_GE(plots_height, height / 2 - 1);
          expect_inside_and_apart(layout);
        }
      }
    }
  }
}

TEST(CurveLayout, IsAsLargeAsAskedWhereTheLegendFits) {
  const CurveLayout layout = layout_curves(trainings(12), {});
  EXPECT_EQ(layout.width, 1200);
  EXPECT_EQ(layout.height, 800);
  const auto bottom = [](const SheetText& text) { return text.box.y + text.box.height; };
  EXPECT_EQ(bottom(*std::ranges::max_element(layout.texts, {}, bottom)), 800 - sheet_style::margin);
}

TEST(CurveLayout, HoldsAnyNumbers) {
  constexpr double most = std::numeric_limits<double>::max(), least = std::numeric_limits<double>::denorm_min();
  constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  const double values[] = {0, -1, 1e-5, 99999.5, 1e6, -1e6, 123456.789, most, -most, least, INFINITY, -INFINITY, NAN};
  for (double psnr : values) {
    for (double loss : values) {
      for (double seconds : {0.0, 1e-7, 3e9, 1e20, -1.0, most, double(NAN)}) {
        SCOPED_TRACE(fmt::format("{} dB, loss {}, {} s", psnr, loss, seconds));
        const Curve curve{"run", {{0, 0, 40, loss / 2, {}}, {1, seconds, psnr, loss, {}}, {last, 1, psnr, {}, {}}}};
        const auto axis = seconds == 0 ? CurvePlot::Axis::steps : CurvePlot::Axis::seconds;
        expect_inside_and_apart(layout_curves({{curve}}, {"", axis, true, 480, 320}));
      }
    }
  }
}

TEST(CurveLayout, NamesAxesUnitsAndResults) {
  const CurveLayout layout = layout_curves({{training("tinymlp", 39.5)}}, {"seed_sample.png", {}, true});
  for (const char* text :
       {"seed_sample.png", "PSNR RGB, dB", "Loss, logarithmic", "Steps", "tinymlp", "39.31 dB", "0", "5000"})
    EXPECT_TRUE(has_text(layout, text)) << text;
  EXPECT_TRUE(has_text(layout_curves({}, {"", CurvePlot::Axis::seconds}), "Time, s"));
}

TEST(CurveLayout, NamesWhatDecibelsAreOf) {
  Curve red = training("bc4", 45), light = training("bc6h", 43);
  red.measure = metrics::Measure::red;
  light.measure = metrics::Measure::light;
  EXPECT_TRUE(has_text(layout_curves({{red}}, {}), "PSNR R, dB"));
  EXPECT_TRUE(has_text(layout_curves({{light}}, {}), "mPSNR, dB"));
  EXPECT_TRUE(has_text(layout_curves({{red, light, red}}, {}), "PSNR R / mPSNR, dB"));
}

TEST(CurveLayout, HasALossOnlyWhereOneIsKnownAndWanted) {
  Curve search{"bc7", {{0, 0, 30, {}, {}}, {64, 1, 40, {}, {}}}};
  EXPECT_EQ(layout_curves({{search}}, {}).plots.size(), 1u);
  EXPECT_EQ(layout_curves({{training("run", 39)}}, {}).plots.size(), 2u);
  EXPECT_EQ(layout_curves({{training("run", 39)}}, {"", {}, false}).plots.size(), 1u);
  search.points[1].loss = 0;
  EXPECT_EQ(layout_curves({{search}}, {}).plots.size(), 1u) << "0 has no place on a logarithmic axis";
}

TEST(CurveLayout, PutsNumbersAtTheirTicks) {
  const CurveLayout layout = layout_curves(trainings(3), {});
  for (const auto& plot : layout.plots) {
    for (double value : plot.y_ticks.values) {
      const std::string text = tick_text(value, plot.y_ticks);
      const double y = plot.at({0, value}).y;
      const bool beside = std::ranges::any_of(layout.texts, [&](const SheetText& label) {
        return label.text == text && label.box.x + label.box.width <= plot.box.x &&
               std::abs(label.box.y + label.box.height / 2.0 - y) <= 1;
      });
      EXPECT_TRUE(beside) << text;
    }
  }
  const CurveLayout::Plot& plot = layout.plots.back();
  for (double value : plot.x_ticks.values) {
    const std::string text = tick_text(value, plot.x_ticks);
    const bool below = std::ranges::any_of(layout.texts, [&](const SheetText& label) {
      return label.text == text && label.box.y >= plot.box.y + plot.box.height &&
             std::abs(label.box.x + label.box.width / 2.0 - plot.at({value, plot.y.low}).x) <= 1;
    });
    EXPECT_TRUE(below) << text;
  }
}

TEST(CurveLayout, SpreadsALossByDecades) {
  Curve curve{"run", {{0, 0, 30, 1e-4, {}}, {10, 1, 30, 1e-1, {}}}};
  const CurveLayout layout = layout_curves({{curve}}, {});
  const CurveLayout::Plot& plot = layout.plots.at(1);
  const auto y = [&](double loss) { return plot.at({0, loss}).y; };
  EXPECT_NEAR(y(1e-3) - y(1e-2), y(1e-2) - y(1e-1), 1e-6);
  EXPECT_GT(y(1e-3) - y(1e-2), plot.box.height / 4.0);
}

TEST(CurveLayout, LeavesOutWhatIsNoFigure) {
  const Curve curve{"run",
                    {{0, 0, NAN, {}, {}}, {1, 1, 30, NAN, {}}, {2, 2, INFINITY, 0.1, {}}, {3, NAN, 31, -1.0, {}}}};
  const auto steps = drawn_points(curve, CurvePlot::Axis::steps, CurveQuantity::psnr);
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[0].x, 1);
  EXPECT_EQ(steps[0].y, 30);
  EXPECT_EQ(steps[1].x, 3);
  EXPECT_EQ(drawn_points(curve, CurvePlot::Axis::seconds, CurveQuantity::psnr).size(), 1u);
  EXPECT_EQ(drawn_points(curve, CurvePlot::Axis::steps, CurveQuantity::loss).size(), 1u);
}

TEST(CurveLayout, RefusesSizesThatCannotHoldAPlot) {
  for (const auto& [width, height] :
       {std::pair{479, 800}, {1200, 319}, {0, 0}, {-1, 800}, {16385, 800}, {1200, 16385}}) {
    try {
      layout_curves({}, {"", {}, true, width, height});
      ADD_FAILURE() << width << " x " << height;
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::usage);
      EXPECT_NE(std::string(error.what()).find("480 x 320"), std::string::npos) << error.what();
    }
  }
}

}  // namespace
}  // namespace txs::artifact
