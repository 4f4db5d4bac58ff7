// What shader reload is made of: noticing changes, compiling with includes, glslc's complaints.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "core/error.h"
#include "core/files.h"
#include "gpu/shader_watch.h"

namespace txs {
namespace {
namespace fs = std::filesystem;

class ShaderWatchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "deep");
    write("value.glsl", "const uint value = 1;\n", 0);
    write("deep/a.comp", stage_, 0);
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// With a time stamp of our own: the file system's clock may be coarser than a test is long.
  void write(const std::string& name, const std::string& text, int second) {
    write_file(folder_ / name, text);
    fs::last_write_time(folder_ / name, fs::file_time_type(std::chrono::seconds(1000000 + second)));
  }

  const fs::path folder_ = fs::path(::testing::TempDir()) / "texelscope reload's test";
  const std::string stage_ =
      "#version 460\n#extension GL_GOOGLE_include_directive : require\n#include \"value.glsl\"\n"
      "layout(local_size_x = 1) in;\nlayout(binding = 0, r32ui) uniform writeonly uimage2D target;\n"
      "void main() { imageStore(target, ivec2(0), uvec4(value)); }\n";
};

TEST_F(ShaderWatchTest, NoticesEachChangeOnce) {
  gpu::ShaderWatch watch(folder_, TEST_GLSLC);
  EXPECT_FALSE(watch.changed());
  write("value.glsl", "const uint value = 2;\n", 1);
  EXPECT_TRUE(watch.changed());
  EXPECT_FALSE(watch.changed());
  write("deep/new.glsl", "", 0);
  EXPECT_TRUE(watch.changed());
  fs::remove(folder_ / "deep/new.glsl");
  EXPECT_TRUE(watch.changed());
  EXPECT_FALSE(watch.changed());
}

TEST_F(ShaderWatchTest, WatchesNothingWithoutAFolder) {
  gpu::ShaderWatch watch({}, {});
  EXPECT_FALSE(watch.watching());
  EXPECT_FALSE(watch.changed());
}

TEST_F(ShaderWatchTest, CompilesWhatIsIncludedNow) {
  const gpu::ShaderWatch watch(folder_, TEST_GLSLC);
  const auto first = watch.compile("deep/a.comp");
  ASSERT_FALSE(first.empty());
  EXPECT_EQ(first[0], 0x07230203u);
  EXPECT_EQ(watch.compile("deep/a.comp"), first);
  write("value.glsl", "const uint value = 3;\n", 1);
  EXPECT_NE(watch.compile("deep/a.comp"), first);
}

TEST_F(ShaderWatchTest, SaysWhereAStageIsWrong) {
  const gpu::ShaderWatch watch(folder_, TEST_GLSLC);
  write("value.glsl", "const uint value = nonsense;\n", 1);
  try {
    watch.compile("deep/a.comp");
    FAIL() << "nonsense compiled";
  } catch (const Error& error) {
    const std::string line = error.what();
    EXPECT_NE(line.find("value.glsl:1: error"), std::string::npos) << line;
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace txs
