// The session, as window, commands and scripts drive it: sources, parameters, runs, and what it keeps.
#include "session/session.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "artifact/container.h"
#include "core/error.h"
#include "image/load.h"
#include "metrics/metrics.h"
#include "session/pacer.h"
#include "session_fixture.h"

namespace txs::session {
namespace {
namespace fs = std::filesystem;

const fs::path samples = fs::path(TEXELSCOPE_ASSETS) / "samples";
const fs::path odd = samples / "odd.png";
const fs::path leaf = samples / "leaf.png";

TEST_F(SessionTest, StartsEmptyAndEncodesWhatIsOpened) {
  Session session(device());
  EXPECT_EQ(session.snapshot().a.state, State::empty);
  EXPECT_FALSE(session.snapshot().source);
  open(session, odd);
  finish(session);
  const Snapshot& now = session.snapshot();
  EXPECT_EQ(now.source->width, 201);
  EXPECT_EQ(now.source->height, 103);
  ASSERT_GE(now.a.run.history.size(), 2u);
  for (std::size_t i = 1; i < now.a.run.history.size(); ++i) {
    EXPECT_GE(now.a.run.history[i].psnr_db, now.a.run.history[i - 1].psnr_db - 1e-9);
    EXPECT_GE(now.a.run.history[i].step, now.a.run.history[i - 1].step);
    EXPECT_GE(now.a.run.history[i].seconds, now.a.run.history[i - 1].seconds);
  }
  EXPECT_EQ(now.a.run.history.front().step, 0u);
  EXPECT_GT(now.a.run.seconds, 0);
}

TEST_F(SessionTest, FiguresAreThoseOfTheSavedBytes) {
  Session session(device());
  open(session, leaf);
  finish(session);
  const fs::path path = in_folder("leaf.dds");
  save(session, path);
  EXPECT_EQ(fs::file_size(path), session.snapshot().a.run.artifact_bytes);

  Session reader(device());
  open(reader, path);
  finish(reader);
  const metrics::Figures figures =
      metrics::compare(*session.snapshot().source->picture, *reader.snapshot().source->picture, false);
  EXPECT_EQ(figures.psnr_db, session.snapshot().a.run.figures->psnr_db);
  EXPECT_EQ(figures.mse_alpha, session.snapshot().a.run.figures->mse_alpha);
}

TEST_F(SessionTest, AnArtifactIsShownOverTheImageItFits) {
  Session session(device());
  open(session, odd);
  finish(session);
  const double psnr = session.snapshot().a.run.figures->psnr_db;
  const fs::path path = in_folder("odd.ktx2");
  save(session, path);
  open(session, path);
  finish(session);
  EXPECT_EQ(session.snapshot().source->name, "odd.png") << "the image stays the source";
  EXPECT_EQ(session.snapshot().a.run.figures->psnr_db, psnr);

  open(session, leaf);
  open(session, path);
  finish(session);
  EXPECT_EQ(session.snapshot().source->name, "odd.ktx2") << "it does not fit the leaf, and shows itself";
  EXPECT_TRUE(std::isinf(session.snapshot().a.run.figures->psnr_db));
}

TEST_F(SessionTest, PacesAndBudgetsGiveTheSameBytes) {
  std::vector<std::vector<std::byte>> artifacts;
  for (const auto& [pace, milliseconds] : {std::pair{codec::Budget::Pace::rush, 200.0}, {codec::Budget::Pace::watch, 0.05},
                                           {codec::Budget::Pace::watch, 50.0}}) {
    Session session(device());
    open(session, odd);
    run_until(session, [](const Snapshot& now) { return now.a.state == State::done; }, {milliseconds, pace});
    const fs::path path = in_folder(("pace" + std::to_string(artifacts.size()) + ".dds").c_str());
    save(session, path);
    artifacts.push_back(std::get<codec::EncodedTexture>(artifact::load_container(path)).blocks);
  }
  EXPECT_EQ(artifacts[0], artifacts[1]);
  EXPECT_EQ(artifacts[0], artifacts[2]);
}

TEST_F(SessionTest, StopsAtTheStepAndGoesOn) {
  Session session(device());
  open(session, odd);
  const auto at_five = [](const Snapshot& now) { return now.a.run.progress.step == 5 && !now.a.run.history.empty() && now.a.run.history.back().step == 5; };
  run_until(session, at_five, {.stop_at_step = 5});
  for (int i = 0; i < 20; ++i) session.update({.stop_at_step = 5});
  EXPECT_EQ(session.snapshot().a.run.progress.step, 5u);
  finish(session);
  EXPECT_EQ(session.snapshot().a.run.progress.step, session.snapshot().a.run.progress.planned_steps);
}

TEST_F(SessionTest, PausesAndStepsOneByOne) {
  Session session(device());
  session.pause();
  open(session, odd);  // opening resumes: a new picture is to be seen
  run_until(session, [](const Snapshot& now) { return now.a.run.progress.step >= 1; });
  session.pause();
  run_until(session, [](const Snapshot& now) { return now.a.state == State::paused; });
  const std::uint64_t paused_at = session.snapshot().a.run.progress.step;
  for (int i = 0; i < 20; ++i) session.update({});
  EXPECT_EQ(session.snapshot().a.run.progress.step, paused_at);
  session.step();
  run_until(session, [&](const Snapshot& now) { return now.a.run.progress.step == paused_at + 1; }, {.milliseconds = 100});
  for (int i = 0; i < 20; ++i) session.update({});
  EXPECT_EQ(session.snapshot().a.run.progress.step, paused_at + 1);
  session.resume();
  finish(session);
}

TEST_F(SessionTest, ALiveParameterGoesOnAnotherStartsAnewAndKeepsTheRun) {
  Session session(device());
  open(session, odd);
  finish(session);
  const std::uint64_t first = session.snapshot().a.run.id;
  session.set_parameter("max_iterations", 80);
  session.update({});
  EXPECT_EQ(session.snapshot().a.run.id, first) << "more iterations go on with the same run";
  finish(session);
  EXPECT_EQ(session.snapshot().a.run.progress.step, 80u);
  EXPECT_TRUE(session.snapshot().runs.empty());

  session.set_parameter_text("init", "published");
  finish(session);
  EXPECT_NE(session.snapshot().a.run.id, first);
  ASSERT_EQ(session.snapshot().runs.size(), 1u);
  EXPECT_EQ(session.snapshot().runs.front().id, first);

  session.restore_run(first);
  finish(session);
  EXPECT_EQ(session.snapshot().a.run.parameters.choice("init"), "principal");
  EXPECT_EQ(session.snapshot().a.run.parameters.integer("max_iterations"), 80);
  EXPECT_EQ(session.snapshot().runs.size(), 2u);
}

TEST_F(SessionTest, ADraggedSliderLeavesNoTrailOfRuns) {
  Session session(device());
  open(session, odd);
  finish(session);
  for (int i = 1; i <= 10; ++i) {
    session.set_parameter("initial_step", 0.1 + i * 0.01);
    finish(session);
  }
  EXPECT_EQ(session.snapshot().runs.size(), 1u) << "the run before the drag, and none within it";
}

TEST_F(SessionTest, RefusalsNameWhatIsRightAndChangeNothing) {
  Session session(device());
  open(session, odd);
  finish(session);
  const std::uint64_t run = session.snapshot().a.run.id;
  EXPECT_THROW(session.set_parameter("max_iterations", 1e6), Error);
  EXPECT_THROW(session.set_parameter("nonsense", 1), Error);
  EXPECT_THROW(session.set_parameter_text("init", "best"), Error);
  EXPECT_THROW(session.set_preset("nonsense"), Error);
  EXPECT_THROW(session.set_codec("nonsense"), Error);
  EXPECT_THROW(session.select_block(51, 0), Error);
  EXPECT_THROW(session.select_block(0, 26), Error);
  session.open({in_folder("gone.png")});
  run_until(session, [&](const Snapshot&) { return !session.loading(); });
  EXPECT_NE(session.load_problem().find("gone.png"), std::string::npos);
  EXPECT_EQ(session.snapshot().a.run.id, run);
  EXPECT_EQ(session.snapshot().source->name, "odd.png");
  EXPECT_EQ(session.snapshot().files.size(), 1u);
}

TEST_F(SessionTest, InspectsTheSelectedBlockToTheEnd) {
  Session session(device());
  open(session, odd);
  session.select_block(50, 25);  // the corner, whose texels are replicated
  finish(session);
  run_until(session, [](const Snapshot& now) { return now.a.inspection != nullptr; });
  for (int i = 0; i < 5; ++i) {
    session.update({});
    session.wait_for_gpu();
  }
  const auto& block = std::get<codec::BlockInspection>(*session.snapshot().a.inspection);
  EXPECT_EQ(block.block_x, 50u);
  EXPECT_EQ(block.block_y, 25u);
  EXPECT_EQ(block.decoded.front(), session.snapshot().a.reconstruction_pixels->at(200, 100));
  session.clear_selection();
  session.update({});
  EXPECT_EQ(session.snapshot().a.inspection, nullptr);
}

TEST_F(SessionTest, TheSelectionKeepsItsPlaceWhenTheCodecChanges) {
  Session session(device());
  open(session, odd);
  session.set_preset("tinymlp-tiny");
  session.select_block(200, 100);  // a texel, at once and not an update later
  session.set_preset("tinybc");
  EXPECT_EQ(session.snapshot().a.selected_block, std::pair(50u, 25u));
  run_until(session, [](const Snapshot& now) { return now.a.inspection != nullptr; });
  EXPECT_EQ(std::get<codec::BlockInspection>(*session.snapshot().a.inspection).block_x, 50u);
  session.set_preset("tinymlp-tiny");
  EXPECT_EQ(session.snapshot().a.selected_block, std::pair(200u, 100u));
}

TEST_F(SessionTest, OpensFoldersAndSeveralFiles) {
  Session session(device());
  fs::copy(odd, in_folder("a.png"));
  fs::copy(leaf, in_folder("b.png"));
  std::ofstream(in_folder("notes.txt")) << "not for us";
  open(session, in_folder(""));
  EXPECT_EQ(session.snapshot().files.size(), 2u);
  EXPECT_EQ(session.snapshot().source->name, "a.png");
  session.select_file(1);
  run_until(session, [&](const Snapshot& now) { return !session.loading() && now.source->name == "b.png"; });
  finish(session);
}

TEST_F(SessionTest, WhatIsSavedAtOnceWaitsForTheFirstPictureAlone) {
  Session session(device());
  open(session, odd);
  session.restart();
  session.pause();
  const fs::path path = in_folder("first.dds");
  save(session, path);
  EXPECT_EQ(session.snapshot().a.run.progress.step, 0u) << "paused: no search for the sake of a save";
  EXPECT_GT(session.snapshot().a.run.figures->psnr_db, 30);
  EXPECT_EQ(fs::file_size(path), session.snapshot().a.run.artifact_bytes);
  session.resume();
  finish(session);
}

TEST_F(SessionTest, AFilesBitsAreNoPresets) {
  Session session(device());
  open(session, odd);
  finish(session);
  const fs::path path = in_folder("other.dds");
  save(session, path);
  open(session, path);
  finish(session);
  EXPECT_EQ(session.snapshot().a.run.artifact_name, "other.dds");
  std::optional<artifact::ResultRecord> record;
  session.measure([&](const artifact::ResultRecord& result) { record = result; });
  run_until(session, [&](const Snapshot&) { return record.has_value(); });
  EXPECT_EQ(record->artifact, "other.dds");
  EXPECT_EQ(record->preset, "") << "a DDS cannot say what made it";
  EXPECT_TRUE(record->parameters.empty());
}

/// An .astc says nothing of how it was made, but blocks of what size it has: what is encoded anew has those too.
TEST_F(SessionTest, AnAstcFileTellsItsBlockSize) {
  const fs::path path = in_folder("odd.astc");
  codec::EncodedTexture texture{.format = codec::TextureFormat::astc_10x6_unorm, .width = 20, .height = 12};
  texture.blocks.resize(4 * 16);
  artifact::save_container(path, texture);
  Session session(device());
  open(session, path);
  finish(session);
  EXPECT_EQ(session.snapshot().a.run.parameters.text("block"), "10x6");
  session.set_parameter_text("effort", "fast");
  finish(session);
  EXPECT_EQ(session.snapshot().a.run.artifact_name, "");
  EXPECT_EQ(session.snapshot().a.run.block, (codec::BlockSize{10, 6}));
}

TEST_F(SessionTest, AProblemWithAFileIsToldAndNothingIsLeftBehind) {
  Session session(device());
  open(session, odd);
  finish(session);
  std::optional<std::string> problem;
  session.save_artifact(in_folder("no/such/folder.dds"), [&](const std::string& text) { problem = text; });
  run_until(session, [&](const Snapshot&) { return problem.has_value(); });
  EXPECT_NE(problem->find("folder.dds"), std::string::npos);
  EXPECT_TRUE(fs::is_empty(in_folder("")));
}

TEST(Pacer, LearnsHowMuchFitsAndGrowsByDegrees) {
  Pacer pacer;
  const std::uint64_t first = pacer.work_for(10);
  EXPECT_GE(first, 1u);
  double rate = 0;
  for (int i = 0; i < 50; ++i) {
    const std::uint64_t work = pacer.work_for(10);
    pacer.observe(work, static_cast<double>(work) / 1e6);  // a device of a million units a millisecond
    const double now = pacer.work_per_second() / 1000;
    if (rate > 0) {
      EXPECT_LE(now, rate * 4);
    }
    rate = now;
  }
  EXPECT_NEAR(rate, 1e6, 1e6 * 0.6) << "within the shortest time that is measured";
  pacer.observe(1000, 1000);  // one hiccup
  EXPECT_GT(pacer.work_for(10), first);
}

}  // namespace
}  // namespace txs::session
