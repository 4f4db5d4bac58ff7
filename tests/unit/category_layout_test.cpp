#include "view/category_layout.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace txs::app {
namespace {

/// Ten pixels a letter; marks of ten, rows of twenty.
const LegendSizes sizes{10, 20, 4, [](const std::string& text) { return 10 * float(text.size()); }};

codec::View map(std::vector<std::string> names) {
  codec::View view{.id = "map", .kind = codec::View::Kind::categorical};
  view.categories = std::move(names);
  return view;
}

display::ViewCounts counts(std::vector<std::uint32_t> of) { return {"map", std::move(of), 0}; }

std::vector<std::size_t> shown(const LegendPlan& plan) {
  std::vector<std::size_t> categories;
  for (const LegendEntry& entry : plan.entries) categories.push_back(entry.category);
  return categories;
}

using Categories = std::vector<std::size_t>;

TEST(CategoryLayout, RanksWhatOccurs) {
  const codec::View view = map({"a", "b", "", "d", "e"});
  const auto few = counts({5, 0, 7, 9, 5});
  EXPECT_EQ(by_frequency(view, &few), (Categories{3, 0, 4})) << "what has no name cannot occur";
  EXPECT_EQ(by_frequency(view, nullptr), (Categories{0, 1, 3, 4}));
}

TEST(CategoryLayout, AllHaveTheirSharesWhereThereIsRoom) {
  const codec::View view = map({"a", "b", "c"});
  const auto some = counts({1, 0, 2});
  const LegendPlan plan = plan_rows(view, &some, 1000, 2, sizes);
  EXPECT_EQ(shown(plan), (Categories{0, 1, 2}));
  EXPECT_TRUE(plan.with_shares && plan.others.empty());
  EXPECT_EQ(plan.height, 20);
}

TEST(CategoryLayout, GivesUpWhatDoesNotOccurThenSharesThenTheRare) {
  const codec::View view = map({"a", "b", "c", "d", "e", "f", "g"});
  const auto two = counts({0, 8, 0, 0, 3, 0, 0}), all = counts({9, 8, 7, 6, 5, 4, 3});
  // An entry with its share is 107 wide, one without 34.
  EXPECT_EQ(shown(plan_rows(view, &two, 220, 2, sizes)), (Categories{1, 4}));
  const LegendPlan names = plan_rows(view, &all, 220, 2, sizes);
  EXPECT_EQ(shown(names).size(), 7u);
  EXPECT_FALSE(names.with_shares);

  const LegendPlan most = plan_rows(view, &all, 220, 1, sizes);
  EXPECT_EQ(shown(most), (Categories{0})) << "beside what stands for the others";
  EXPECT_EQ(most.others.size(), 6u);
  EXPECT_LE(most.width, 220);
}

TEST(CategoryLayout, TheMostFrequentKeepTheOrderOfTheView) {
  const codec::View view = map({"aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff", "gggg", "hhhh"});
  const auto all = counts({1, 8, 2, 9, 3, 1, 1, 7});
  const LegendPlan plan = plan_rows(view, &all, 460, 2, sizes);
  const Categories categories = shown(plan);
  EXPECT_TRUE(std::ranges::is_sorted(categories));
  for (const std::size_t frequent : {1u, 3u, 7u}) EXPECT_TRUE(std::ranges::count(categories, frequent) == 1) << frequent;
  EXPECT_EQ(categories.size() + plan.others.size(), 8u);
  EXPECT_LE(plan.height, 40);
}

TEST(CategoryLayout, NothingOverlapsOrLeavesTheRoom) {
  std::vector<std::string> names;
  std::vector<std::uint32_t> often;
  for (int i = 0; i < 64; ++i) {
    names.push_back(std::string(std::size_t(1 + i % 7), 'x'));
    often.push_back(std::uint32_t(i * 37 % 64));
  }
  const codec::View view = map(names);
  const auto all = counts(often);
  for (const float room : {200.0f, 333.0f, 900.0f}) {
    for (const LegendPlan& plan : {plan_rows(view, &all, room, 2, sizes), plan_rows(view, nullptr, room, 2, sizes)}) {
      EXPECT_LE(plan.height, 40);
      EXPECT_LE(plan.width, room);
      float x = 0, y = 0;
      for (const LegendEntry& entry : plan.entries) {
        EXPECT_TRUE(entry.y > y || entry.x >= x);
        x = entry.x + entry.width;
        y = entry.y;
      }
      EXPECT_FALSE(plan.others.empty());
      EXPECT_TRUE(plan.others_y > y || plan.others_x >= x);
    }
  }
}

TEST(CategoryLayout, AColumnEndsWithTheOthers) {
  const codec::View view = map({"a", "b", "c", "d"});
  const auto all = counts({1, 4, 3, 2});
  const LegendPlan cut = plan_column(view, &all, 3, sizes);
  EXPECT_EQ(shown(cut), (Categories{1, 2}));
  EXPECT_EQ(cut.others, (Categories{3, 0}));
  EXPECT_EQ(cut.height, 60);
  EXPECT_TRUE(plan_column(view, &all, 4, sizes).others.empty());
  EXPECT_EQ(others_text(1), "1 other");
}

}  // namespace
}  // namespace txs::app
