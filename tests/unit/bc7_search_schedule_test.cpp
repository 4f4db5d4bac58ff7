// The order of the search's work: nothing left out, nothing beyond what was asked.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "codecs/bc7/schedule.h"

namespace txs::bc7 {
namespace {

using Pace = codec::Budget::Pace;
using Phase = Work::Phase;

/// Does what the schedule says, and counts.
struct Blocks {
  explicit Blocks(std::uint32_t count) : started(count), iterations(count), finished(count) {}

  void take(const Work& work) {
    ASSERT_GT(work.count, 0u);
    ASSERT_LE(std::size_t(work.first) + work.count, started.size());
    for (std::uint32_t b = work.first; b < work.first + work.count; ++b) switch (work.phase) {
        case Phase::start: ++started[b]; break;
        case Phase::rush:
        case Phase::step:
          ASSERT_EQ(started[b], 1);
          if (work.phase == Phase::rush || work.from_iteration == 0) iterations[b] = 0;
          ASSERT_EQ(iterations[b], work.from_iteration) << "block " << b;
          if (work.phase == Phase::step && work.from_iteration > 0) {
            ASSERT_EQ(state_of_tile, work.tile_first) << "the state is another tile's";
          }
          iterations[b] = work.to_iteration;
          break;
        case Phase::finish:
          ++finished[b];
          iterations_at_finish = std::max(iterations_at_finish, iterations[b]);
          break;
      }
    if (work.phase == Phase::step) state_of_tile = work.tile_first;
    if (work.phase == Phase::rush) state_of_tile = UINT32_MAX;
  }

  std::vector<int> started;
  std::vector<std::uint32_t> iterations;
  std::vector<int> finished;
  std::uint32_t state_of_tile = UINT32_MAX;
  std::uint32_t iterations_at_finish = 0;
};

void run(Schedule& schedule, Blocks& blocks, codec::Budget budget) {
  std::uint64_t advances = 0;
  double fraction = 0;
  while (const auto work = schedule.next(budget)) {
    blocks.take(*work);
    if (::testing::Test::HasFatalFailure()) return;
    ASSERT_LT(++advances, 1000000u) << "it never ends";
    const codec::Progress progress = schedule.progress();
    EXPECT_GE(progress.fraction, fraction);
    EXPECT_LE(progress.fraction, 1);
    fraction = progress.fraction;
  }
}

void expect_whole(const Blocks& blocks, std::uint32_t iterations, int finished) {
  EXPECT_TRUE(std::ranges::all_of(blocks.started, [](int n) { return n == 1; }));
  EXPECT_TRUE(std::ranges::all_of(blocks.iterations, [&](std::uint32_t n) { return n == iterations; }));
  EXPECT_TRUE(std::ranges::all_of(blocks.finished, [&](int n) { return n == finished; }));
}

TEST(Bc7Schedule, DoesEverythingOnceAtEveryPaceAndBudget) {
  for (const Pace pace : {Pace::watch, Pace::rush})
    for (const std::uint64_t work : {std::uint64_t(1), std::uint64_t(700), std::uint64_t(100000), UINT64_MAX / 2})
      for (const std::uint32_t count : {1u, 63u, 64u, 1000u})
        for (const std::uint32_t tile : {64u, 300u, 4096u}) {
          Settings settings;
          settings.iterations_per_frame = 5;
          Schedule schedule(count, tile, settings);
          Blocks blocks(count);
          EXPECT_FALSE(schedule.progress().done);
          run(schedule, blocks, {work, pace});
          expect_whole(blocks, 64, 1);
          const codec::Progress progress = schedule.progress();
          EXPECT_TRUE(progress.done);
          EXPECT_EQ(progress.step, 64u);
          EXPECT_EQ(progress.planned_steps, 64u);
          EXPECT_EQ(progress.fraction, 1);
        }
}

TEST(Bc7Schedule, TheFirstBitsOfAllBlocksComeFirst) {
  Schedule schedule(1000, 64, {});
  std::uint32_t started = 0;
  while (started < 1000) {
    const auto work = schedule.next({256, Pace::watch});
    ASSERT_TRUE(work && work->phase == Phase::start);
    started += work->count;
  }
  EXPECT_EQ(schedule.progress().step, 0u);
}

TEST(Bc7Schedule, StaysNearItsBudget) {
  Settings settings;
  settings.iterations_per_frame = 4;
  Schedule schedule(100000, 1 << 18, settings);
  while (const auto work = schedule.next({20000, Pace::watch})) EXPECT_LE(work->units, 20000u);
}

TEST(Bc7Schedule, WatchesAsManyIterationsAFrameAsAskedFor) {
  Settings settings;
  settings.iterations_per_frame = 3;
  Schedule schedule(64, 64, settings);
  (void)schedule.next({UINT64_MAX / 2, Pace::watch});
  for (std::uint32_t step = 3; step <= 63; step += 3) {
    (void)schedule.next({UINT64_MAX / 2, Pace::watch});
    EXPECT_EQ(schedule.progress().step, step);
  }
}

TEST(Bc7Schedule, WithoutASearchThereIsStartAndFinish) {
  Settings settings;
  settings.nelder_mead = false;
  Schedule schedule(1000, 64, settings);
  Blocks blocks(1000);
  run(schedule, blocks, {5000, Pace::watch});
  expect_whole(blocks, 0, 1);
  EXPECT_TRUE(schedule.progress().done);

  settings.refit = Refit::off;
  Schedule rounded(1000, 64, settings);
  Blocks others(1000);
  run(rounded, others, {5000, Pace::watch});
  expect_whole(others, 0, 0);
  EXPECT_TRUE(rounded.progress().done);
}

TEST(Bc7Schedule, StopsAtTheStepAskedForAndGoesOnFromThere) {
  for (const Pace pace : {Pace::watch, Pace::rush})
    for (const std::uint32_t tile : {64u, 1024u}) {
      Schedule schedule(500, tile, {});
      Blocks blocks(500);
      codec::Budget budget{900, pace, 10};
      run(schedule, blocks, budget);
      expect_whole(blocks, 10, 0);
      EXPECT_EQ(schedule.progress().step, 10u);
      EXPECT_FALSE(schedule.progress().done);
      budget.stop_at_step = UINT64_MAX;
      run(schedule, blocks, budget);
      expect_whole(blocks, 64, 1);
      EXPECT_TRUE(schedule.progress().done);
    }
}

TEST(Bc7Schedule, RaisingTheIterationsGoesOnAndLoweringThemStops) {
  for (const Pace pace : {Pace::watch, Pace::rush})
    for (const std::uint32_t tile : {64u, 1024u}) {
      Settings settings;
      Schedule schedule(500, tile, settings);
      Blocks blocks(500);
      run(schedule, blocks, {900, pace});
      settings.max_iterations = 100;
      schedule.set_live(settings);
      EXPECT_FALSE(schedule.progress().done);
      run(schedule, blocks, {900, pace});
      expect_whole(blocks, 100, 2);
      EXPECT_EQ(blocks.iterations_at_finish, 100u);

      settings.max_iterations = 20;
      schedule.set_live(settings);
      run(schedule, blocks, {900, pace});
      EXPECT_TRUE(schedule.progress().done);
      expect_whole(blocks, 100, 2);
    }
}

TEST(Bc7Schedule, LoweredInTheMidstItStopsWhereItIs) {
  Settings settings;
  Schedule schedule(64, 64, settings);
  Blocks blocks(64);
  for (int i = 0; i < 31; ++i) blocks.take(*schedule.next({UINT64_MAX / 2, Pace::watch}));
  settings.max_iterations = 12;
  schedule.set_live(settings);
  run(schedule, blocks, {UINT64_MAX / 2, Pace::watch});
  expect_whole(blocks, 30, 1);
  EXPECT_TRUE(schedule.progress().done);
  settings.max_iterations = 40;
  schedule.set_live(settings);
  run(schedule, blocks, {UINT64_MAX / 2, Pace::watch});
  expect_whole(blocks, 40, 2);
}

}  // namespace
}  // namespace txs::bc7
