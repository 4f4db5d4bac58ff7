#include <gtest/gtest.h>

#include <thread>

#include "core/log.h"

namespace txs {
namespace {

std::uint64_t last_id() {
  const auto messages = messages_since(0);
  return messages.empty() ? 0 : messages.back().id;
}

/// What a call of `say` prints.
std::string printed(Severity severity, const std::string& text) {
  testing::internal::CaptureStderr();
  say(severity, text);
  return testing::internal::GetCapturedStderr();
}

TEST(Log, KeepsMessagesInOrder) {
  set_quiet(true);
  const std::uint64_t before = last_id();
  say(Severity::note, "one");
  say(Severity::note, "two");
  const auto messages = messages_since(before);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].text, "one");
  EXPECT_EQ(messages[0].id, before + 1);
  EXPECT_EQ(messages[1].text, "two");
  EXPECT_EQ(messages[1].id, before + 2);
  EXPECT_LE(messages[0].when, messages[1].when);
  EXPECT_EQ(messages_since(before + 1).size(), 1u);
  EXPECT_TRUE(messages_since(before + 2).empty());
}

TEST(Log, QuietKeepsNotesFromBeingPrintedAlone) {
  set_quiet(false);
  EXPECT_EQ(printed(Severity::note, "hello"), "hello\n");
  set_quiet(true);
  EXPECT_EQ(printed(Severity::note, "hush"), "");
  EXPECT_EQ(printed(Severity::warning, "odd"), "warning: odd\n");
  EXPECT_EQ(printed(Severity::error, "bad"), "error: bad\n");
  const auto messages = messages_since(last_id() - 3);
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_EQ(messages[0].text, "hush");
  EXPECT_EQ(messages[2].severity, Severity::error);
}

TEST(Log, ForgetsAllButTheLastThousand) {
  set_quiet(true);
  for (int i = 0; i < 1500; ++i) say(Severity::note, std::to_string(i));
  const auto messages = messages_since(0);
  ASSERT_EQ(messages.size(), 1000u);
  EXPECT_EQ(messages.front().text, "500");
  EXPECT_EQ(messages.back().text, "1499");
}

TEST(Log, TakesMessagesFromManyThreads) {
  set_quiet(true);
  const std::uint64_t before = last_id();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([] {
      for (int i = 0; i < 100; ++i) say(Severity::note, "x");
    });
  for (std::thread& thread : threads) thread.join();
  const auto messages = messages_since(before);
  ASSERT_EQ(messages.size(), 400u);
  for (std::size_t i = 0; i < messages.size(); ++i) EXPECT_EQ(messages[i].id, before + i + 1);
}

}  // namespace
}  // namespace txs
