#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "plots/polyline.h"

namespace txs::app {
namespace {

std::vector<PlotPoint> noise(std::size_t count) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> value(-1, 1);
  std::vector<PlotPoint> points;
  for (std::size_t i = 0; i < count; ++i) points.push_back({double(i), value(random)});
  return points;
}

TEST(Decimated, KeepsEveryColumnsExtremesAndEnds) {
  const auto points = noise(10000);
  constexpr int columns = 100;
  const Range range{0, 10000};
  const auto kept = decimated(points, range, columns);
  EXPECT_LE(kept.size(), 4u * columns);
  for (int column = 0; column < columns; ++column) {
    const auto inside = [&](const PlotPoint& p) { return int(p.x) / 100 == column; };
    const auto lower = [](const PlotPoint& a, const PlotPoint& b) { return a.y < b.y; };
    std::vector<PlotPoint> all, shown;
    std::copy_if(points.begin(), points.end(), std::back_inserter(all), inside);
    std::copy_if(kept.begin(), kept.end(), std::back_inserter(shown), inside);
    ASSERT_FALSE(shown.empty());
    EXPECT_EQ(shown.front().x, all.front().x);
    EXPECT_EQ(shown.back().x, all.back().x);
    EXPECT_EQ(std::ranges::min_element(shown, lower)->y, std::ranges::min_element(all, lower)->y);
    EXPECT_EQ(std::ranges::max_element(shown, lower)->y, std::ranges::max_element(all, lower)->y);
  }
}

TEST(Decimated, KeepsTheOrder) {
  const auto kept = decimated(noise(5000), {0, 5000}, 37);
  EXPECT_TRUE(
      std::is_sorted(kept.begin(), kept.end(), [](const PlotPoint& a, const PlotPoint& b) { return a.x < b.x; }));
}

TEST(Decimated, LeavesFewPointsAsTheyAre) {
  const auto points = noise(10);
  const auto kept = decimated(points, {0, 10}, 400);
  ASSERT_EQ(kept.size(), points.size());
  for (std::size_t i = 0; i < kept.size(); ++i) EXPECT_EQ(kept[i].y, points[i].y);
}

TEST(Decimated, LeavesOutWhatCannotBeDrawn) {
  const double inf = std::numeric_limits<double>::infinity();
  const std::vector<PlotPoint> points{{0, 1}, {1, inf}, {2, std::nan("")}, {3, 2}};
  const auto kept = decimated(points, {0, 3}, 10);
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[1].x, 3);
  EXPECT_TRUE(decimated({}, {0, 1}, 10).empty());
}

TEST(NearestByX, FindsTheNearerNeighbour) {
  const std::vector<PlotPoint> points{{0, 0}, {1, 0}, {4, 0}};
  EXPECT_EQ(nearest_by_x(points, -5), 0u);
  EXPECT_EQ(nearest_by_x(points, 0.4), 0u);
  EXPECT_EQ(nearest_by_x(points, 0.6), 1u);
  EXPECT_EQ(nearest_by_x(points, 2.6), 2u);
  EXPECT_EQ(nearest_by_x(points, 99), 2u);
}

}  // namespace
}  // namespace txs::app
