#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "gpu_test.h"
#include "session/session.h"

namespace txs::session {

/// Sessions driven frame by frame, and a folder of the test's own for what they keep.
class SessionTest : public GpuTest {
 protected:
  void SetUp() override {
    GpuTest::SetUp();
    folder_ = std::filesystem::temp_directory_path() / ("session_test_" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override {
    std::filesystem::remove_all(folder_);
    GpuTest::TearDown();
  }

  /// Frames until `condition`, or a failure after a minute.
  template <typename Condition>
  static void run_until(Session& session, Condition condition, const Session::Frame& frame = {}) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!condition(session.snapshot())) {
      ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "in state " << state_name(session.snapshot().state());
      session.update(frame);
      session.wait_for_gpu();
      if (session.snapshot().state() != State::running) std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  }
  static void finish(Session& session) {
    session.update({});  // the snapshot is of the last update: it does not know yet what was asked since
    run_until(session, [](const Snapshot& now) { return now.state() == State::done; });
  }
  static void open(Session& session, const std::filesystem::path& path) {
    session.open({path});
    run_until(session, [&](const Snapshot&) { return !session.loading(); });
  }
  /// What went wrong, or empty: of session.save_artifact and its like, once it has answered.
  template <typename Save>
  static std::string answer_of(Session& session, Save save) {
    std::optional<std::string> problem;
    save([&](const std::string& text) { problem = text; });
    run_until(session, [&](const Snapshot&) { return problem.has_value(); });
    return problem.value_or("no answer");
  }
  static void save(Session& session, const std::filesystem::path& path) {
    ASSERT_EQ(answer_of(session, [&](auto done) { session.save_artifact(path, done); }), "");
  }
  std::filesystem::path in_folder(const char* name) const { return folder_ / name; }

 private:
  std::filesystem::path folder_;
};

}  // namespace txs::session
