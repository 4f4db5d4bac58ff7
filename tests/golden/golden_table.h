#pragma once
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// What the golden tests of the block codecs share: tables of figures as text, and how their rows are held to new figures.
namespace txs::golden {

inline constexpr double tolerance_db = 0.02;

/// The words of each line of TEXELSCOPE_GOLDEN that is no comment.
template <typename Row>
std::vector<Row> read_table(const std::string& path, Row (*parse)(std::istream& words)) {
  std::ifstream file(path);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    rows.push_back(parse(words));
  }
  return rows;
}

/// The next word; streams do not read "inf" as a number.
inline double read_decibels(std::istream& words) {
  std::string word;
  words >> word;
  return std::stod(word);
}

/// Better passes.
inline void expect_no_worse(const char* what, double now, double then) {
  if (std::isinf(now) || now >= then - tolerance_db) return;
  ADD_FAILURE() << fmt::format("{} fell by {:.3f} dB, from {:.3f} to {:.3f}", what, then - now, then, now);
}

inline std::filesystem::path samples() { return std::filesystem::path(TEXELSCOPE_ASSETS) / "samples"; }

/// File names of the samples of 8 bits, which are PNG; or of those of light.
inline std::vector<std::string> sample_names(bool of_light) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(samples()))
    if ((entry.path().extension() != ".png") == of_light) names.push_back(entry.path().filename().string());
  return names;
}

}  // namespace txs::golden
