// The session with a codec that trains: what it measures, keeps, takes up again, and how it ends a training gone wrong.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "artifact/container.h"
#include "codec/registry.h"
#include "metrics/metrics.h"
#include "session/picture_pace.h"
#include "session/step_rate.h"
#include "session_fake.h"
#include "session_fixture.h"

namespace txs::session {
namespace {
namespace fs = std::filesystem;

const fs::path odd = fs::path(TEXELSCOPE_ASSETS) / "samples" / "odd.png";
const fs::path leaf = fs::path(TEXELSCOPE_ASSETS) / "samples" / "leaf.png";

std::uint64_t bits_of(const std::vector<codec::BitPart>& parts) {
  return std::accumulate(parts.begin(), parts.end(), std::uint64_t(0),
                         [](std::uint64_t sum, const codec::BitPart& part) { return sum + part.bits; });
}

codec::EncodedNetwork network_in(const fs::path& path) {
  return std::get<codec::EncodedNetwork>(artifact::load_container(path));
}

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class NetworkSessionTest : public SessionTest {
 protected:
  void SetUp() override {
    SessionTest::SetUp();
    fake_calls() = {};
  }
  /// Trains to the step and rests there, measured.
  static void train_to(Session& session, std::uint64_t step) {
    run_until(session, [&](const Snapshot& now) { return !now.a.run.history.empty() && now.a.run.history.back().step == step; },
              {.stop_at_step = step});
    session.pause();
    run_until(session, [](const Snapshot& now) { return now.a.state == State::paused || now.a.state == State::done; });
  }
};

TEST_F(NetworkSessionTest, LearnsWhatATrainingSays) {
  Session session(device());
  open(session, odd);
  finish(session);
  const RunRecord& run = session.snapshot().a.run;
  EXPECT_EQ(run.progress.step, 20u);
  ASSERT_GE(run.history.size(), 2u);
  EXPECT_EQ(run.history.back().step, 20u);
  EXPECT_EQ(run.history.back().loss, run.loss);
  EXPECT_EQ(run.learning_rate, 0.25);
  EXPECT_LT(*run.loss, 1e-4);
  EXPECT_LT(*run.loss, *run.history.front().loss);
  ASSERT_TRUE(run.health);
  EXPECT_FALSE(run.health->bad());
  EXPECT_FALSE(run.coded) << "nothing is to be coded";
}

TEST_F(NetworkSessionTest, APictureDrawnOverSeveralFramesHasTheFiguresOfItsOwnStep) {
  fake_calls().decode_parts = 7;
  Session session(device());
  open(session, odd);
  finish(session);
  const std::vector<artifact::HistoryPoint>& history = session.snapshot().a.run.history;
  ASSERT_GE(history.size(), 2u);
  for (const artifact::HistoryPoint& point : history) {  // each step leaves three quarters of every difference
    const double steps_left = double(history.back().step) - double(point.step);
    EXPECT_NEAR(*point.loss * std::pow(0.75, 2 * steps_left) / *history.back().loss, 1, 1e-3) << "step " << point.step;
  }
}

TEST_F(NetworkSessionTest, SizesAreThoseOfTheFileAtEveryMoment) {
  Session session(device());
  open(session, odd);
  for (const std::uint64_t step : {3, 20}) {
    session.resume();
    train_to(session, step);
    const fs::path path = in_folder("now.txs");
    save(session, path);
    const RunRecord& run = session.snapshot().a.run;
    EXPECT_EQ(run.artifact_bytes, fs::file_size(path));
    EXPECT_EQ(bits_of(run.parts), fs::file_size(path) * 8);
    EXPECT_EQ(network_in(path).provenance.steps, step);
  }
  EXPECT_NEAR(session.snapshot().a.run.bits_per_pixel, double(fs::file_size(in_folder("now.txs"))) * 8 / (201 * 103), 1e-9);
}

TEST_F(NetworkSessionTest, CodedGridsAreMeasuredFromTheCodedFile) {
  Session session(device());
  session.set_preset("fake-jpeg");
  open(session, odd);
  finish(session);
  const std::uint64_t trained = session.snapshot().a.run.id;
  ASSERT_TRUE(session.snapshot().a.run.coded);
  const artifact::CodedResult coded = *session.snapshot().a.run.coded;
  const double psnr = session.snapshot().a.run.figures->psnr_db;
  EXPECT_EQ(coded.coding, "jpeg 85");
  EXPECT_EQ(coded.step, 20u);
  EXPECT_LT(coded.figures.psnr_db, psnr - 1) << "the losses are in it";
  EXPECT_LT(coded.bytes, session.snapshot().a.run.artifact_bytes / 4);

  const fs::path path = in_folder("coded.txs"), report = in_folder("report.json");
  save(session, path);
  EXPECT_EQ(coded.bytes, fs::file_size(path));
  EXPECT_EQ(bits_of(coded.parts), fs::file_size(path) * 8);
  ASSERT_EQ(answer_of(session, [&](auto done) { session.save_report(report, done); }), "");
  const nlohmann::json json = nlohmann::json::parse(text_of(report));
  EXPECT_EQ(json.at("stage2"), "jpeg 85");
  EXPECT_EQ(json.at("bytes_stage2").at("total"), coded.bytes);
  EXPECT_EQ(json.at("psnr_stage2_db"), coded.figures.psnr_db);
  EXPECT_EQ(json.at("psnr_db"), psnr);

  open(session, path);  // over the image, as anybody would check it
  finish(session);
  EXPECT_NE(session.snapshot().a.run.id, trained);
  EXPECT_EQ(session.snapshot().a.run.figures->psnr_db, coded.figures.psnr_db);
}

TEST_F(NetworkSessionTest, AnotherCodingIsTriedAtOnceAndAtRest) {
  Session session(device());
  open(session, odd);
  finish(session);
  const std::uint64_t run = session.snapshot().a.run.id;
  const double psnr = session.snapshot().a.run.figures->psnr_db;
  const std::size_t points = session.snapshot().a.run.history.size();
  session.set_parameter_text("stage2", "zstd");
  finish(session);
  ASSERT_TRUE(session.snapshot().a.run.coded);
  EXPECT_EQ(session.snapshot().a.run.coded->coding, "zstd");
  EXPECT_EQ(session.snapshot().a.run.coded->figures.psnr_db, psnr) << "lossless";
  session.set_parameter("jpeg_quality", 40);
  session.set_parameter_text("stage2", "jpeg");
  finish(session);
  EXPECT_EQ(session.snapshot().a.run.coded->coding, "jpeg 40");
  session.set_parameter_text("stage2", "none");
  finish(session);
  EXPECT_FALSE(session.snapshot().a.run.coded);
  EXPECT_EQ(session.snapshot().a.run.id, run);
  EXPECT_EQ(session.snapshot().a.run.history.size(), points) << "no step was taken";
}

TEST_F(NetworkSessionTest, ACodedResultFollowsARunningTraining) {
  Session session(device());
  session.set_preset("fake-jpeg");
  session.set_parameter("steps", 100000);
  open(session, odd);
  session.update({});
  run_until(session, [](const Snapshot& now) { return now.a.run.coded.has_value(); });
  EXPECT_EQ(session.snapshot().a.state, State::running);
  session.pause();
  run_until(session, [](const Snapshot& now) {
    return now.a.run.coded && now.a.run.coded->step == now.a.run.progress.step && now.a.run.history.back().step == now.a.run.progress.step;
  });
}

TEST_F(NetworkSessionTest, EachFamilyKeepsItsOwnFiles) {
  Session session(device());
  open(session, odd);
  finish(session);
  const auto refused = [&](auto keep, const char* name, const char* words) {
    const std::string problem = answer_of(session, [&](auto done) { (session.*keep)(in_folder(name), done); });
    EXPECT_NE(problem.find(name), std::string::npos) << problem;
    EXPECT_NE(problem.find(words), std::string::npos) << problem;
    EXPECT_EQ(problem.find('\n'), std::string::npos);
  };
  refused(&Session::save_artifact, "x.dds", "a network, is kept as .txs");
  refused(&Session::save_checkpoint, "x.ktx2", "kept as .txs");
  refused(&Session::save_latents, "x.png", ".npy or .npz");
  refused(&Session::import_latents, "gone.npy", "gone.npy");
  refused(&Session::save_curves, "x.txt", ".csv or .png");
  session.set_codec("bc7");
  finish(session);
  refused(&Session::save_artifact, "x.txs", ".dds or .ktx2");
  refused(&Session::save_checkpoint, "x.txs", "bc7");
  refused(&Session::save_latents, "x.npy", "bc7");
  EXPECT_TRUE(fs::is_empty(in_folder("")));
}

TEST_F(NetworkSessionTest, ResumingEqualsNotStopping) {
  const fs::path whole = in_folder("whole.txs"), checkpoint = in_folder("half.txs"), resumed = in_folder("resumed.txs");
  {
    Session session(device());
    session.set_parameter("learning_rate", 0.125);
    open(session, odd);
    train_to(session, 7);
    ASSERT_EQ(answer_of(session, [&](auto done) { session.save_checkpoint(checkpoint, done); }), "");
    session.resume();
    finish(session);
    save(session, whole);
  }
  ASSERT_TRUE(network_in(checkpoint).training);
  EXPECT_FALSE(network_in(whole).training);

  Session session(device());
  session.open_over(odd, checkpoint);
  run_until(session, [&](const Snapshot&) { return !session.loading(); });
  finish(session);
  const RunRecord& run = session.snapshot().a.run;
  EXPECT_EQ(run.resumed_from, "half.txs");
  EXPECT_EQ(run.artifact_name, "");
  EXPECT_EQ(run.parameters.number("learning_rate"), 0.125);
  EXPECT_EQ(session.snapshot().source->name, "odd.png");
  EXPECT_GE(run.history.front().step, 7u);
  save(session, resumed);
  EXPECT_EQ(network_in(resumed).grids[0].values, network_in(whole).grids[0].values);
}

TEST_F(NetworkSessionTest, ACheckpointGoesOnOverItsImageAloneAndRestsOverItsOwnPixels) {
  const fs::path checkpoint = in_folder("half.txs");
  Session session(device());
  open(session, odd);
  train_to(session, 7);
  ASSERT_EQ(answer_of(session, [&](auto done) { session.save_checkpoint(checkpoint, done); }), "");
  const std::uint64_t before = session.snapshot().a.run.id;

  open(session, checkpoint);  // the image is still there
  finish(session);
  EXPECT_NE(session.snapshot().a.run.id, before);
  EXPECT_EQ(session.snapshot().a.run.progress.step, 20u);
  EXPECT_EQ(session.snapshot().runs.size(), 1u);

  open(session, leaf);  // of another size
  open(session, checkpoint);
  finish(session);
  EXPECT_EQ(session.snapshot().source->name, "half.txs");
  EXPECT_EQ(session.snapshot().a.run.artifact_name, "half.txs");
  EXPECT_EQ(session.snapshot().a.run.resumed_from, "");
  EXPECT_TRUE(std::isinf(session.snapshot().a.run.figures->psnr_db));

  session.open_over(leaf, checkpoint);
  run_until(session, [&](const Snapshot&) { return !session.loading(); });
  EXPECT_NE(session.load_problem().find("201 x 103"), std::string::npos) << session.load_problem();
}

TEST_F(NetworkSessionTest, LatentsGoOutAndComeBack) {
  Session session(device());
  open(session, odd);
  finish(session);
  const double psnr = session.snapshot().a.run.figures->psnr_db;
  for (const char* name : {"latents.npy", "latents.npz"}) {
    const fs::path path = in_folder(name);
    ASSERT_EQ(answer_of(session, [&](auto done) { session.save_latents(path, done); }), "");
    ASSERT_EQ(answer_of(session, [&](auto done) { session.import_latents(path, done); }), "");
    finish(session);
    EXPECT_EQ(session.snapshot().a.run.artifact_name, name);
    EXPECT_EQ(session.snapshot().source->name, "odd.png");
    // binary16 as they were; then 8 bits a channel between least and largest, about a step of the picture's own.
    if (path.extension() == ".npy")
      EXPECT_EQ(session.snapshot().a.run.figures->psnr_db, psnr);
    else
      EXPECT_NEAR(session.snapshot().a.run.figures->psnr_db, psnr, 3);
  }
  EXPECT_EQ(session.snapshot().runs.size(), 2u);
}

TEST_F(NetworkSessionTest, ADivergedTrainingStopsAndTheLastGoodPictureStays) {
  Session session(device());
  session.set_parameter("steps", 1000);
  open(session, odd);
  train_to(session, 12);
  const Rgba8Image before = *session.snapshot().a.reconstruction_pixels;
  session.set_parameter("learning_rate", 3);
  session.resume();
  run_until(session, [](const Snapshot& now) { return now.a.state == State::failed; });
  const std::string why = session.snapshot().a.why;
  EXPECT_NE(why.find("training diverged at step "), std::string::npos) << why;
  EXPECT_NE(why.find("2 weights are not finite; lower the learning rate"), std::string::npos) << why;
  const std::uint64_t step = session.snapshot().a.run.progress.step;
  for (int i = 0; i < 20; ++i) session.update({});
  EXPECT_EQ(session.snapshot().a.run.progress.step, step);
  ASSERT_NE(session.snapshot().a.reconstruction, nullptr);
  const std::vector<std::byte> shown = device().download(*session.snapshot().a.reconstruction);
  EXPECT_TRUE(std::ranges::equal(shown, std::as_bytes(std::span(before.texels))));
  EXPECT_NE(answer_of(session, [&](auto done) { session.save_artifact(in_folder("x.txs"), done); }), "");
  EXPECT_EQ(answer_of(session, [&](auto done) { session.save_curves(in_folder("c.csv"), done); }), "") << "how it came to that";

  session.set_parameter("learning_rate", 0.5);  // live, but there is nothing left to act on
  train_to(session, 5);
}

TEST_F(NetworkSessionTest, StepsOneStepEachHoweverSmallTheFrames) {
  Session session(device());
  open(session, odd);
  train_to(session, 4);
  fake_calls().most_work = 1000;  // a step is of 201 * 103
  session.step();
  session.step();
  int frames = 0;
  run_until(session, [&](const Snapshot& now) { return ++frames, now.a.run.progress.step == 6; });
  EXPECT_GE(frames, 42);
  for (int i = 0; i < 50; ++i) session.update({});
  EXPECT_EQ(session.snapshot().a.run.progress.step, 6u);
  EXPECT_EQ(session.snapshot().a.state, State::paused);
  fake_calls() = {};
  session.resume();
  finish(session);
}

TEST_F(NetworkSessionTest, FillsTheViewThatIsLookedAtAndNoOther) {
  Session session(device());
  open(session, odd);
  train_to(session, 3);
  EXPECT_EQ(fake_calls().view_fills, 0) << "nobody looks";
  const std::uint64_t revision = session.snapshot().a.picture_revision;
  session.show_view(Slot::a, "same");
  run_until(session, [&](const Snapshot& now) { return now.a.picture_revision != revision; });
  EXPECT_EQ(fake_calls().view_fills, 1);
  EXPECT_EQ(fake_calls().filled_view, "same");
  session.show_view(Slot::a, "of another codec");
  for (int i = 0; i < 5; ++i) session.update({});
  EXPECT_EQ(fake_calls().view_fills, 1);
  session.show_view(Slot::a, "red");
  const int decodes = fake_calls().decodes;
  session.resume();
  train_to(session, 5);
  EXPECT_EQ(fake_calls().filled_view, "red");
  EXPECT_GE(fake_calls().view_fills - 1, fake_calls().decodes - decodes);
  ASSERT_EQ(answer_of(session, [&](auto done) { session.save_sheet(in_folder("s.png"), {.view = "same"}, done); }), "");
  EXPECT_EQ(fake_calls().filled_view, "same") << "a sheet shows its own";
}

TEST_F(NetworkSessionTest, KeepsTheCurvesOfAllRuns) {
  Session session(device());
  open(session, odd);
  finish(session);
  session.set_parameter("hidden", 8);
  finish(session);
  const fs::path csv = in_folder("c.csv"), png = in_folder("c.png");
  ASSERT_EQ(answer_of(session, [&](auto done) { session.save_curves(csv, done); }), "");
  ASSERT_EQ(answer_of(session, [&](auto done) { session.save_curves(png, done); }), "");
  const std::string text = text_of(csv);
  EXPECT_NE(text.find("#1 fake"), std::string::npos) << text;
  EXPECT_NE(text.find("#2 fake, hidden 8"), std::string::npos) << text;
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(text, '\n')),
            1 + session.snapshot().a.run.history.size() + session.snapshot().runs[0].history.size());
  EXPECT_GT(fs::file_size(png), 1000u);
}

TEST_F(NetworkSessionTest, ARestartShowsTheOldPictureUntilThereIsANewOne) {
  Session session(device());
  open(session, odd);
  finish(session);
  session.set_parameter("hidden", 9);
  session.update({});
  EXPECT_NE(session.snapshot().a.reconstruction, nullptr);
  EXPECT_EQ(session.snapshot().runs.size(), 1u);
  finish(session);
}

TEST(PicturePace, PicturesTakeTheirShareAndMoveFourTimesASecondWhereThatIsAffordable) {
  using Pace = codec::Budget::Pace;
  const PicturePace::Clock::time_point start{};
  const auto after = [&](double milliseconds) {
    return start + std::chrono::duration_cast<PicturePace::Clock::duration>(std::chrono::duration<double, std::milli>(milliseconds));
  };
  PicturePace pace;
  pace.recorded(start);
  EXPECT_TRUE(pace.due(Pace::watch, start)) << "of unknown cost";
  pace.cost(10);  // a fifth: one in 50 ms
  EXPECT_FALSE(pace.due(Pace::watch, after(39)));
  EXPECT_TRUE(pace.due(Pace::watch, after(41)));
  EXPECT_FALSE(pace.due(Pace::rush, after(189)));
  EXPECT_TRUE(pace.due(Pace::rush, after(191)));
  pace.cost(100);  // four a second
  EXPECT_FALSE(pace.due(Pace::watch, after(149)));
  EXPECT_TRUE(pace.due(Pace::watch, after(151)));
  pace.cost(400);  // not affordable: half of the time
  EXPECT_FALSE(pace.due(Pace::watch, after(399)));
  EXPECT_TRUE(pace.due(Pace::watch, after(401)));
}

TEST(PicturePace, CutsADearPictureIntoPartsOfAFrame) {
  PicturePace pace;
  EXPECT_EQ(pace.parts_for(28, 15), 1u);  // nothing is known of its cost yet
  pace.cost(150);
  EXPECT_EQ(pace.parts_for(10, 15), 1u);
  EXPECT_EQ(pace.parts_for(28, 15), 1u);
  EXPECT_EQ(pace.parts_for(36, 15), 2u) << "half of it would bring 1.8, three fifths 2.2";
  EXPECT_EQ(pace.parts_for(100, 15), 5u) << "half of it";
  EXPECT_EQ(pace.parts_for(1000, 15), 15u);
  EXPECT_DOUBLE_EQ(pace.search_milliseconds(36, 15), 16);
  EXPECT_DOUBLE_EQ(pace.search_milliseconds(100, 15), 50);
  pace.cost(80);
  EXPECT_EQ(pace.parts_for(22, 31), 5u) << "all in seven frames";
}

TEST(PicturePace, BringsAPassInAQuarterOfASecondWhereEachIsShown) {
  PicturePace pace;
  pace.cost(150);
  EXPECT_EQ(pace.parts_for(20, 28), 1u) << "a quarter of the parts in seven frames";
  EXPECT_EQ(pace.parts_for(20, 60), 3u);
  EXPECT_EQ(pace.parts_for(20, 60, true), 4u) << "the first is waited for";
  EXPECT_EQ(pace.parts_for(20, 120), 5u);
  EXPECT_EQ(pace.parts_for(5, 120), 2u) << "three fifths of a frame";
  pace.cost(10);
  EXPECT_EQ(pace.parts_for(20, 28), 28u) << "of a cheap one all";
}

TEST(PicturePace, LeavesTheRestOfAFrameToTheSearch) {
  PicturePace pace;
  EXPECT_EQ(pace.search_milliseconds(12, 1), 12);
  pace.cost(5);
  EXPECT_EQ(pace.search_milliseconds(12, 1), 7);
  pace.cost(300);
  EXPECT_DOUBLE_EQ(pace.search_milliseconds(12, 1), 1.2) << "goes on all the same";
}

TEST(StepRate, IsThatOfTheLastSecond) {
  StepRate rate;
  StepRate::Clock::time_point now{};
  for (std::uint64_t step = 0; step <= 100; ++step, now += std::chrono::milliseconds(10)) rate.observe(step, now);
  EXPECT_NEAR(rate.per_second(), 100, 1);
  for (std::uint64_t step = 101; step <= 130; ++step, now += std::chrono::milliseconds(100)) rate.observe(step, now);
  EXPECT_NEAR(rate.per_second(), 10, 1) << "what was before the last second is forgotten";
  rate.interrupt();
  now += std::chrono::hours(1);
  for (std::uint64_t step = 131; step <= 160; ++step, now += std::chrono::milliseconds(10)) rate.observe(step, now);
  EXPECT_NEAR(rate.per_second(), 100, 1) << "a pause is not counted";
  for (int slice = 0; slice < 40; ++slice, now += std::chrono::milliseconds(100)) rate.observe(static_cast<std::uint64_t>(161 + slice / 20), now);
  EXPECT_NEAR(rate.per_second(), 0.5, 0.01) << "a step in twenty slices";
}

}  // namespace
}  // namespace txs::session
