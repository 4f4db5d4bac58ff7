// The panels with two experiments side by side, drawn without a window.
#include "offscreen.h"
#include "panels/panels.h"
#include "panels/parts.h"
#include "plots/curve_legend.h"
#include "synthetic.h"

namespace txs::app {
namespace {

session::Snapshot two_experiments() {
  session::Snapshot snapshot = training_snapshot();
  snapshot.b.emplace();
  snapshot.b->state = session::State::running;
  snapshot.b->run = training(5, 900, 0.02);
  snapshot.b->run.preset = "tinymlp-tiny";
  snapshot.between.emplace().psnr_db = 31.27;
  return snapshot;
}

class SidePanels : public Offscreen {
 protected:
  Rgba8Image toolbar(const session::Snapshot& snapshot, int width) {
    return draw(width, 40, [&] { draw_toolbar(snapshot, session(), {"a device with a long name", 36}, state_); });
  }
  ToolbarState state_;
};

TEST_F(SidePanels, TheToolbarHoldsBothAtEveryWidth) {
  const session::Snapshot snapshot = two_experiments();
  for (const int width : {1024, 1280, 1440, 1920, 2560}) {
    const Rgba8Image shown = toolbar(snapshot, width);
    EXPECT_LE(content_width(), float(width) - 2 * theme::px(12)) << width;
    EXPECT_GT(count(shown, colour_of(session::Slot::a)), 10) << width << ": A's letter and progress";
    EXPECT_GT(count(shown, colour_of(session::Slot::b)), 10) << width << ": B's letter and progress";
    EXPECT_GT(state_.b_to.x - state_.b_from.x, theme::px(100)) << width << ": B's choice";
    EXPECT_LT(state_.b_to.x, float(width)) << width;
  }
}

TEST_F(SidePanels, WithoutBThereIsItsChoiceAlone) {
  session::Snapshot snapshot = two_experiments();
  snapshot.b.reset();
  const Rgba8Image shown = toolbar(snapshot, 1440);
  EXPECT_EQ(count(shown, colour_of(session::Slot::b)), 0);
  EXPECT_TRUE(state_.over_b({(state_.b_from.x + state_.b_to.x) / 2, (state_.b_from.y + state_.b_to.y) / 2}));
  EXPECT_FALSE(state_.over_b({1, 1}));
}

TEST_F(SidePanels, BothCurvesAreOnThePlotInTheirColours) {
  session::Snapshot snapshot = two_experiments();
  QualityPanelState state;
  RunHighlight highlight;
  const auto shown = [&] { return draw(880, 208, [&] { draw_quality_panel(snapshot, state, highlight); }); };
  const Rgba8Image both = shown();
  EXPECT_GT(count(both, colour::accent), 100);
  EXPECT_GT(count(both, colour::sky_blue), 100);
  snapshot.b.reset();
  EXPECT_EQ(count(shown(), colour::sky_blue), 0);
}

TEST_F(SidePanels, TheRunsAndTheStatusLineTellThemApart) {
  const session::Snapshot snapshot = two_experiments();
  RunHighlight highlight;
  const Rgba8Image runs = draw(560, 208, [&] { draw_runs_panel(snapshot, session(), highlight); });
  EXPECT_GT(count(runs, colour::accent), 60) << "A's chip";
  EXPECT_GT(count(runs, colour::sky_blue), 60) << "B's chip";
  for (const int width : {1024, 1440, 1920}) {
    const Rgba8Image line = draw(width, 28, [&] { draw_status_line(snapshot, ViewState{}); });
    EXPECT_LE(content_width(), float(width) - 2 * theme::px(12));
    EXPECT_GT(count(line, colour::sky_blue, 40), 20) << width << ": B's figures";
  }
}

TEST_F(SidePanels, GroupsOfParametersFold) {
  const session::Snapshot snapshot = two_experiments();
  CodecPanelState state;
  const auto shown = [&] { return draw(288, 420, [&] { draw_codec_panel(snapshot, session(), state); }); };
  const Rgba8Image open = shown();
  EXPECT_LE(content_width(), 288 - 2 * theme::px(12));
  state.folded = {"Grids", "Decoder"};
  const Rgba8Image folded = shown();
  EXPECT_NE(open.texels, folded.texels);
  EXPECT_LT(count(folded, colour::control), count(open, colour::control)) << "their sliders are gone";
}

/// The legend of two curves of which these are the points.
int corner_for(std::vector<ImVec2> points, int corner) {
  ImGui::NewFrame();
  PlotArea area;
  area.from = {0, 0};
  area.to = {400, 200};
  const std::vector<Curve> curves{{1, Role::a, "one run", {}}, {2, Role::b, "another run", {}}};
  draw_curve_legend(*ImGui::GetBackgroundDrawList(), area, curves, points, 0, corner);
  ImGui::EndFrame();
  return corner;
}

TEST_F(SidePanels, TheLegendLeavesTheCurveFree) {
  ImGui::GetIO().DisplaySize = {400, 200};
  std::vector<ImVec2> low, high;
  for (int x = 0; x < 400; x += 4) low.push_back({float(x), 190}), high.push_back({float(x), 10});
  EXPECT_LT(corner_for(low, 3), 2) << "a flat curve at the bottom: the legend is at the top";
  EXPECT_EQ(corner_for(high, 3), 3);
  EXPECT_GE(corner_for(high, 1), 2);
  EXPECT_EQ(corner_for({}, 0), 0) << "it does not move without need";
}

}  // namespace
}  // namespace txs::app
