#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "core/ticks.h"

namespace txs {
namespace {

std::vector<std::string> texts(const Ticks& ticks) {
  std::vector<std::string> result;
  for (double value : ticks.values) result.push_back(tick_text(value, ticks));
  return result;
}

using Texts = std::vector<std::string>;

TEST(LinearTicks, AreTheFinestOnesThatFit) {
  EXPECT_EQ(texts(linear_ticks({0, 10}, 6)), (Texts{"0", "2", "4", "6", "8", "10"}));
  EXPECT_EQ(texts(linear_ticks({0, 10}, 5)), (Texts{"0", "5", "10"}));
  EXPECT_EQ(texts(linear_ticks({38.46, 40.05}, 5)), (Texts{"38.5", "39.0", "39.5", "40.0"}));
  EXPECT_EQ(texts(linear_ticks({-0.3, 0.3}, 1)), (Texts{"-0.2", "0.0", "0.2"}));
  EXPECT_EQ(texts(linear_ticks({0, 0.0123}, 4)), (Texts{"0.000", "0.005", "0.010"}));
}

TEST(LinearTicks, LieWithinAnyRangeAndAreNoMoreThanAsked) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> exponent(-6, 6), place(-1, 1);
  for (int i = 0; i < 20000; ++i) {
    const double span = std::pow(10.0, exponent(random)), low = place(random) * span * 10;
    const int most = 3 + i % 9;
    const Ticks ticks = linear_ticks({low, low + span}, most);
    ASSERT_LE(ticks.values.size(), static_cast<std::size_t>(most));
    ASSERT_GE(ticks.values.size(), 1u) << low << " + " << span << ", " << most;
    for (double value : ticks.values) {
      ASSERT_GE(value, low - 1e-6 * span);
      ASSERT_LE(value, low + span + 1e-6 * span);
    }
  }
}

TEST(LinearTicks, AreNoneWhereThereIsNothingToShow) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  for (Range range : {Range{1, 1}, Range{2, 1}, Range{nan, 1}, Range{0, nan}, Range{0, inf}, Range{-inf, inf}})
    EXPECT_TRUE(linear_ticks(range, 5).values.empty());
}

TEST(WholeTicks, NeverDivideAStep) {
  EXPECT_EQ(texts(whole_ticks({0, 3}, 20)), (Texts{"0", "1", "2", "3"}));
  EXPECT_EQ(texts(whole_ticks({0, 64}, 5)), (Texts{"0", "20", "40", "60"}));
}

TEST(LogTicks, ArePowersOfTenThinnedToWhatFits) {
  EXPECT_EQ(texts(log_ticks({1e-4, 1}, 9)), (Texts{"0.0001", "0.001", "0.01", "0.1", "1"}));
  EXPECT_EQ(texts(log_ticks({1e-4, 1}, 3)), (Texts{"0.0001", "0.01", "1"}));
}

TEST(LogTicks, AreDividedWhereFewDecadesAreSeen) {
  EXPECT_EQ(texts(log_ticks({0.009, 0.11}, 6)), (Texts{"0.01", "0.02", "0.05", "0.1"}));
  EXPECT_EQ(texts(log_ticks({0.004, 0.06}, 3)), (Texts{"0.005", "0.01", "0.05"}));
  EXPECT_EQ(texts(log_ticks({0.0121, 0.0149}, 4)), (Texts{"0.013", "0.014"})) << "no 1, 2 or 5 in it: linear ones";
}

TEST(LogTicks, WantAPositiveRange) { EXPECT_TRUE(log_ticks({0, 1}, 5).values.empty()); }

TEST(WidenedToTicks, EndsOnWholeStepsAndHoldsTheData) {
  const Range range = widened_to_ticks({38.46, 40.05}, 5, 0.2);
  EXPECT_DOUBLE_EQ(range.low, 38);
  EXPECT_DOUBLE_EQ(range.high, 40.5);
}

TEST(WidenedToTicks, GivesASinglePointRoom) {
  const Range range = widened_to_ticks({39.97, 39.97}, 4, 0.2);
  EXPECT_LT(range.low, 39.97);
  EXPECT_GT(range.high, 39.97);
  EXPECT_GE(range.span(), 0.2);
}

TEST(TickText, StaysShortForAnyStep) {
  const Ticks wide = linear_ticks({0, 1e300}, 5);
  ASSERT_FALSE(wide.values.empty());
  for (double value : wide.values) EXPECT_LE(tick_text(value, wide).size(), 8u);
}

TEST(AxisShare, RunsFrom0To1AlongTheRange) {
  EXPECT_DOUBLE_EQ(axis_share({30, 40}, 32.5, false), 0.25);
  EXPECT_DOUBLE_EQ(axis_share({0.001, 1}, 0.01, true), 1.0 / 3);
  EXPECT_EQ(axis_share({0.001, 1}, 0, true), 0);
}

}  // namespace
}  // namespace txs
