#include <gtest/gtest.h>

#include "view/cell_content.h"

namespace txs::app {
namespace {

TEST(CellContent, SplitLaysTheChosenCellToTheLeft) {
  ViewState view;
  view.compare = Compare::split;
  EXPECT_EQ(resolve(Cell::reconstruction, view).left, Cell::original);
  view.compared_with = Cell::error;
  EXPECT_EQ(resolve(Cell::reconstruction, view).left, Cell::error);
}

TEST(CellContent, NothingIsComparedWithItself) {
  ViewState view;
  view.compare = Compare::split;
  for (int a = 0; a < cell_count; ++a) {
    for (int b = 0; b < cell_count; ++b) {
      view.compared_with = Cell(b);
      const Shown shown = resolve(Cell(a), view);
      ASSERT_TRUE(shown.left);
      EXPECT_NE(*shown.left, shown.cell);
    }
  }
}

TEST(CellContent, BlinkShowsTheOtherOnlyWhileHeld) {
  ViewState view;
  EXPECT_EQ(resolve(Cell::reconstruction, view).cell, Cell::reconstruction);
  view.blink_held = true;
  EXPECT_EQ(resolve(Cell::reconstruction, view).cell, Cell::original);
  EXPECT_EQ(resolve(Cell::original, view).cell, Cell::reconstruction);
}

TEST(CellContent, DifferenceIsOfPicturesOnly) {
  ViewState view;
  view.compare = Compare::difference;
  EXPECT_TRUE(resolve(Cell::reconstruction, view).difference);
  EXPECT_TRUE(resolve(Cell::original, view).difference);
  EXPECT_FALSE(resolve(Cell::error, view).difference);
  EXPECT_FALSE(resolve(Cell::codec_view, view).difference);
}

TEST(CellContent, ThereIsNoPanelBeforeThereIsAPicture) {
  const session::Snapshot empty;
  for (int i = 0; i < cell_count; ++i) EXPECT_FALSE(cell_panel(Cell(i), false, empty, {}, {}));
  session::Snapshot loaded;
  loaded.source.emplace();
  EXPECT_TRUE(cell_panel(Cell::original, false, loaded, {}, {}));
  EXPECT_FALSE(cell_panel(Cell::original, true, loaded, {}, {}));
  EXPECT_FALSE(cell_panel(Cell::error, false, loaded, {}, {}));
  EXPECT_FALSE(cell_notice(Cell::error, loaded).empty());
}

TEST(CellContent, TheBlockIsThatOfTheCodec) {
  session::Snapshot snapshot;
  EXPECT_EQ(block_size(snapshot).width, 0u);
  codec::CodecKind kind;
  kind.block_width = 4;
  kind.block_height = 6;
  snapshot.a.run.kind = &kind;
  EXPECT_EQ(block_size(snapshot).width, 4u);
  EXPECT_EQ(block_size(snapshot).height, 6u);
}

TEST(CellContent, AViewThatIsGoneGivesTheFirst) {
  session::Snapshot snapshot;
  ViewState view;
  view.codec_view = "latent";
  EXPECT_EQ(shown_view(snapshot, view), nullptr);
  snapshot.a.views.resize(2);
  snapshot.a.views[0].id = "mode";
  EXPECT_EQ(shown_view(snapshot, view), &snapshot.a.views[0]);
  snapshot.a.views[1].id = "latent";
  EXPECT_EQ(shown_view(snapshot, view), &snapshot.a.views[1]);
}

TEST(CellContent, TitlesSayWhatIsNotShownAsStored) {
  session::Snapshot snapshot;
  ViewState view;
  EXPECT_EQ(cell_title({Cell::original, {}, false}, snapshot, view), "Original");
  view.channels = display::Channels::red;
  view.exposure_stops = -1.5f;
  EXPECT_EQ(cell_title({Cell::original, {}, false}, snapshot, view), "Original \u00B7 red \u00B7 \u22121.5 EV");
  EXPECT_EQ(cell_title({Cell::error, {}, false}, snapshot, view), "Error \u00B7 largest of RGBA");
}

TEST(CellContent, TroubleIsSaidWithWhatMayHelp) {
  session::Snapshot snapshot;
  snapshot.a.state = session::State::running;
  snapshot.a.run.progress.step = 100;
  EXPECT_EQ(trouble_notice(snapshot), "") << "a codec without health";
  snapshot.a.run.health = codec::Health{0, 0, 3.2, 1e-3};
  EXPECT_EQ(trouble_notice(snapshot), "");
  snapshot.a.run.health->largest_gradient = 0;
  EXPECT_EQ(trouble_notice(snapshot), "") << "before the first step there is no loss";
  snapshot.a.run.loss = 0.3;
  EXPECT_NE(trouble_notice(snapshot).find("gradients are 0"), std::string::npos);
  snapshot.a.state = session::State::done;
  EXPECT_NE(trouble_notice(snapshot).find("gradients are 0"), std::string::npos);
  snapshot.a.run.loss = 0;
  EXPECT_EQ(trouble_notice(snapshot), "") << "a perfect picture";
  snapshot.a.state = session::State::failed;
  snapshot.a.why = "training diverged at step 12";
  EXPECT_NE(trouble_notice(snapshot).find("diverged at step 12"), std::string::npos);
  EXPECT_EQ(cell_notice(Cell::reconstruction, snapshot), trouble_notice(snapshot));
}

TEST(CellContent, OnlyAViewThatIsSeenIsKeptUpToDate) {
  session::Snapshot snapshot;
  ViewState view;
  EXPECT_EQ(seen_view(snapshot, view), "");
  snapshot.a.views.resize(2);
  snapshot.a.views[0].id = "lo";
  snapshot.a.views[1].id = "hi";
  EXPECT_EQ(seen_view(snapshot, view), "lo");
  view.codec_view = "hi";
  EXPECT_EQ(seen_view(snapshot, view), "hi");
  view.filling = Cell::reconstruction;
  EXPECT_EQ(seen_view(snapshot, view), "");
  view.compare = Compare::split;
  view.compared_with = Cell::codec_view;
  EXPECT_EQ(seen_view(snapshot, view), "hi");
  view.compare = Compare::none;
  view.filling = Cell::codec_view;
  EXPECT_EQ(seen_view(snapshot, view), "hi");
}

}  // namespace
}  // namespace txs::app
