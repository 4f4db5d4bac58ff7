#include "block/staged_schedule.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace txs::block {
namespace {

constexpr std::uint64_t forever = UINT64_MAX;

std::vector<StageWork> all_work(StagedSchedule& schedule, const codec::Budget& budget) {
  std::vector<StageWork> all;
  while (const auto work = schedule.next(budget)) all.push_back(*work);
  return all;
}

codec::Budget budget_of(std::uint64_t work, std::uint64_t stop_at_step = forever) {
  return {work, codec::Budget::Pace::watch, stop_at_step};
}

TEST(StagedSchedule, EveryStageComesOnceOverEveryBlockInOrder) {
  for (const std::uint64_t budget : {1ull, 700ull, 1ull << 40}) {
    StagedSchedule schedule(1000, {{1, 64}, {3, 64}, {10, 32}});
    std::uint32_t stage = 0, next = 0;
    for (const StageWork& work : all_work(schedule, budget_of(budget))) {
      if (next == 1000) {
        ++stage;
        next = 0;
      }
      EXPECT_EQ(work.stage, stage);
      EXPECT_EQ(work.first, next);
      EXPECT_GT(work.count, 0u);
      next += work.count;
    }
    EXPECT_EQ(stage, 2u);
    EXPECT_EQ(next, 1000u);
    EXPECT_TRUE(schedule.progress().done);
    EXPECT_EQ(schedule.progress().fraction, 1);
  }
}

TEST(StagedSchedule, SaysWhatIsInWork) {
  StagedSchedule schedule(64, {{1, 64}, {1, 64}, {1, 64}, {1, 64}}, {"first bits", "trying", "trying", "refining"});
  std::vector<std::string> said;
  do {
    const codec::Progress now = schedule.progress();
    said.push_back(std::string(now.doing) + " " + std::to_string(now.part) + "/" + std::to_string(now.parts));
  } while (schedule.next(budget_of(1)));
  EXPECT_EQ(said, (std::vector<std::string>{"first bits 1/1", "trying 1/2", "trying 2/2", "refining 1/1", " 0/0"}))
      << "nothing when all is done";
  EXPECT_TRUE(StagedSchedule(64, {{1, 64}}).progress().doing.empty()) << "stages need no titles";
}

TEST(StagedSchedule, KeepsToTheBudgetInWholeGroups) {
  StagedSchedule schedule(1000, {{2, 64}});
  const auto work = schedule.next(budget_of(300));
  ASSERT_TRUE(work);
  EXPECT_EQ(work->count, 128u);  // 150 blocks are affordable
  EXPECT_EQ(work->units, 256u);
  EXPECT_EQ(schedule.next(budget_of(0))->count, 64u);  // at least a group
}

TEST(StagedSchedule, NoDispatchIsLongEnoughForAWatchdog) {
  StagedSchedule schedule(1u << 22, {{1, 64}, {100, 64}});
  for (const StageWork& work : all_work(schedule, budget_of(forever))) EXPECT_LE(work.units, 1u << 22);
}

TEST(StagedSchedule, StopsAtAStepAndGoesOn) {
  StagedSchedule schedule(100, {{1, 64}, {1, 64}, {1, 64}});
  all_work(schedule, budget_of(1000, 0));
  EXPECT_TRUE(schedule.progress().whole);
  EXPECT_EQ(schedule.progress().step, 0u);
  EXPECT_FALSE(schedule.progress().done);
  all_work(schedule, budget_of(1000, 1));
  EXPECT_EQ(schedule.progress().step, 1u);
  all_work(schedule, budget_of(1000));
  EXPECT_EQ(schedule.progress().step, 2u);
  EXPECT_EQ(schedule.progress().planned_steps, 2u);
  EXPECT_TRUE(schedule.progress().done);
}

TEST(StagedSchedule, IsNotWholeBeforeStageZeroHasEnded) {
  StagedSchedule schedule(100, {{1, 64}, {1, 64}});
  schedule.next(budget_of(64));
  EXPECT_FALSE(schedule.progress().whole);
  schedule.next(budget_of(64));
  EXPECT_TRUE(schedule.progress().whole);
}

}  // namespace
}  // namespace txs::block
