// The list of all blocks and the legend in a cell, drawn without a window and clicked.
#include <functional>
#include <memory>

#include "display/colour_map.h"
#include "display/view_colour.h"
#include "offscreen.h"
#include "panels/map_panel.h"
#include "synthetic.h"
#include "view/category_legend.h"

namespace txs::app {
namespace {

class Maps : public Offscreen {
 protected:
  void SetUp() override {
    Offscreen::SetUp();
    texture_ = std::make_unique<gpu::Texture>(device(), gpu::Format::r32f, 4, 4, "map");
    for (int i = 0; i < 8; ++i) mode_.categories.push_back("mode " + std::to_string(i));
    for (std::uint32_t i = 0; i < 64; ++i) {
      partition_.categories.push_back("partition " + std::to_string(i));
      partition_.patterns.push_back(0x50505050u + i);
    }
    for (std::uint32_t width = 2; width <= 12; ++width)
      for (std::uint32_t height = 2; height <= 12; ++height)
        grid_.categories.push_back(width * height <= 64 ? std::to_string(width) + "x" + std::to_string(height) : "");
    mode_.texture = partition_.texture = gain_.texture = grid_.texture = texture_.get();
    snapshot_ = training_snapshot();
    snapshot_.a.views = {mode_, partition_, gain_, grid_};
    snapshot_.a.views_drawn = true;
    show("mode", {10, 5000, 0, 2000, 300, 0, 9000, 74});
  }
  void TearDown() override {
    texture_.reset();
    Offscreen::TearDown();
  }

  void show(const char* id, std::vector<std::uint32_t> counts) {
    view_.codec_view = id;
    snapshot_.a.view_counts =
        std::make_shared<const display::ViewCounts>(display::ViewCounts{id, std::move(counts), 0});
  }
  Rgba8Image panel(int width = 340, int height = 500, int frames = 3) {
    return draw(width, height, [&] { draw_map_panel(snapshot_, view_); }, frames);
  }
  void click(const std::function<void()>& content, ImVec2 at, bool too = false) {
    ImGui::GetIO().KeyCtrl = too;
    for (const bool down : {false, true, false}) {
      mouse(at.x, at.y, down);
      draw(340, 500, content, 1);
    }
    ImGui::GetIO().KeyCtrl = false;
    mouse(-1, -1);
  }
  int bar(const Rgba8Image& shown, std::uint32_t category) {
    const auto rgb = display::category_colour(category);
    return count(shown, IM_COL32(rgb[0], rgb[1], rgb[2], 255), 2);
  }

  std::unique_ptr<gpu::Texture> texture_;
  codec::View mode_{.id = "mode", .title = "Mode", .kind = codec::View::Kind::categorical};
  codec::View partition_{.id = "partition", .title = "Partition", .kind = codec::View::Kind::categorical};
  codec::View grid_{.id = "grid", .title = "Weight grid", .kind = codec::View::Kind::categorical, .rows = 11};
  codec::View gain_{.id = "gain", .title = "Gain", .unit = "dB", .maximum = 3};
  session::Snapshot snapshot_;
  ViewState view_;
};

TEST_F(Maps, BarsAreAsLongAsTheirCounts) {
  const Rgba8Image shown = panel();
  EXPECT_LE(content_width(), 340 - 2 * theme::px(12));
  const int most = bar(shown, 6), second = bar(shown, 1), mark = bar(shown, 2);
  EXPECT_GT(most, 400);
  EXPECT_NEAR(double(second - mark) / double(most - mark), 5.0 / 9, 0.08);
  show("mode", {10, 9000, 0, 2000, 300, 0, 4500, 74});
  const Rgba8Image later = panel();
  EXPECT_GT(bar(later, 1), second) << "the bars move with the counts";
  EXPECT_LT(bar(later, 6), most);
}

TEST_F(Maps, ClicksOnTheListFilter) {
  const auto content = [&] { draw_map_panel(snapshot_, view_); };
  panel();
  const float row = theme::px(20), first = 57 + row / 2;
  click(content, {60, first + row});
  EXPECT_EQ(view_.filter.view, "mode");
  EXPECT_EQ(view_.filter.lit, display::Categories(1 << 1));
  click(content, {60, first + 6 * row}, true);
  EXPECT_EQ(view_.filter.lit, display::Categories(1 << 1 | 1 << 6));
  const Rgba8Image filtered = panel();
  EXPECT_GT(bar(filtered, 6), 400);
  EXPECT_LT(bar(filtered, 3), 5) << "what is left out is faint";
  click(content, {60, first + 6 * row});
  click(content, {60, first + 6 * row});
  EXPECT_TRUE(view_.filter.lit.none());
}

TEST_F(Maps, SixtyFourPartitionsAndAScaleFitThePanel) {
  show("partition", std::vector<std::uint32_t>(64, 100));
  EXPECT_GT(bar(panel(), 0), 300);
  EXPECT_LE(content_width(), 340 - 2 * theme::px(12));
  std::vector<std::uint32_t> bins(display::ViewCounts::scalar_bins, 5);
  bins[0] = 900;
  show("gain", bins);
  const auto viridis = display::viridis(0.5f / display::ViewCounts::scalar_bins);
  EXPECT_GT(count(panel(), IM_COL32(viridis[0], viridis[1], viridis[2], 255), 2), 300);
  EXPECT_LE(content_width(), 340 - 2 * theme::px(12));
}

TEST_F(Maps, WithoutCountsTheNamesAreThere) {
  snapshot_.a.view_counts.reset();
  EXPECT_GT(bar(panel(), 6), 50) << "the mark";
}

/// A field of all, and the most frequent below.
TEST_F(Maps, PairsAreSquaresAsLargeAsTheirShares) {
  std::vector<std::uint32_t> counts(121, 0);
  counts[0] = 400;
  counts[3 * 11 + 4] = 100;
  show("grid", counts);
  const auto ink = [&](std::size_t category) {
    const auto rgb = display::category_colour(grid_, category);
    return IM_COL32(rgb[0], rgb[1], rgb[2], 255);
  };
  const Rgba8Image shown = panel();
  EXPECT_LE(content_width(), 340 - 2 * theme::px(12));
  const int most = count(shown, ink(0)), quarter = count(shown, ink(3 * 11 + 4));
  EXPECT_GT(most, 23 * 23) << "the whole square, a mark and a bar";
  EXPECT_GT(quarter, 11 * 11);
  EXPECT_LT(quarter, most * 0.6);
  EXPECT_EQ(count(shown, ink(5 * 11 + 3)), 0) << "that does not occur";
}

TEST_F(Maps, APairInTheLegendIsClicked) {
  show("grid", std::vector<std::uint32_t>(121, 10));
  const auto legend = [&] { draw_categories({0, 0}, {340, 500}, grid_, snapshot_.a.view_counts.get(), view_.filter); };
  draw(340, 500, legend);
  const float side = theme::px(10), top = 500 - theme::px(8) - 11 * side;  // a third of 340 over 11
  click(legend, {theme::px(12) + 3.5f * side, top + 4.5f * side});
  EXPECT_EQ(view_.filter.view, "grid");
  EXPECT_EQ(view_.filter.lit.count(), 1u);
  EXPECT_TRUE(view_.filter.lit[3 * 11 + 4]) << "5x6";
}

TEST_F(Maps, SaysThatThereAreNoValuesYet) {
  const Rgba8Image counting = panel();
  snapshot_.a.views_drawn = false;
  snapshot_.a.view_counts.reset();
  const Rgba8Image none = panel();
  EXPECT_GT(count(none, colour::text_dim, 8), 20);
  EXPECT_LT(bar(none, 6), bar(counting, 6)) << "a mark and no bar";
}

TEST_F(Maps, TheLegendInACellIsClickedAndNamesTheMostFrequent) {
  const auto legend = [&](const codec::View& view) {
    return [this, &view] {
      draw_categories({0, 0}, {340, 500}, view, snapshot_.a.view_counts.get(), view_.filter);
      draw_filter_note({0, 0}, {340, 500}, snapshot_.a.views, view_.filter);
    };
  };
  const Rgba8Image all = draw(340, 500, legend(mode_));
  EXPECT_GT(bar(all, 6), 50);
  click(legend(mode_), {17, 480});
  EXPECT_EQ(view_.filter.view, "mode");
  EXPECT_EQ(view_.filter.lit.count(), 1u);
  EXPECT_GT(count(draw(340, 500, legend(mode_)), colour::accent), 20) << "a note says so";
  click(legend(mode_), {30, 14});
  EXPECT_TRUE(view_.filter.lit.none()) << "and a click on it leads back";

  view_.filter = {};
  const Rgba8Image many = draw(340, 500, legend(partition_));
  EXPECT_GT(bar(many, 1), 30) << "without counts the first ones";
  int highest = 500;
  for (int y = 499; y >= 0; --y)
    if (many.at(100, y)[0] != many.at(100, 0)[0]) highest = y;
  EXPECT_GT(highest, 300) << "it leaves most of the picture free";
}

}  // namespace
}  // namespace txs::app
