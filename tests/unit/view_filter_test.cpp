#include <gtest/gtest.h>

#include "view/category_filter.h"
#include "view/category_legend.h"
#include "view/cell_content.h"

namespace txs::app {
namespace {

codec::View map(const char* id, std::size_t categories) {
  codec::View view{.id = id, .title = "Map", .kind = codec::View::Kind::categorical};
  for (std::size_t i = 0; i < categories; ++i) view.categories.push_back("mode " + std::to_string(i));
  // Never looked into here; a filter of a view without a texture filters nothing.
  view.texture = reinterpret_cast<const gpu::Texture*>(&view);
  return view;
}

TEST(CategoryFilter, AClickKeepsOneAlone) {
  const codec::View view = map("mode", 8);
  CategoryFilter filter;
  pick(filter, view, 1, false);
  EXPECT_EQ(filter.view, "mode");
  EXPECT_EQ(filter.lit, display::Categories(1 << 1));
  pick(filter, view, 6, false);
  EXPECT_EQ(filter.lit, display::Categories(1 << 6));
  pick(filter, view, 6, false);
  EXPECT_TRUE(filter.lit.none()) << "the same again: all";
}

TEST(CategoryFilter, MoreJoinAndLeave) {
  const codec::View view = map("mode", 8);
  CategoryFilter filter;
  pick(filter, view, 1, true);
  pick(filter, view, 6, true);
  EXPECT_EQ(filter.lit, display::Categories(1 << 1 | 1 << 6));
  EXPECT_TRUE(shows(filter, view, 6));
  EXPECT_FALSE(shows(filter, view, 2));
  pick(filter, view, 1, true);
  EXPECT_EQ(filter.lit, display::Categories(1 << 6));
  pick(filter, view, 1, true);
  pick(filter, view, 1, false);
  EXPECT_EQ(filter.lit, display::Categories(1 << 1)) << "of several a click keeps one";
  pick(filter, view, 256, false);
  EXPECT_EQ(filter.lit, display::Categories(1 << 1)) << "there is none such";
}

TEST(CategoryFilter, AnotherViewsCategoriesTakeThePlaceOfTheFormerOnes) {
  const codec::View mode = map("mode", 8), partition = map("partition", 64);
  CategoryFilter filter;
  pick(filter, mode, 1, false);
  EXPECT_TRUE(shows(filter, partition, 5)) << "a legend of a view that is not filtered by shows all";
  pick(filter, partition, 1, true);
  EXPECT_EQ(filter.view, "partition");
  EXPECT_EQ(filter.lit, display::Categories(1 << 1));
}

TEST(CategoryFilter, WorksOnlyWhereTheCodecHasTheView) {
  const std::vector<codec::View> views{map("partition", 64), map("mode", 8)};
  CategoryFilter filter;
  EXPECT_EQ(filtered_view(filter, views), nullptr);
  EXPECT_EQ(block_filter(filter, views).map, nullptr);
  pick(filter, views[1], 3, false);
  EXPECT_EQ(filtered_view(filter, views), &views[1]);
  EXPECT_EQ(block_filter(filter, views).map, views[1].texture);
  EXPECT_EQ(block_filter(filter, views).lit, filter.lit);
  EXPECT_EQ(filtered_view(filter, std::span(views).first(1)), nullptr);
  EXPECT_EQ(block_filter(filter, std::span(views).first(1)), display::BlockFilter{});
}

TEST(CategoryFilter, IsOfOneCodecsCategories) {
  const std::vector<codec::View> eight{map("mode", 8)}, three{map("mode", 3)};
  CategoryFilter filter;
  pick(filter, eight[0], 1, false);
  EXPECT_EQ(filtered_view(filter, three), nullptr) << "another codec's modes are others";
  EXPECT_TRUE(shows(filter, three[0], 0));
  pick(filter, three[0], 1, false);
  EXPECT_EQ(filter.lit, display::Categories(1 << 1)) << "chosen, not taken back";
  EXPECT_EQ(filtered_view(filter, three), &three[0]);
}

TEST(CategoryFilter, OneExperimentsMapServesTheOthersPictures) {
  session::Snapshot snapshot;
  snapshot.a.views = {map("mode", 8)};
  snapshot.b.emplace();
  snapshot.b->views = {map("mode", 3)};
  ViewState view;
  EXPECT_TRUE(filtering_views(Cell::reconstruction_b, snapshot, view).empty());
  pick(view.filter, snapshot.a.views[0], 1, false);
  EXPECT_TRUE(filtering_views(Cell::reconstruction, snapshot, view).empty()) << "the map holds nothing yet";
  snapshot.a.views_drawn = snapshot.b->views_drawn = true;
  EXPECT_EQ(filtering_views(Cell::reconstruction, snapshot, view).data(), snapshot.a.views.data());
  EXPECT_EQ(filtering_views(Cell::reconstruction_b, snapshot, view).data(), snapshot.a.views.data());
  EXPECT_EQ(filtering_views(Cell::between, snapshot, view).data(), snapshot.a.views.data());
  snapshot.b->views = {map("mode", 8)};
  EXPECT_EQ(filtering_views(Cell::reconstruction_b, snapshot, view).data(), snapshot.b->views.data()) << "its own first";
}

TEST(CategoryFilter, SaysWhatIsLit) {
  const codec::View view = map("mode", 8);
  CategoryFilter filter;
  pick(filter, view, 1, true);
  EXPECT_EQ(names_of(filter, view), "mode 1");
  pick(filter, view, 6, true);
  EXPECT_EQ(names_of(filter, view), "mode 1, mode 6");
  pick(filter, view, 0, true);
  pick(filter, view, 2, true);
  EXPECT_EQ(names_of(filter, view), "4 of 8 of Map");
}

TEST(CategoryFilter, TheOriginalStaysWhole) {
  ViewState view;
  EXPECT_FALSE(is_filtered(Cell::codec_view, false, view));
  pick(view.filter, map("mode", 8), 1, false);
  EXPECT_TRUE(is_filtered(Cell::codec_view, false, view));
  EXPECT_TRUE(is_filtered(Cell::reconstruction, false, view));
  EXPECT_TRUE(is_filtered(Cell::error, false, view));
  EXPECT_FALSE(is_filtered(Cell::original, false, view));
  view.filters_pictures = false;
  EXPECT_TRUE(is_filtered(Cell::codec_view, false, view));
  EXPECT_FALSE(is_filtered(Cell::reconstruction, false, view));
}

TEST(CategoryLegend, SharesAreOfTheBlocksThatHaveAValue) {
  const display::ViewCounts counts{"mode", {0, 1, 30, 969, 2000}, 7000};
  EXPECT_EQ(share_text(nullptr, 0), "");
  EXPECT_EQ(share_text(&counts, 0), "0");
  EXPECT_EQ(share_text(&counts, 1), "< 0.1 %");
  EXPECT_EQ(share_text(&counts, 2), "1.0 %");
  EXPECT_EQ(share_text(&counts, 3), "32 %");
  EXPECT_EQ(share_text(&counts, 4), "67 %");
  EXPECT_EQ(share_text(&counts, 5), "");
  EXPECT_EQ(counts_of(map("mode", 5), &counts), &counts);
  EXPECT_EQ(counts_of(map("partition", 5), &counts), nullptr);
}

}  // namespace
}  // namespace txs::app
