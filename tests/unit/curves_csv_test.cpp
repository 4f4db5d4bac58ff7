// Curves as CSV: another reader of RFC 4180 gets the same names and the same numbers, to the last bit.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <locale>
#include <string>
#include <vector>

#include "artifact/curves.h"

namespace txs::artifact {
namespace {

using Record = std::vector<std::string>;

/// A strict reader: fields in quotes or without, lines end in CRLF.
std::vector<Record> parse(const std::string& csv) {
  std::vector<Record> records;
  Record record;
  for (std::size_t i = 0; i < csv.size();) {
    std::string field;
    if (csv[i] == '"') {
      for (++i; csv.at(i) != '"' || (i + 1 < csv.size() && csv[i + 1] == '"'); ++i) {
        if (csv[i] == '"') ++i;
        field += csv[i];
      }
      ++i;
    } else {
      while (csv.at(i) != ',' && csv[i] != '\r') field += csv[i++];
    }
    record.push_back(field);
    if (csv.at(i) == ',') {
      ++i;
      continue;
    }
    EXPECT_EQ(csv.substr(i, 2), "\r\n");
    i += 2;
    records.push_back(std::move(record));
    record.clear();
  }
  EXPECT_TRUE(record.empty()) << "the last line ends as the others do";
  return records;
}

HistoryPoint point(std::uint64_t step, double seconds, double psnr_db) {
  HistoryPoint point;
  point.step = step;
  point.seconds = seconds;
  point.psnr_db = psnr_db;
  return point;
}

TEST(CurvesCsv, IsOnlyItsHeaderWithoutCurves) {
  EXPECT_EQ(write_curves_csv({}), "run,step,seconds,psnr_db,loss,learning_rate,measure\r\n");
}

TEST(CurvesCsv, ReadsBackToTheLastBit) {
  Curve curve{"tinymlp", {point(1, 0.1, 10.0 / 3), point(std::numeric_limits<std::uint64_t>::max(), 1e-300, 39.97)}};
  curve.points[0].loss = std::nextafter(0.1, 1.0);
  curve.points[1].learning_rate = 1e-15;
  const auto records = parse(write_curves_csv({{curve}}));
  ASSERT_EQ(records.size(), 3u);
  for (std::size_t i = 0; i < 2; ++i) {
    const Record& record = records[i + 1];
    ASSERT_EQ(record.size(), 7u);
    EXPECT_EQ(record[6], "PSNR RGB");
    EXPECT_EQ(record[0], "tinymlp");
    EXPECT_EQ(std::stoull(record[1]), curve.points[i].step);
    EXPECT_EQ(std::stod(record[2]), curve.points[i].seconds);
    EXPECT_EQ(std::stod(record[3]), curve.points[i].psnr_db);
  }
  EXPECT_EQ(std::stod(records[1][4]), *curve.points[0].loss);
  EXPECT_EQ(std::stod(records[2][5]), *curve.points[1].learning_rate);
}

TEST(CurvesCsv, LeavesWhatIsAbsentEmptyAndNamesInfinities) {
  const Curve curve{"bc7", {point(3, 0.5, INFINITY)}};
  EXPECT_EQ(parse(write_curves_csv({{curve}}))[1], (Record{"bc7", "3", "0.5", "inf", "", "", "PSNR RGB"}));
}

TEST(CurvesCsv, KeepsNamesApartWhateverTheyHold) {
  const std::vector<std::string> names{"a, b", "say \"16\"", "two\r\nlines", "\"", "", "plain", "gr\xC3\xBC\xC3\x9F"};
  std::vector<Curve> curves;
  for (const std::string& name : names) curves.push_back({name, {point(0, 0, 30)}});
  const auto records = parse(write_curves_csv(curves));
  ASSERT_EQ(records.size(), names.size() + 1);
  for (std::size_t i = 0; i < names.size(); ++i) {
    ASSERT_EQ(records[i + 1].size(), 7u) << names[i];
    EXPECT_EQ(records[i + 1][0], names[i]);
  }
}

TEST(CurvesCsv, IsTheSameInALocaleThatWritesCommas) {
  struct Commas : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  const Curve curve{"run", {point(1234567, 0.5, 37.25)}};
  const std::string before = write_curves_csv({{curve}});
  const std::locale previous = std::locale::global(std::locale(std::locale(), new Commas));
  const std::string after = write_curves_csv({{curve}});
  std::locale::global(previous);
  EXPECT_EQ(after, before);
  EXPECT_NE(after.find("run,1234567,0.5,37.25,,,PSNR RGB"), std::string::npos);
}

}  // namespace
}  // namespace txs::artifact
