#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <optional>
#include <string>

#include "core/error.h"
#include "core/files.h"

namespace txs {
namespace {

namespace fs = std::filesystem;

/// An empty folder of the test's own.
class Files : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "texelscope-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  fs::path folder_;
};

std::string text_of(const fs::path& path) {
  const auto bytes = read_file(path);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <class Action>
std::string message_of(Fault fault, Action action) {
  try {
    action();
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), fault);
    return error.what();
  }
}

/// An environment variable set for the life of this object.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    if (value != nullptr)
      setenv(name, value, 1);
    else
      unsetenv(name);
  }
  ~Variable() {
    if (old_)
      setenv(name_, old_->c_str(), 1);
    else
      unsetenv(name_);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> old_;
};

TEST_F(Files, WrittenBytesComeBack) {
  const std::string text("a\0b\nc\xFF", 6);
  write_file(folder_ / "x", text);
  EXPECT_EQ(text_of(folder_ / "x"), text);
  write_file(folder_ / "x", std::string_view());
  EXPECT_EQ(text_of(folder_ / "x"), "");
}

TEST_F(Files, WritingReplacesAndLeavesNothingBeside) {
  write_file(folder_ / "x", "old, and longer");
  write_file(folder_ / "x", "new");
  EXPECT_EQ(text_of(folder_ / "x"), "new");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Files, WrittenFilesObeyTheUmask) {
  const mode_t old = umask(027);
  write_file(folder_ / "x", "text");
  umask(old);
  struct stat status {};
  ASSERT_EQ(stat((folder_ / "x").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640u);
}

TEST_F(Files, AWriteThatFailsHalfwayKeepsTheOldFile) {
  write_file(folder_ / "x", "old");
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  rlimit small = old;
  small.rlim_cur = 4096;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string message = message_of(Fault::internal, [&] { write_file(folder_ / "x", std::string(100000, 'n')); });
  setrlimit(RLIMIT_FSIZE, &old);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(message, (folder_ / "x").string() + ": cannot be written: File too large");
  EXPECT_EQ(text_of(folder_ / "x"), "old");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Files, AFolderInTheWayIsNamedAndKept) {
  fs::create_directory(folder_ / "x");
  const std::string message = message_of(Fault::internal, [&] { write_file(folder_ / "x", "text"); });
  EXPECT_EQ(message, (folder_ / "x").string() + ": cannot be written: Is a directory");
  EXPECT_TRUE(fs::is_directory(folder_ / "x"));
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Files, WritingIntoNoFolderSaysSo) {
  EXPECT_EQ(message_of(Fault::internal, [&] { write_file(folder_ / "none" / "x", "text"); }),
            (folder_ / "none" / "x").string() + ": cannot be written: No such file or directory");
}

TEST_F(Files, ReadingSaysWhatIsWrong) {
  EXPECT_EQ(message_of(Fault::input, [&] { read_file(folder_ / "x"); }), (folder_ / "x").string() + ": no such file");
  EXPECT_EQ(message_of(Fault::input, [&] { read_file(folder_); }), folder_.string() + ": is not a regular file");
  EXPECT_EQ(message_of(Fault::input, [] { read_file("/dev/zero"); }), "/dev/zero: is not a regular file");
  write_file(folder_ / "big", "12345");
  EXPECT_EQ(message_of(Fault::input, [&] { read_file(folder_ / "big", 4); }),
            (folder_ / "big").string() + ": is 5 bytes; at most 4 are read");
  EXPECT_EQ(read_file(folder_ / "big", 5).size(), 5u);
}

TEST_F(Files, UnusedPathCountsUpBeforeTheExtension) {
  EXPECT_EQ(unused_path(folder_ / "a.png"), folder_ / "a.png");
  write_file(folder_ / "a.png", "");
  EXPECT_EQ(unused_path(folder_ / "a.png"), folder_ / "a-2.png");
  write_file(folder_ / "a-2.png", "");
  EXPECT_EQ(unused_path(folder_ / "a.png"), folder_ / "a-3.png");
  EXPECT_EQ(unused_path(folder_ / "a-2.png"), folder_ / "a-2-2.png");
  fs::create_directory(folder_ / "plain");
  EXPECT_EQ(unused_path(folder_ / "plain"), folder_ / "plain-2");
}

TEST_F(Files, UnusedPathSeesALinkThatLeadsNowhere) {
  fs::create_symlink("nowhere", folder_ / "a.png");
  EXPECT_EQ(unused_path(folder_ / "a.png"), folder_ / "a-2.png");
}

TEST(Folders, FollowTheXdgVariables) {
  const Variable home("HOME", "/home/someone");
  {
    const Variable config("XDG_CONFIG_HOME", "/etc/mine"), cache("XDG_CACHE_HOME", "/var/mine");
    EXPECT_EQ(config_folder(), "/etc/mine/texelscope");
    EXPECT_EQ(cache_folder(), "/var/mine/texelscope");
  }
  const Variable config("XDG_CONFIG_HOME", nullptr);
  const Variable cache("XDG_CACHE_HOME", "relative, which the specification says to ignore");
  EXPECT_EQ(config_folder(), "/home/someone/.config/texelscope");
  EXPECT_EQ(cache_folder(), "/home/someone/.cache/texelscope");
}

}  // namespace
}  // namespace txs
