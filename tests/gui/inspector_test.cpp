// The inspector of blocks of every kind, drawn without a window: what must be seen is there, nothing is wider than the
// narrowest panel.
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
    made.block_width = made.block_height = 4;
    return made;
  }();
  return kind;
}

class BlockInspector : public Offscreen {
 protected:
  Rgba8Image draw_panel(const BlockInspection& block, int width = narrow, int height = low, int frames = 3) {
    session::Snapshot snapshot = training_snapshot();
    snapshot.a.run.kind = &block_kind();
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
          {"reserved", reserved()}};
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

}  // namespace
}  // namespace txs::app
