// The inspector of blocks of every kind, drawn without a window: what must be seen is there, nothing is wider than the
// narrowest panel.
#include <algorithm>
#include <map>
#include <memory>
#include <optional>

#include "offscreen.h"
#include "panels/block_colours.h"
#include "panels/panels.h"
#include "synthetic.h"
#include "synthetic_blocks.h"

namespace txs::app {
namespace {

constexpr int narrow = 340, low = 560;

inline const codec::CodecKind& block_kind() {
  static const codec::CodecKind kind = [] {
    codec::CodecKind made;
    made.id = "bc";
    made.title = "Blocks";
    return made;
  }();
  return kind;
}

class BlockInspector : public Offscreen {
 protected:
  Rgba8Image draw_panel(const BlockInspection& block, int width = narrow, int height = low, int frames = 3) {
    session::Snapshot snapshot = training_snapshot();
    snapshot.a.run.kind = &block_kind();
    snapshot.a.run.block = {block.width, block.height};
    snapshot.a.selected_block = {block.block_x, block.block_y};
    snapshot.a.inspection = std::make_shared<const codec::Inspection>(block);
    return draw(width, height, [&] { draw_inspector(snapshot, session(), view_, state_); }, frames);
  }
  void click(const BlockInspection& block, ImVec2 at, int width = narrow, int height = low) {
    mouse(at.x, at.y);
    draw_panel(block, width, height, 1);
    mouse(at.x, at.y, true);
    draw_panel(block, width, height, 1);
    mouse(at.x, at.y, false);
    draw_panel(block, width, height, 1);
    mouse(-1, -1);
  }
  void expect_fits(int width = narrow) const { EXPECT_LE(content_width(), float(width) - 2 * theme::px(12)); }
  ViewState view_;
  InspectorState state_;
};

const ImVec2 search_tab{86, 66}, bits_tab{142, 66};

std::map<std::string, BlockInspection> all_blocks() {
  return {{"two subsets", two_subsets()}, {"three subsets", three_subsets()}, {"alpha", colour_and_alpha()},
          {"one channel", one_channel()}, {"two channels", two_channels()},   {"light", light()},
          {"reserved", reserved()},   {"6x6", weighted(6, 6)},         {"12x10", weighted(12, 10)},
          {"two planes", two_planes()}, {"one colour", one_colour()}};
}

TEST_F(BlockInspector, BlocksOfEveryKindFitTheNarrowestPanel) {
  for (const auto& [name, block] : all_blocks()) {
    SCOPED_TRACE(name);
    for (const ImVec2 tab : {ImVec2{34, 66}, search_tab, bits_tab}) {
      click(block, tab);
      draw_panel(block);
      expect_fits();
    }
  }
}

TEST_F(BlockInspector, EverySubsetHasItsColour) {
  const Rgba8Image two = draw_panel(two_subsets());
  EXPECT_GT(count(two, line_ink(0), 4), 150);
  EXPECT_GT(count(two, line_ink(1), 4), 150);
  EXPECT_LT(count(two, line_ink(2), 4), 20);
  EXPECT_GT(count(draw_panel(three_subsets()), line_ink(2), 4), 150);
}

TEST_F(BlockInspector, EveryTexelOfALargeBlockIsDrawn) {
  BlockInspection block = weighted(12, 12);
  const Rgba8Image before = draw_panel(block);
  block.original.back() = {255, 0, 255, 255};  // beyond the 16 of a small one
  const Rgba8Image after = draw_panel(block);
  EXPECT_GT(count(after, IM_COL32(255, 0, 255, 255), 0), 40) << "its swatch";
  EXPECT_EQ(count(before, IM_COL32(255, 0, 255, 255), 0), 0);
}

/// A weight between two that the grid's points may have is a colour between two of the palette.
TEST_F(BlockInspector, WeightsAreColoursOfTheirLine) {
  BlockInspection block = weighted(4, 4);
  block.subsets = {line_between({0, 0, 0, 1}, {0, 1, 0, 1}, 2)};
  block.subset_of.assign(16, 0);
  block.indices.assign(16, 24);
  const ImU32 ink = IM_COL32(0, 96, 0, 255);  // 24 / 64 of 255
  EXPECT_GT(count(draw_panel(block), ink, 1), 16 * 60);
  block.weight_steps = 0;
  EXPECT_LT(count(draw_panel(block), ink, 1), 60) << "no palette has an entry 24";
}

/// Swatches of one channel are grey, at its own weights.
TEST_F(BlockInspector, ThePlaneApartHasItsOwnWeights) {
  BlockInspection block = two_planes();
  for (codec::Subset& line : block.subsets) {
    line.low = {0.2f, 0.2f, 0, 1};
    line.high = {0.2f, 0.2f, 1, 1};
    line.palette = {line.low, line.high};
    if (line.indices.empty()) continue;
    for (std::uint8_t& weight : line.indices)
      if (weight != codec::Subset::no_index) weight = 32;
  }
  const ImU32 half = IM_COL32(128, 128, 128, 255);
  EXPECT_GT(count(draw_panel(block), half, 0), 36 * 30) << "blue in the middle, of texels of both partitions";
  for (std::size_t i = 2; i < 4; ++i) std::ranges::fill(block.subsets[i].indices, codec::Subset::no_index);
  EXPECT_LT(count(draw_panel(block), half, 0), 100);
}

TEST_F(BlockInspector, ABlockOfOneColourHasNoGridOfIndices) {
  const BlockInspection block = one_colour();
  const Rgba8Image shown = draw_panel(block);
  EXPECT_GT(count(shown, IM_COL32(181, 60, 40, 255), 1), 16 * 500) << "original and decoded, as large as may be";
  EXPECT_LT(count(shown, colour::control), 16 * 200) << "no cells without an index";
}

TEST_F(BlockInspector, TexelsBeyondThePicturesEdgeAreFaint) {
  BlockInspection block = one_colour();
  const ImU32 decoded = IM_COL32(181, 60, 40, 255);
  const int all = count(draw_panel(block), decoded, 0);
  block.inside_width = 2;
  EXPECT_NEAR(count(draw_panel(block), decoded, 0), all / 2, all / 10);
}

TEST_F(BlockInspector, FitsAtFractionalScales) {
  for (const float scale : {0.75f, 1.5f}) {
    rescale(scale);
    for (const auto& [name, block] : all_blocks()) {
      SCOPED_TRACE(name);
      for (const ImVec2 tab : {ImVec2{34, 66}, search_tab, bits_tab}) {
        click(block, {tab.x * scale, tab.y * scale}, int(narrow * scale), int(low * scale));
        draw_panel(block, int(narrow * scale), int(low * scale));
        expect_fits(int(narrow * scale));
      }
    }
  }
}

TEST_F(BlockInspector, TheSearchSaysWhatWasChosenAndWhatWasGained) {
  const BlockInspection block = two_subsets();
  click(block, search_tab);
  const Rgba8Image shown = draw_panel(block);
  EXPECT_GT(count(shown, colour::good), 300) << "the bars of what was gained";
  EXPECT_GT(count(shown, colour::accent), 100) << "the chosen candidate";
  EXPECT_GT(count(shown, colour::text_faint), 500) << "the others' errors";
  BlockInspection unknown = block;
  unknown.candidates.clear();
  unknown.gains.clear();
  EXPECT_EQ(count(draw_panel(unknown), colour::good), 0);
}

TEST_F(BlockInspector, AFieldLightsWhatItSets) {
  const BlockInspection block = two_subsets();
  click(block, bits_tab);
  const auto bit_at = [&](std::uint32_t bit) {
    mouse(12 + 19 * (float(bit % 16) + 0.5f), 96 + 19 * (float(bit / 16) + 0.5f));
    const Rgba8Image shown = draw_panel(block);
    mouse(-1, -1);
    return shown;
  };
  const Rgba8Image nothing = draw_panel(block);
  const Rgba8Image index = bit_at(block.fields.back().first_bit + 7), endpoint = bit_at(10), mode = bit_at(0);
  const int quiet = count(mode, colour::text);
  EXPECT_GT(count(index, colour::text), quiet + 100) << "a texel in three grids";
  EXPECT_GT(count(endpoint, colour::text), quiet + 60) << "the low end of subset 0";
  EXPECT_NE(nothing.texels, mode.texels);
}

TEST_F(BlockInspector, LinesOfSingleChannelsArePlottedAsWhatTheyAre) {
  const Rgba8Image one = draw_panel(one_channel()), two = draw_panel(two_channels());
  EXPECT_GT(count(one, line_ink(0)), 400) << "two upright ends";
  EXPECT_LT(count(one, line_ink(1), 4), 20);
  EXPECT_GT(count(two, line_ink(0)), 400);
  EXPECT_GT(count(two, line_ink(1)), 400) << "and two that lie";
}

}  // namespace
}  // namespace txs::app
