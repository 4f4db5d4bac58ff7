#include "display/feature_look.h"

#include <gtest/gtest.h>

namespace txs::display {
namespace {

using Channels = std::array<int, 3>;

TEST(FeatureLook, FitsWhatAGridHas) {
  EXPECT_EQ(fitted({}, 32), FeatureLook{});
  EXPECT_EQ(fitted({}, 2).rgb, (Channels{0, 1, -1}));
  EXPECT_FALSE(fitted({}, 2).mapped);
  EXPECT_TRUE(fitted({}, 1).mapped) << "one channel is no colour";
  EXPECT_EQ(fitted({.rgb = {9, 10, 11}}, 2).rgb, (Channels{0, 1, -1})) << "nothing of the choice is left";
  EXPECT_EQ(fitted({.rgb = {9, 1, 11}}, 2).rgb, (Channels{-1, 1, -1}));
  EXPECT_EQ(fitted({.mapped = true, .channel = 20}, 16).channel, 15);
  EXPECT_EQ(fitted({}, 0).channel, 0);
}

TEST(FeatureLook, StepsThroughAllChannelsAndWraps) {
  FeatureLook look;
  for (int i = 0; i < 32; ++i) look = stepped(look, 32, 1);
  EXPECT_EQ(look, FeatureLook{}) << "32 steps of three come back";
  EXPECT_EQ(stepped({}, 32, 1).rgb, (Channels{3, 4, 5}));
  EXPECT_EQ(stepped({}, 32, -1).rgb, (Channels{29, 30, 31}));
  EXPECT_EQ(stepped({}, 2, 1).rgb, (Channels{1, 0, -1})) << "two channels change places";
  EXPECT_EQ(stepped({.mapped = true, .channel = 15}, 16, 1).channel, 0);
  EXPECT_EQ(stepped({.mapped = true, .channel = 0}, 16, -1).channel, 15);
}

}  // namespace
}  // namespace txs::display
