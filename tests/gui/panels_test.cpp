// The panels of a training, drawn without a window: what must be seen is there, nothing is wider than its panel.
#include <memory>
#include <optional>

#include "offscreen.h"
#include "panels/panels.h"
#include "plots/curve_legend.h"
#include "plots/heat_strip.h"
#include "synthetic.h"

namespace txs::app {
namespace {

class Panels : public Offscreen {
 protected:
  void expect_fits(int width) const { EXPECT_LE(content_width(), float(width) - 2 * theme::px(12)); }

  Rgba8Image size_panel(const session::Snapshot& snapshot) {
    return draw(288, 280, [&] { draw_size_panel(snapshot); });
  }
  Rgba8Image quality_panel(const session::Snapshot& snapshot, QualityPanelState& state, int width = 880) {
    RunHighlight highlight;
    return draw(width, 208, [&] { draw_quality_panel(snapshot, state, highlight); });
  }
};

TEST_F(Panels, SizeOfANetworkAloneAndBesideItsCodedFile) {
  session::Snapshot snapshot = training_snapshot();
  const Rgba8Image raw = size_panel(snapshot);
  expect_fits(288);
  artifact::CodedResult coded;
  coded.coding = "jpeg 85";
  coded.parts = {{"grid", 301224}, {"decoder", 151136}, {"header", 4096}};
  coded.bytes = 57057;
  coded.figures.psnr_db = 36.10;
  coded.step = 1200;
  snapshot.a.run.coded = coded;
  const Rgba8Image both = size_panel(snapshot);
  expect_fits(288);
  EXPECT_NE(raw.texels, both.texels);
}

TEST_F(Panels, SizeSaysWhatAFileWithLevelsTakes) {
  session::Snapshot snapshot = training_snapshot();
  const auto shown = [&] { return draw(288, 480, [&] { draw_size_panel(snapshot); }); };
  const Rgba8Image without = shown();
  snapshot.a.run.mips = {"", 10, 174928};
  const Rgba8Image with = shown();
  expect_fits(288);
  EXPECT_GT(count(with, colour::text, 8), count(without, colour::text, 8)) << "a line more";
}

TEST_F(Panels, RunsOfSeveralMeasuresSayWhatTheyAreOf) {
  static const codec::CodecKind light = [] {
    codec::CodecKind kind = network_kind();
    kind.hdr = true;
    return kind;
  }();
  session::Snapshot snapshot = training_snapshot();
  snapshot.runs = {training(2, 3000, 0.03)};
  RunHighlight highlight;
  const auto shown = [&] { return draw(560, 208, [&] { draw_runs_panel(snapshot, session(), highlight); }); };
  const Rgba8Image alike = shown();
  snapshot.runs[0].kind = &light;
  EXPECT_NE(shown().texels, alike.texels) << "a column more";
  expect_fits(560);
}

TEST_F(Panels, EveryQuantityHasItsCurves) {
  session::Snapshot snapshot = training_snapshot();
  snapshot.runs = {training(1, 5000, 0.08), training(2, 3000, 0.03), training(3, 400, 0.2)};
  QualityPanelState state;
  for (const Quantity quantity : {Quantity::psnr, Quantity::loss, Quantity::learning_rate}) {
    state.quantity = quantity;
    const Rgba8Image shown = quality_panel(snapshot, state);
    expect_fits(880);
    EXPECT_GT(count(shown, colour::accent), 100) << "the present run's curve, in both plots";
    EXPECT_GT(count(shown, run_colour(1, Role::before)), 0) << "run 1 in the legend";
  }
}

TEST_F(Panels, ACodecWithoutLossHasNoLossCurve) {
  session::Snapshot snapshot = training_snapshot();
  for (auto& point : snapshot.a.run.history) point.loss.reset(), point.learning_rate.reset();
  snapshot.a.run.health.reset();
  QualityPanelState state;
  EXPECT_GT(count(quality_panel(snapshot, state), colour::accent), 100);
  state.quantity = Quantity::loss;
  EXPECT_LT(count(quality_panel(snapshot, state), colour::accent), 100) << "the tab's underline alone";
}

TEST_F(Panels, HealthIsQuietUntilSomethingIsNoNumber) {
  session::Snapshot snapshot = training_snapshot();
  QualityPanelState state;
  EXPECT_EQ(count(quality_panel(snapshot, state), colour::bad, 30), 0);
  snapshot.a.run.health = codec::Health{12, 3, 1e30, 4e20};
  EXPECT_GT(count(quality_panel(snapshot, state), colour::bad, 30), 20);
}

TEST_F(Panels, QualityIsReadInANarrowWindow) {
  session::Snapshot snapshot = training_snapshot();
  QualityPanelState state;
  EXPECT_GT(count(quality_panel(snapshot, state, 300), colour::accent), 60);
  expect_fits(300);
}

/// The inspector of a texel, with one of its tabs clicked.
class TexelPanel : public Panels {
 protected:
  Rgba8Image inspector(const codec::TexelInspection& texel, std::optional<ImVec2> click = {}) {
    session::Snapshot snapshot = training_snapshot();
    snapshot.a.selected_block = {texel.x, texel.y};
    snapshot.a.inspection = std::make_shared<const codec::Inspection>(texel);
    const auto content = [&] { draw_inspector(snapshot, session(), view_, state_); };
    draw(368, 600, content);
    if (click) {
      mouse(click->x, click->y);
      draw(368, 600, content, 1);
      mouse(click->x, click->y, true);
      draw(368, 600, content, 1);
      mouse(click->x, click->y, false);
      draw(368, 600, content, 1);
      mouse(-1, -1);
    }
    return draw(368, 600, content);
  }
  ViewState view_;
  InspectorState state_;
};

const ImVec2 layers_tab{110, 88};

TEST_F(TexelPanel, FeaturesOfEveryKindOfGrid) {
  for (const auto& [grids, channels] : {std::pair<std::size_t, std::size_t>{1, 32}, {2, 16}, {16, 2}}) {
    const Rgba8Image shown = inspector(texel(grids, channels, 64));
    expect_fits(368);
    EXPECT_GT(count(shown, diverging_colour(1)), 100) << grids << " grids";
    EXPECT_GT(count(shown, diverging_colour(-1)), 100) << grids << " grids";
    EXPECT_GT(count(shown, IM_COL32(181, 92, 40, 255)), 200) << "the original's swatch";
    EXPECT_GT(count(shown, IM_COL32(180, 93, 44, 255)), 200) << "the decoded one's";
  }
}

TEST_F(TexelPanel, LayersOfAnyWidth) {
  const Rgba8Image features = inspector(texel(2, 16, 64));
  for (const std::size_t hidden : {1u, 24u, 64u, 128u}) {
    const Rgba8Image layers = inspector(texel(2, 16, hidden), layers_tab);
    expect_fits(368);
    EXPECT_NE(layers.texels, features.texels);
  }
}

TEST_F(TexelPanel, FitsAtFractionalScales) {
  session::Snapshot snapshot = training_snapshot();
  snapshot.a.selected_block = {203, 77};
  for (const float scale : {0.75f, 1.5f}) {
    rescale(scale);
    for (const auto& made : {texel(1, 32, 128), texel(16, 2, 24)}) {
      snapshot.a.inspection = std::make_shared<const codec::Inspection>(made);
      const int width = int(368 * scale);
      draw(width, int(600 * scale), [&] { draw_inspector(snapshot, session(), view_, state_); });
      expect_fits(width);
    }
    const int column = int(288 * scale);
    draw(column, int(280 * scale), [&] { draw_size_panel(snapshot); });
    expect_fits(column);
  }
}

}  // namespace
}  // namespace txs::app
