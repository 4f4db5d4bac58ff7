// The order of the ranked search's work: every stage goes over every block once, in whole workgroups, tile by tile.
#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "codecs/bc7/ranked_plan.h"
#include "shaders/interop/bc7_ranked.h"

namespace txs::bc7 {
namespace {

using Kind = RankedStage::Kind;

RankedSettings small() {
  RankedSettings settings;
  settings.modes = 0b1000010;
  settings.trials = 3;
  settings.refinements = 2;
  return settings;
}

TEST(Bc7RankedPlan, StagesAreFirstBitsRankingTrialsAndRefinements) {
  const auto stages = ranked_stages(small());
  ASSERT_EQ(stages.size(), 1u + 1 + 3 * 2 + 1 + 2 * 2);
  EXPECT_EQ(stages[0].kind, Kind::first);
  EXPECT_EQ(stages[1].kind, Kind::rank);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(stages[2 + i].kind, Kind::trial);
    EXPECT_EQ(stages[2 + i].slot, i / 2);
    EXPECT_EQ(stages[2 + i].mode, i % 2 == 0 ? 1u : 6u);
  }
  EXPECT_EQ(stages[8].kind, Kind::sort);
  EXPECT_EQ(stages[9].kind, Kind::refinement);
}

TEST(Bc7RankedPlan, EveryBlockHasEveryStageOnceAndInOrder) {
  const std::uint32_t blocks = 1000;
  for (const std::uint32_t tile : {128u, 300u, 5000u})
    for (const std::uint64_t work : {std::uint64_t(1), std::uint64_t(2000), std::uint64_t(1) << 30}) {
      RankedSchedule schedule(blocks, tile, ranked_stages(small()));
      std::vector<std::uint32_t> had(blocks, 0);
      codec::Budget budget;
      budget.work = work;
      while (const auto next = schedule.next(budget)) {
        for (std::uint32_t b = next->first; b < next->first + next->count; ++b) {
          ASSERT_EQ(had[b]++, next->stage);
          if (next->stage == 0) continue;
          ASSERT_GE(b, next->tile_first) << "its list is in memory";
          ASSERT_LT(b - next->tile_first, tile);
        }
        EXPECT_LE(next->units, std::max<std::uint64_t>(work, 128 * 64));
      }
      for (const std::uint32_t stages : had) ASSERT_EQ(stages, schedule.stages().size());
      EXPECT_TRUE(schedule.progress().done);
      EXPECT_EQ(schedule.progress().step, schedule.progress().planned_steps);
      EXPECT_DOUBLE_EQ(schedule.progress().fraction, 1);
    }
}

TEST(Bc7RankedPlan, SaysWhichStagesABlockHasHad) {
  RankedSchedule schedule(1000, 300, ranked_stages(small()));
  std::vector<std::uint32_t> had(1000, 0);
  codec::Budget budget;
  budget.work = 3000;
  EXPECT_FALSE(schedule.progress().whole);
  while (const auto next = schedule.next(budget)) {
    for (std::uint32_t b = next->first; b < next->first + next->count; ++b) ++had[b];
    if (!schedule.progress().whole) continue;
    for (const std::uint32_t b : {0u, 299u, 300u, 650u, 999u}) ASSERT_EQ(schedule.stages_of(b), had[b]) << b;
  }
}

TEST(Bc7RankedPlan, StopsWhereItIsToldAndGoesOn) {
  RankedSchedule schedule(100, 1000, ranked_stages(small()));
  codec::Budget budget;
  budget.work = 1 << 20;
  budget.stop_at_step = 4;
  while (schedule.next(budget)) continue;
  EXPECT_EQ(schedule.progress().step, 4u);
  EXPECT_FALSE(schedule.progress().done);
  budget.stop_at_step = UINT64_MAX;
  EXPECT_EQ(schedule.next(budget)->stage, 5u);
}

}  // namespace
}  // namespace txs::bc7
