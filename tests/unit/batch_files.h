// A folder of empty files for the tests of batches.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

namespace txs::app {

class BatchFiles : public testing::Test {
 protected:
  BatchFiles() : folder_(std::filesystem::temp_directory_path() / ("texelscope-batch-" + std::to_string(::getpid()))) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "in");
    std::filesystem::create_directories(folder_ / "out");
  }
  ~BatchFiles() override { std::filesystem::remove_all(folder_); }

  /// Its time of writing is so many seconds ago.
  std::filesystem::path make_file(const std::string& name, int seconds_ago = 100, const std::string& text = "text") const {
    const std::filesystem::path path = folder_ / name;
    std::ofstream(path) << text;
    std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - std::chrono::seconds(seconds_ago));
    return path;
  }
  std::filesystem::path in() const { return folder_ / "in"; }
  std::filesystem::path out() const { return folder_ / "out"; }

 private:
  std::filesystem::path folder_;
};

}  // namespace txs::app
