// What a batch leaves alone when it is run again.
#include "cli/batch_log.h"

#include "batch_files.h"

namespace txs::app {
namespace {
namespace fs = std::filesystem;

class BatchLogTest : public BatchFiles {
 protected:
  BatchLogTest() {
    job.image = make_file("in/a.png", 60);
    job.keep.artifact = make_file("out/a.dds", 50);
    job.keep.report = make_file("out/a.json", 50);
    BatchLog(out(), recipe).record(job);
  }

  bool up_to_date(const nlohmann::json& by) const { return BatchLog(out(), by).up_to_date(job); }
  bool up_to_date() const { return up_to_date(recipe); }

  nlohmann::json recipe = {{"codec", "bc7"}, {"parameters", {{"effort", "fast"}}}, {"seed", 3}};
  BatchJob job;
};

TEST_F(BatchLogTest, WhatWasMadeInTheSameWayIsUpToDate) {
  EXPECT_TRUE(up_to_date());
  nlohmann::json other = recipe;
  other["parameters"]["effort"] = "slow";
  EXPECT_FALSE(up_to_date(other));
  other = recipe;
  other["steps"] = 7;
  EXPECT_FALSE(up_to_date(other));
}

TEST_F(BatchLogTest, NewerPicturesAreEncodedAgain) {
  make_file("in/a.png", 50);
  fs::last_write_time(job.image, fs::last_write_time(job.keep.artifact));
  EXPECT_TRUE(up_to_date()) << "of one time";
  make_file("in/a.png", 40);
  EXPECT_FALSE(up_to_date());
}

TEST_F(BatchLogTest, EveryFileMustBeThereAndAsItWasLeft) {
  BatchJob more = job;
  more.keep.sheet = out() / "a.sheet.png";
  EXPECT_FALSE(BatchLog(out(), recipe).up_to_date(more));
  fs::remove(job.keep.report);
  EXPECT_FALSE(up_to_date());
  make_file("out/a.json", 10);
  EXPECT_TRUE(up_to_date());
  make_file("out/a.dds", 10, "some other text");
  EXPECT_FALSE(up_to_date());
  fs::remove(job.keep.artifact);
  EXPECT_FALSE(up_to_date());
}

TEST_F(BatchLogTest, AnotherPictureOfThatNameIsAnotherPicture) {
  job.image = make_file("a.png", 70);
  EXPECT_FALSE(up_to_date());
}

TEST_F(BatchLogTest, EntriesOfOtherRecipesStay) {
  BatchJob second = job;
  second.keep.artifact = make_file("out/a.ktx2", 50);
  nlohmann::json other = recipe;
  other["codec"] = "bc1";
  BatchLog(out(), other).record(second);
  EXPECT_TRUE(up_to_date());
  EXPECT_TRUE(BatchLog(out(), other).up_to_date(second));
  EXPECT_FALSE(BatchLog(out(), recipe).up_to_date(second));
}

TEST_F(BatchLogTest, DamagedLogsAreEmptyOnes) {
  for (const char* text : {"", "{", "[]", "null", R"({"recipes":{},"files":[1]})",
                           R"({"recipes":[],"files":{"a.dds":{"picture":"x","bytes":4,"recipe":7}}})"}) {
    make_file("out/texelscope-batch.json", 1, text);
    EXPECT_FALSE(up_to_date()) << text;
  }
  BatchLog(out(), recipe).record(job);
  EXPECT_TRUE(up_to_date());
}

}  // namespace
}  // namespace txs::app
