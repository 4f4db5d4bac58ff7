// Two experiments side by side on one source.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "artifact/container.h"
#include "core/error.h"
#include "image/load.h"
#include "metrics/metrics.h"
#include "session_fake.h"
#include "session_fixture.h"

namespace txs::session {
namespace {
namespace fs = std::filesystem;

const fs::path odd = fs::path(TEXELSCOPE_ASSETS) / "samples" / "odd.png";
const fs::path leaf = fs::path(TEXELSCOPE_ASSETS) / "samples" / "leaf.png";

class SidesTest : public SessionTest {
 protected:
  void SetUp() override {
    SessionTest::SetUp();
    fake_calls() = {};
  }
  static double psnr(const ExperimentSnapshot& experiment) { return experiment.run.figures.value().psnr_db; }
  static bool compared(const Snapshot& now) { return now.state() == State::done && now.between.has_value(); }
  std::vector<std::byte> picture_of(const ExperimentSnapshot& experiment) {
    return device().download(*experiment.reconstruction);
  }
};

TEST_F(SidesTest, BothAdvanceInEachFrame) {
  Session session(device());
  session.set_codec("fake");
  session.set_b_preset("fake");
  open(session, odd);
  ASSERT_TRUE(session.snapshot().b);
  run_until(session, [&](const Snapshot& now) { return now.a.run.progress.step >= 10; });
  const Snapshot& now = session.snapshot();
  EXPECT_GE(now.b->run.progress.step, 5u) << "neither has the device for itself";
  finish(session);
  EXPECT_EQ(now.a.run.progress.step, 20u);
  EXPECT_EQ(now.b->run.progress.step, 20u);
}

TEST_F(SidesTest, EachComesToWhatItComesToAlone) {
  const auto alone = [&](const char* codec) {
    Session session(device());
    session.set_codec(codec);
    open(session, odd);
    finish(session);
    return picture_of(session.snapshot().a);
  };
  Session session(device());
  session.set_codec("fake");
  open(session, odd);
  session.set_b_codec("bc7");
  run_until(session, compared);
  const Snapshot& now = session.snapshot();
  EXPECT_EQ(picture_of(now.a), alone("fake"));
  EXPECT_EQ(picture_of(*now.b), alone("bc7"));
}

TEST_F(SidesTest, MeasuresTheTwoPicturesAgainstEachOther) {
  Session session(device());
  session.set_codec("bc7");
  session.set_b_codec("bc7");
  open(session, odd);
  run_until(session, compared);
  const Snapshot& now = session.snapshot();
  EXPECT_TRUE(std::isinf(now.between->psnr_db)) << "the same bits";

  session.focus(Slot::b);
  session.set_codec("fake");
  run_until(session, [&](const Snapshot& then) { return compared(then) && !std::isinf(then.between->psnr_db); });
  const metrics::Figures expected = metrics::compare(*now.a.reconstruction_pixels, *now.b->reconstruction_pixels, false);
  EXPECT_EQ(now.between->psnr_db, expected.psnr_db);
  EXPECT_EQ(now.between->max_error, expected.max_error);
}

TEST_F(SidesTest, CommandsActOnTheFocusedOne) {
  Session session(device());
  EXPECT_THROW(session.focus(Slot::b), Error) << "there is no B";
  EXPECT_THROW(session.swap(), Error);
  session.set_codec("fake");
  open(session, odd);
  session.set_b_preset("fake");
  session.focus(Slot::b);
  session.set_parameter("steps", 7);
  session.set_parameter("hidden", 5);
  finish(session);
  const Snapshot& now = session.snapshot();
  EXPECT_EQ(now.a.run.progress.step, 20u);
  EXPECT_EQ(now.b->run.progress.step, 7u);
  EXPECT_EQ(now.a.run.parameters.integer("hidden"), 3);
  EXPECT_EQ(now.b->run.parameters.integer("hidden"), 5);
  save(session, in_folder("b.txs"));
  EXPECT_EQ(codec::provenance(artifact::load_container(in_folder("b.txs"))).steps, 7u) << "what is kept is the focused one's";

  const std::uint64_t of_a = now.a.run.id;
  session.restart();
  finish(session);
  EXPECT_EQ(now.a.run.id, of_a);
  EXPECT_NE(now.b->run.id, of_a);
  EXPECT_FALSE(now.runs.empty()) << "the run of B before the restart";
}

TEST_F(SidesTest, AReportHoldsBothAndASheetShowsBoth) {
  Session session(device());
  session.set_codec("fake");
  session.set_b_codec("bc7");
  open(session, odd);
  run_until(session, compared);
  const Snapshot& now = session.snapshot();
  const auto report_of = [&](Slot slot) {
    session.focus(slot);
    EXPECT_EQ(answer_of(session, [&](auto done) { session.save_report(in_folder("both.json"), done); }), "");
    return nlohmann::json::parse(std::ifstream(in_folder("both.json")));
  };
  const nlohmann::json of_a = report_of(Slot::a), of_b = report_of(Slot::b);
  EXPECT_EQ(of_a["codec"], "fake");
  EXPECT_EQ(of_a["other"]["codec"], "bc7");
  EXPECT_EQ(of_a["other"]["psnr_db"], psnr(*now.b));
  EXPECT_EQ(of_a["between"]["psnr_db"], now.between->psnr_db);
  EXPECT_EQ(of_b["codec"], "bc7");
  EXPECT_EQ(of_b["other"]["psnr_db"], psnr(now.a));

  const auto sheet = [&](const char* name) {
    EXPECT_EQ(answer_of(session, [&](auto done) { session.save_sheet(in_folder(name), {}, done); }), "");
    return load_image(in_folder(name));
  };
  const Image both = sheet("both.png");
  session.remove_b();
  session.update({});
  EXPECT_GT(both.width, sheet("one.png").width) << "two panels more";
}

TEST_F(SidesTest, PausingAndSteppingAreOfBoth) {
  Session session(device());
  session.set_codec("fake");
  session.set_b_preset("fake");
  open(session, odd);
  run_until(session, [](const Snapshot& now) { return now.a.run.figures && now.b->run.figures; });
  session.pause();
  run_until(session, [](const Snapshot& now) { return now.a.state == State::paused && now.b->state == State::paused; });
  const std::uint64_t a = session.snapshot().a.run.progress.step, b = session.snapshot().b->run.progress.step;
  session.step();
  for (int i = 0; i < 20; ++i) session.update({}), session.wait_for_gpu();
  EXPECT_EQ(session.snapshot().a.run.progress.step, a + 1);
  EXPECT_EQ(session.snapshot().b->run.progress.step, b + 1);
}

TEST_F(SidesTest, AFilesBitsAreBOverTheSameSource) {
  Session session(device());
  session.set_codec("bc7");
  open(session, odd);
  finish(session);
  const double encoded = psnr(session.snapshot().a);
  save(session, in_folder("kept.dds"));
  session.set_codec("fake");
  session.open_as_b(in_folder("kept.dds"));
  run_until(session, [&](const Snapshot& now) { return !session.loading() && compared(now); });
  const Snapshot& now = session.snapshot();
  EXPECT_EQ(now.source->name, "odd.png");
  EXPECT_EQ(now.a.run.kind->id, "fake");
  EXPECT_EQ(now.b->run.kind->id, "bc7");
  EXPECT_EQ(now.b->run.artifact_name, "kept.dds");
  EXPECT_EQ(psnr(*now.b), encoded);
}

TEST_F(SidesTest, WhatCannotBeBIsSaidAndChangesNothing) {
  Session session(device());
  session.open_as_b(odd);
  EXPECT_NE(session.load_problem().find("source"), std::string::npos);
  session.set_codec("fake");
  open(session, leaf);
  finish(session);
  save(session, in_folder("leaf.txs"));
  open(session, odd);
  const auto refused = [&](const fs::path& path) {
    session.open_as_b(path);
    run_until(session, [&](const Snapshot&) { return !session.loading(); });
    EXPECT_FALSE(session.snapshot().b);
    return session.load_problem();
  };
  EXPECT_NE(refused(in_folder("leaf.txs")).find("201"), std::string::npos) << "both sizes are named";
  EXPECT_NE(refused(leaf).find("image"), std::string::npos);
  EXPECT_EQ(session.snapshot().source->name, "odd.png");
}

TEST_F(SidesTest, SwappingExchangesTheTwo) {
  Session session(device());
  session.set_codec("fake");
  session.set_b_codec("bc7");
  open(session, odd);
  run_until(session, compared);
  const Snapshot& now = session.snapshot();
  const std::uint64_t a = now.a.run.id, b = now.b->run.id;
  const double between = now.between->psnr_db;
  session.swap();
  session.update({});
  run_until(session, compared);
  EXPECT_EQ(now.a.run.id, b);
  EXPECT_EQ(now.b->run.id, a);
  EXPECT_EQ(now.between->psnr_db, between);
}

TEST_F(SidesTest, RemovingBGivesItsMemoryBack) {
  Session session(device());
  session.set_codec("fake");
  open(session, leaf);
  finish(session);
  // What is freed waits for the submission after it.
  const auto bytes_at_rest = [&] {
    for (int i = 0; i < 3; ++i) {
      session.update({});
      device().wait(device().submit(gpu::Recorder(device())));
    }
    return device().allocated_bytes();
  };
  const auto with_b = [&] {
    session.set_b_preset("fake");
    run_until(session, compared);
    return bytes_at_rest();
  };
  with_b();  // some tables stay with the device
  session.remove_b();
  const std::uint64_t without = bytes_at_rest();
  const std::uint64_t pictures = 256 * 256 * 4 * 2;  // the reconstruction and its spare
  EXPECT_GE(with_b(), without + pictures);

  session.focus(Slot::b);
  session.remove_b();
  EXPECT_EQ(session.snapshot().focus, Slot::a);
  ASSERT_TRUE(session.snapshot().b) << "what is being drawn stays until the next update";
  EXPECT_NE(session.snapshot().b->reconstruction, nullptr);
  EXPECT_EQ(bytes_at_rest(), without);
  EXPECT_FALSE(session.snapshot().b);
  EXPECT_EQ(session.snapshot().runs.size(), 2u) << "its runs stay";
}

TEST_F(SidesTest, TheSelectionIsOnePlaceForBoth) {
  Session session(device());
  session.set_codec("fake");
  session.set_b_codec("bc7");
  open(session, odd);
  run_until(session, compared);
  const Snapshot& now = session.snapshot();
  session.select_block(30, 21);
  EXPECT_EQ(now.a.selected_block, std::pair(30u, 21u)) << "a texel";
  EXPECT_EQ(now.b->selected_block, std::pair(7u, 5u)) << "the block of 4x4 that it lies in";
  run_until(session, [](const Snapshot& then) { return then.a.inspection && then.b->inspection; });
  EXPECT_EQ(std::get<codec::BlockInspection>(*now.b->inspection).block_x, 7u);
  session.focus(Slot::b);
  session.select_block(2, 3);
  EXPECT_EQ(now.a.selected_block, std::pair(8u, 12u));
  session.select_texel(200, 102);
  EXPECT_EQ(now.a.selected_block, std::pair(200u, 102u)) << "the corner of 201 x 103";
  EXPECT_EQ(now.b->selected_block, std::pair(50u, 25u));
  EXPECT_THROW(session.select_texel(201, 0), Error);
  EXPECT_THROW(session.select_texel(0, 103), Error);
}

TEST_F(SidesTest, AnotherPictureIsTheSourceOfBoth) {
  Session session(device());
  session.set_codec("fake");
  session.set_b_codec("bc7");
  open(session, odd);
  run_until(session, compared);
  open(session, leaf);
  run_until(session, compared);
  const Snapshot& now = session.snapshot();
  EXPECT_EQ(now.a.run.source_name, "leaf.png");
  EXPECT_EQ(now.b->run.source_name, "leaf.png");
  EXPECT_EQ(now.a.reconstruction->width(), now.source->texture->width());
  EXPECT_EQ(now.b->reconstruction->width(), now.source->texture->width());
  EXPECT_EQ(now.runs.size(), 2u);
}

TEST_F(SidesTest, AFailureOfOneLetsTheOtherGoOn) {
  Session session(device());
  session.set_codec("bc7");
  session.set_b_preset("fake");
  session.focus(Slot::b);
  session.set_parameter("learning_rate", 5);
  open(session, odd);
  run_until(session, [](const Snapshot& now) { return now.b->state == State::failed && now.a.state == State::done; });
  EXPECT_EQ(session.snapshot().state(), State::failed);
  session.focus(Slot::a);
  save(session, in_folder("a.dds"));
  session.focus(Slot::b);
  EXPECT_NE(answer_of(session, [&](auto done) { session.save_artifact(in_folder("b.txs"), done); }), "");
}

}  // namespace
}  // namespace txs::session
