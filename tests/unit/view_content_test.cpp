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
  EXPECT_EQ(resolve(Cell::reconstruction, view).minus, Cell::original);
  EXPECT_EQ(resolve(Cell::original, view).minus, Cell::reconstruction);
  EXPECT_FALSE(resolve(Cell::error, view).minus);
  EXPECT_FALSE(resolve(Cell::codec_view, view).minus);
  view.compared_with = Cell::reconstruction_b;
  EXPECT_EQ(resolve(Cell::reconstruction, view).minus, Cell::reconstruction_b) << "A and B against each other";
}

TEST(CellContent, ThereIsNoPanelBeforeThereIsAPicture) {
  const session::Snapshot empty;
  for (int i = 0; i < cell_count; ++i) EXPECT_FALSE(cell_panel(Cell(i), {}, empty, {}, {}));
  session::Snapshot loaded;
  loaded.source.emplace();
  EXPECT_TRUE(cell_panel(Cell::original, {}, loaded, {}, {}));
  EXPECT_FALSE(cell_panel(Cell::original, Cell::reconstruction, loaded, {}, {}));
  EXPECT_FALSE(cell_panel(Cell::error, {}, loaded, {}, {}));
  EXPECT_FALSE(cell_notice(Cell::error, loaded).empty());
}

TEST(CellContent, CellsOfBComeAndGoWithIt) {
  session::Snapshot snapshot;
  ViewState view;
  follow_experiments(view, snapshot);
  EXPECT_EQ(view.grid, ViewState().grid);
  snapshot.b.emplace();
  follow_experiments(view, snapshot);
  EXPECT_EQ(view.grid[3], Cell::reconstruction_b);
  EXPECT_EQ(view.compared_with, Cell::reconstruction_b);
  view.grid[2] = Cell::between;
  view.filling = Cell::error_b;
  follow_experiments(view, snapshot);
  EXPECT_EQ(view.grid[2], Cell::between) << "what was chosen stays";
  snapshot.b.reset();
  follow_experiments(view, snapshot);
  EXPECT_EQ(view.grid, ViewState().grid);
  EXPECT_FALSE(view.filling);
  EXPECT_EQ(view.compared_with, Cell::original);
  for (int i = 0; i < cell_count; ++i) {
    const auto cell = Cell(i);
    EXPECT_EQ(available(cell, snapshot), cell != Cell::between && slot_of(cell) == session::Slot::a);
    EXPECT_EQ(of_slot(kind_of(cell), slot_of(cell)), cell);
  }
}

TEST(CellContent, EachExperimentHasItsView) {
  session::Snapshot snapshot;
  snapshot.b.emplace();
  snapshot.b->views.resize(2);
  snapshot.b->views[1].id = "mode";
  ViewState view;
  view.codec_view_b = "mode";
  EXPECT_EQ(shown_view(snapshot, view, session::Slot::a), nullptr);
  EXPECT_EQ(shown_view(snapshot, view, session::Slot::b), &snapshot.b->views[1]);
  EXPECT_EQ(seen_view(snapshot, view, session::Slot::b), "") << "no cell shows it";
  view.grid[0] = Cell::codec_view_b;
  EXPECT_EQ(seen_view(snapshot, view, session::Slot::b), "mode");
}

TEST(CellContent, TheBlockIsThatOfTheCodec) {
  session::Snapshot snapshot;
  EXPECT_EQ(block_size(snapshot.a).width, 0u);
  codec::CodecKind kind;
  snapshot.a.run.kind = &kind;
  EXPECT_EQ(block_size(snapshot.a), codec::BlockSize());
  snapshot.a.run.block = {4, 6};
  EXPECT_EQ(block_size(snapshot.a).width, 4u);
  EXPECT_EQ(block_size(snapshot.a).height, 6u);
}

TEST(CellContent, AViewThatIsGoneGivesTheFirst) {
  session::Snapshot snapshot;
  ViewState view;
  view.codec_view = "latent";
  EXPECT_EQ(shown_view(snapshot, view, session::Slot::a), nullptr);
  snapshot.a.views.resize(2);
  snapshot.a.views[0].id = "mode";
  EXPECT_EQ(shown_view(snapshot, view, session::Slot::a), &snapshot.a.views[0]);
  snapshot.a.views[1].id = "latent";
  EXPECT_EQ(shown_view(snapshot, view, session::Slot::a), &snapshot.a.views[1]);
}

TEST(CellContent, TitlesSayWhatIsNotShownAsStored) {
  session::Snapshot snapshot;
  ViewState view;
  EXPECT_EQ(cell_title({Cell::original, {}, {}}, snapshot, view), "Original");
  view.channels = display::Channels::red;
  view.exposure_stops = -1.5f;
  EXPECT_EQ(cell_title({Cell::original, {}, {}}, snapshot, view), "Original \u00B7 red \u00B7 \u22121.5 EV");
  EXPECT_EQ(cell_title({Cell::error, {}, {}}, snapshot, view), "Error \u00B7 largest of RGBA");
}

TEST(CellContent, TroubleIsSaidWithWhatMayHelp) {
  session::Snapshot snapshot;
  snapshot.a.state = session::State::running;
  snapshot.a.run.progress.step = 100;
  EXPECT_EQ(trouble_notice(snapshot.a), "") << "a codec without health";
  snapshot.a.run.health = codec::Health{0, 0, 3.2, 1e-3};
  EXPECT_EQ(trouble_notice(snapshot.a), "");
  snapshot.a.run.health->largest_gradient = 0;
  EXPECT_EQ(trouble_notice(snapshot.a), "") << "before the first step there is no loss";
  snapshot.a.run.loss = 0.3;
  EXPECT_NE(trouble_notice(snapshot.a).find("gradients are 0"), std::string::npos);
  snapshot.a.state = session::State::done;
  EXPECT_NE(trouble_notice(snapshot.a).find("gradients are 0"), std::string::npos);
  snapshot.a.run.loss = 0;
  EXPECT_EQ(trouble_notice(snapshot.a), "") << "a perfect picture";
  snapshot.a.state = session::State::failed;
  snapshot.a.why = "training diverged at step 12";
  EXPECT_NE(trouble_notice(snapshot.a).find("diverged at step 12"), std::string::npos);
  EXPECT_EQ(cell_notice(Cell::reconstruction, snapshot), trouble_notice(snapshot.a));
}

TEST(CellContent, OnlyAViewThatIsSeenIsKeptUpToDate) {
  session::Snapshot snapshot;
  ViewState view;
  EXPECT_EQ(seen_view(snapshot, view, session::Slot::a), "");
  snapshot.a.views.resize(2);
  snapshot.a.views[0].id = "lo";
  snapshot.a.views[1].id = "hi";
  EXPECT_EQ(seen_view(snapshot, view, session::Slot::a), "lo");
  view.codec_view = "hi";
  EXPECT_EQ(seen_view(snapshot, view, session::Slot::a), "hi");
  view.filling = Cell::reconstruction;
  EXPECT_EQ(seen_view(snapshot, view, session::Slot::a), "");
  view.compare = Compare::split;
  view.compared_with = Cell::codec_view;
  EXPECT_EQ(seen_view(snapshot, view, session::Slot::a), "hi");
  view.compare = Compare::none;
  view.filling = Cell::codec_view;
  EXPECT_EQ(seen_view(snapshot, view, session::Slot::a), "hi");
}

}  // namespace
}  // namespace txs::app
