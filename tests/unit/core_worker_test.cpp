#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "core/log.h"
#include "core/worker.h"

namespace txs {
namespace {

TEST(Worker, RunsJobsInOrder) {
  std::vector<int> order;
  {
    Worker worker;
    for (int i = 0; i < 100; ++i) worker.run([&order, i] { order.push_back(i); });
    worker.wait_idle();
    EXPECT_TRUE(worker.idle());
  }
  std::vector<int> expected(100);
  std::iota(expected.begin(), expected.end(), 0);
  EXPECT_EQ(order, expected);
}

TEST(Worker, RunsThemOffTheCallersThread) {
  Worker worker;
  std::thread::id where;
  worker.run([&where] { where = std::this_thread::get_id(); });
  worker.wait_idle();
  EXPECT_NE(where, std::this_thread::get_id());
  EXPECT_NE(where, std::thread::id());
}

TEST(Worker, IsBusyWhileAJobRuns) {
  Worker worker;
  EXPECT_TRUE(worker.idle());
  std::promise<void> started, go;
  worker.run([&] {
    started.set_value();
    go.get_future().wait();
  });
  started.get_future().wait();
  EXPECT_FALSE(worker.idle());
  go.set_value();
  worker.wait_idle();
  EXPECT_TRUE(worker.idle());
}

TEST(Worker, ItsEndFinishesWhatWasGiven) {
  int done = 0;
  {
    Worker worker;
    for (int i = 0; i < 20; ++i) worker.run([&done] { ++done; });
  }
  EXPECT_EQ(done, 20);
}

TEST(Worker, SaysAnExceptionAndGoesOn) {
  set_quiet(true);
  say(Severity::note, "before");
  const std::uint64_t before = messages_since(0).back().id;
  bool reached = false;
  testing::internal::CaptureStderr();
  Worker worker;
  worker.run([] { throw std::runtime_error("the disk is full"); });
  worker.run([&reached] { reached = true; });
  worker.wait_idle();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "error: the disk is full\n");
  const auto messages = messages_since(before);
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].severity, Severity::error);
  EXPECT_TRUE(reached);
}

TEST(Worker, DropsWhatAJobCapturedBeforeItIsIdle) {
  Worker worker;
  const auto shared = std::make_shared<int>(1);
  worker.run([shared] {});
  worker.wait_idle();
  EXPECT_EQ(shared.use_count(), 1);
}

}  // namespace
}  // namespace txs
