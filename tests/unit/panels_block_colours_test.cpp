#include "panels/block_colours.h"

#include <gtest/gtest.h>

#include <cmath>

#include "plots/channel_plot.h"
#include "plots/gain_steps.h"

namespace txs::app {
namespace {

using codec::BlockInspection;

TEST(BlockColours, RoundsUpToFiguresThatAreRead) {
  for (const auto& [value, rounded] : {std::pair{1.0f, 1.0f}, {1.2f, 1.5f}, {14.2f, 15.0f}, {0.31f, 0.4f}, {0.3f, 0.3f},
                                      {81.0f, 100.0f}, {60000.0f, 60000.0f}, {0.0007f, 0.0008f}})
    EXPECT_FLOAT_EQ(round_up(value), rounded) << value;
}

TEST(BlockColours, BytesLieOn255AndLightOnItsOwnRange) {
  BlockInspection bytes;
  bytes.original = {{255, 0, 51, 255}};
  const BlockColours stored(bytes);
  EXPECT_FALSE(stored.light());
  EXPECT_EQ(stored.number(0.2f), "51");
  EXPECT_EQ(stored.numbers({1, 0, 0.2f, 1}, 0b1111), "255 0 51 255");
  EXPECT_EQ(stored.numbers({1, 0, 0.2f, 1}, 0b0101), "255 51");
  EXPECT_EQ(stored.difference({1, 0, 0.2f, 1}, {0.8f, 0.2f, 0.2f, 1}, 0b0011), "\u221251 +51");
  EXPECT_EQ(stored.shown({1, 0, 0.2f, 1}), (codec::Texel{255, 0, 51, 255}));
  EXPECT_FLOAT_EQ(stored.place({0.2f, 0.4f, 1, 1})[1], 0.4f);

  BlockInspection light;
  light.original_light = {{0.5f, 14.2f, 3, 1}};
  light.decoded_light = {{-1.2f, 14, 3, 1}};
  const BlockColours linear(light);
  EXPECT_TRUE(linear.light());
  EXPECT_FLOAT_EQ(linear.low(), -1.5f);
  EXPECT_FLOAT_EQ(linear.high(), 15);
  EXPECT_FLOAT_EQ(linear.place({15, -1.5f, 6.75f, 1})[0], 1);
  EXPECT_FLOAT_EQ(linear.place({15, -1.5f, 6.75f, 1})[1], 0);
  EXPECT_FLOAT_EQ(linear.place({15, -1.5f, 6.75f, 1})[2], 0.5f);
  EXPECT_EQ(linear.shown({14.2f, 14.2f, 14.2f, 1}), (codec::Texel{255, 255, 255, 255}));
  EXPECT_EQ(BlockColours(light, 1).shown({7.1f, 7.1f, 7.1f, 1}), (codec::Texel{255, 255, 255, 255}));
  EXPECT_EQ(linear.shown({-1, 0, 0, 1}), (codec::Texel{0, 0, 0, 255}));
  EXPECT_EQ(linear.numbers({0.5f, 14.2f, 300, 1}, 0b1111), "0.500 14.20 300.0");
}

TEST(BlockColours, OneChannelIsGreyAndTwoLeaveBlueBlack) {
  BlockInspection block;
  block.original = block.decoded = {{200, 90, 33, 255}};
  block.subsets.resize(1);
  block.subsets[0].channels = 0b0001;
  const codec::Colour colour{200 / 255.0f, 90 / 255.0f, 33 / 255.0f, 1};
  EXPECT_EQ(BlockColours(block).shown(colour), (codec::Texel{200, 200, 200, 255}));
  block.subsets.resize(2);
  block.subsets[1].channels = 0b0010;
  EXPECT_EQ(BlockColours(block).channels(), 0b0011u);
  EXPECT_EQ(BlockColours(block).shown(colour), (codec::Texel{200, 90, 0, 255}));
}

TEST(BlockColours, IndicesAreThoseOfTheTexelsLine) {
  BlockInspection block;
  block.indices = {3, 5, 1};
  block.subset_of = {0, 1, 0};
  block.subsets.resize(2);
  EXPECT_EQ(index_on(block, 0, 0), 3);
  EXPECT_EQ(index_on(block, 1, 1), 5);
  EXPECT_FALSE(index_on(block, 1, 0));
  EXPECT_FALSE(index_on(block, 2, 0));
  EXPECT_EQ(block_lines(block)[1].title, "subset 1");
  block.subsets[1].indices = {7, 7, 2};
  block.subsets[1].name = "alpha";
  EXPECT_EQ(index_on(block, 1, 2), 2);
  EXPECT_EQ(block_lines(block)[1].title, "alpha");
  block.subsets.resize(1);
  EXPECT_EQ(block_lines(block)[0].title, "");
  EXPECT_EQ(line_of(block, 1), 0u) << "of a subset that there is not";
}

TEST(ChannelPlot, ShowsTheBlocksPartOfTheRange) {
  ChannelValues values;
  values.original = {80, 100};
  values.decoded = {82, 104};
  values.low = 80;
  values.high = 110;
  EXPECT_EQ(shown_range(values, true).high, 255);
  EXPECT_NEAR(shown_range(values, false).low, 78.5, 1e-9);
  EXPECT_NEAR(shown_range(values, false).high, 111.5, 1e-9);
  values.original = values.decoded = {80};
  values.high = 80;
  EXPECT_NEAR(shown_range(values, false).span(), 8, 1e-9) << "a flat block keeps some air";
}

TEST(GainSteps, SayWhatEachStepGained) {
  const codec::Gain gains[] = {{"first", 4800}, {"second", 480}, {"third", 480}, {"exact", 0}, {"again", 0}};
  const auto steps = gain_steps(gains, 48);
  ASSERT_EQ(steps.size(), 5u);
  EXPECT_NEAR(steps[0].db, 28.1308, 1e-3);
  EXPECT_EQ(steps[0].gained, 0);
  EXPECT_NEAR(steps[1].gained, 10, 1e-9);
  EXPECT_EQ(steps[2].gained, 0);
  EXPECT_TRUE(std::isinf(steps[3].gained));
  EXPECT_EQ(steps[4].gained, 0) << "nothing is gained over no error";
}

}  // namespace
}  // namespace txs::app
