// Which picture of a batch becomes which file, and what is refused before any work.
#include "cli/batch_plan.h"

#include <vector>

#include "batch_files.h"
#include "core/error.h"
#include "core/log.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;

class BatchPlan : public BatchFiles {
 protected:
  RunOptions options_of(const std::vector<fs::path>& images) const {
    RunOptions options;
    options.images = images;
    options.out_dir = out();
    return options;
  }

  static std::string refusal(const RunOptions& options, Fault fault = Fault::usage) {
    try {
      plan_batch(options, {});
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), fault);
      return error.what();
    }
    ADD_FAILURE() << "was not refused";
    return {};
  }
};

TEST_F(BatchPlan, FoldersGiveTheirImagesByName) {
  make_file("in/b.png");
  make_file("in/a.JPG");
  make_file("in/notes.txt");
  make_file("in/old.dds");
  fs::create_directories(in() / "deeper.png");
  const fs::path single = make_file("single.dds");
  RunOptions options = options_of({single, in()});
  options.with = {Beside::report, Beside::curves, Beside::decoded};
  const std::vector<BatchJob> jobs = plan_batch(options, {"ktx2", "exr"});
  ASSERT_EQ(jobs.size(), 3u);
  EXPECT_EQ(jobs[0].image, single);
  EXPECT_EQ(jobs[1].image, in() / "a.JPG");
  EXPECT_EQ(jobs[2].image, in() / "b.png");
  EXPECT_EQ(jobs[2].keep.artifact, out() / "b.ktx2");
  EXPECT_EQ(jobs[2].keep.report, out() / "b.json");
  EXPECT_EQ(jobs[2].keep.curves, out() / "b.curves.csv");
  EXPECT_TRUE(jobs[2].keep.sheet.empty());
  EXPECT_EQ(jobs[2].keep.decoded, out() / "b.decoded.exr");
}

TEST_F(BatchPlan, WhatIsLeftOutOfAFolderIsSaid) {
  make_file("in/a.png");
  const auto said = [&] {
    const auto before = messages_since(0);
    const std::uint64_t last = before.empty() ? 0 : before.back().id;
    plan_batch(options_of({in()}), {});
    std::string text;
    for (const Message& message : messages_since(last)) text += message.text + "\n";
    return text;
  };
  EXPECT_EQ(said(), "");
  make_file("in/b.dds");
  make_file("in/c.ASTC");
  fs::create_directories(in() / "more");
  const std::string text = said();
  EXPECT_NE(text.find("left out 2 encoded files"), text.npos) << text;
  EXPECT_NE(text.find("and 1 folder"), text.npos) << text;
}

TEST_F(BatchPlan, NamesWithDotsKeepThem) {
  const auto jobs = plan_batch(options_of({make_file("in/v1.2.png"), in() / "gone.png"}), {});
  EXPECT_EQ(jobs[0].keep.artifact, out() / "v1.2.dds");
  EXPECT_EQ(jobs[1].image, in() / "gone.png");  // fails in its turn
}

TEST_F(BatchPlan, NamesThatCollideAreRefused) {
  const fs::path png = make_file("in/a.png"), jpg = make_file("in/a.jpg");
  const std::string line = refusal(options_of({png, jpg}));
  EXPECT_NE(line.find("a.jpg: would become"), line.npos) << line;
  EXPECT_NE(line.find("a.dds, as"), line.npos) << line;
  EXPECT_NE(refusal(options_of({png, in() / ".." / "in" / "a.png"})).find("is given twice"), std::string::npos);

  RunOptions sheets = options_of({make_file("x.png"), make_file("x.sheet.png")});
  EXPECT_EQ(plan_batch(sheets, {}).size(), 2u);
  sheets.with = {Beside::sheet, Beside::decoded};
  EXPECT_EQ(plan_batch(sheets, {}).size(), 2u);  // x.sheet.png and x.sheet.sheet.png are others
}

TEST_F(BatchPlan, NothingReplacesAPicture) {
  const fs::path picture = make_file("out/a.dds");
  const std::string line = refusal(options_of({picture}));
  EXPECT_NE(line.find("is itself to be encoded"), line.npos) << line;
}

TEST_F(BatchPlan, FoldersAreReadOrWritten) {
  make_file("out/a.png");
  EXPECT_NE(refusal(options_of({out()})).find("is read from, too"), std::string::npos);
  EXPECT_NE(refusal(options_of({in()}), Fault::input).find("holds no image"), std::string::npos);
}

}  // namespace
}  // namespace txs::app
