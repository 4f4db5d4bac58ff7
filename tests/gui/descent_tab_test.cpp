// The inspector's tab of descents, drawn without a window, of a block made up.
#include <memory>

#include "offscreen.h"
#include "panels/block_colours.h"
#include "panels/inspector_tabs.h"
#include "plots/descent_plot.h"
#include "synthetic_blocks.h"

namespace txs::app {
namespace {

using codec::Descent;
using codec::DescentStep;

/// Two lines, half of the block each; in the pattern two texels are on the other one.
Descent descent_of_two(const BlockInspection& block, std::uint32_t start, float loss) {
  Descent descent;
  descent.partitions = 2;
  descent.start = start;
  descent.loss = loss;
  descent.seed = 100 + start;
  descent.hamming = 2;
  const std::size_t texels = std::size_t(block.width) * block.height;
  for (int s = 0; s <= 10; ++s) {
    DescentStep step;
    step.kind = s == 0 ? DescentStep::Kind::start : s < 8 ? DescentStep::Kind::free : s == 8 ? DescentStep::Kind::snap
                                                                                             : DescentStep::Kind::fixed;
    for (std::size_t t = 0; t < texels; ++t) {
      step.line_of.push_back(t < texels / 2 ? 0 : 1);
      step.nearest.push_back(t < texels / 2 + 2 ? 0 : 1);
    }
    if (s >= 8) step.line_of = step.nearest;
    step.distance = s < 8 ? 2 : 0;
    step.loss = 0.1f / float(s + 1);
    step.low = {{0.1f, 0.2f, 0.1f, 1}, {0.6f, 0.1f, 0.5f, 1}};
    step.high = {{0.4f, 0.9f, 0.3f, 1}, {0.9f, 0.4f, 0.9f, 1}};
    descent.steps.push_back(step);
  }
  descent.ideal = descent.steps[1].line_of;
  return descent;
}

BlockInspection descended(std::uint32_t width, std::uint32_t height) {
  BlockInspection block = weighted(width, height);
  Descent one = descent_of_two(block, 0, 0.02f);
  one.partitions = 1;
  one.best_of_its_lines = true;
  for (DescentStep& step : one.steps) {
    step.line_of.assign(step.line_of.size(), 0);
    step.nearest = step.line_of;
    step.low.pop_back();
    step.high.pop_back();
  }
  one.ideal = one.steps[0].line_of;
  block.descents = {one, descent_of_two(block, 0, 0.004f), descent_of_two(block, 1, 0.003f)};
  block.descents[2].best_of_its_lines = true;
  return block;
}

class DescentTab : public Offscreen {
 protected:
  Rgba8Image tab(const BlockInspection& block, int width = 340, int height = 520) {
    return draw(width, height, [&] { draw_descent_tab(block, state_); }, 3);
  }
  InspectorState state_;
};

TEST_F(DescentTab, ShowsTheBestDescentAtItsEnd) {
  const BlockInspection block = descended(4, 4);
  const Rgba8Image shown = tab(block);
  EXPECT_EQ(state_.iteration, 10);
  EXPECT_GT(count(shown, line_ink(0)), 100) << "texels of the first line";
  EXPECT_GT(count(shown, line_ink(1)), 100) << "texels of the second line";
  EXPECT_GT(count(shown, IM_COL32(255, 255, 255, 255)), 20) << "texels in which pattern and division differ";
  EXPECT_LE(content_width(), 340.0f);
}

TEST_F(DescentTab, GoesToAStepAndAnotherNumberOfLines) {
  const BlockInspection block = descended(4, 4);
  const int of_second = count(tab(block), line_ink(1));
  state_.follows_end = false;
  state_.iteration = 0;
  state_.descent_lines = 1;
  const Rgba8Image shown = tab(block);
  EXPECT_EQ(state_.iteration, 0);
  EXPECT_LT(count(shown, line_ink(1)), of_second / 2) << "no texel is on a second line";
}

TEST_F(DescentTab, TakesBlocksOfAnySize) {
  for (const auto& [width, height] : {std::pair{6u, 5u}, {12u, 12u}}) {
    const BlockInspection block = descended(width, height);
    EXPECT_GT(count(tab(block), line_ink(1)), 50);
    EXPECT_LE(content_width(), 340.0f);
  }
}

}  // namespace
}  // namespace txs::app
