// Reports for programs and summaries for people say the same figures.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "artifact/report.h"
#include "core/units.h"

namespace txs::artifact {
namespace {

using nlohmann::json;

ResultRecord make_record() {
  ResultRecord record;
  record.image_path = "pictures/kodim23.png";
  record.width = 768;
  record.height = 512;
  record.channels = 3;
  record.codec = "bc7";
  record.preset = "tinybc";
  record.parameters = {{"init", "principal"}, {"shrink", "0.45"}, {"max_iterations", "64"}, {"refine", "true"}};
  record.seed = 18446744073709551615u;
  record.device = "llvmpipe";
  record.steps = 64;
  record.seconds = 0.4215;
  record.parts = {{"endpoints", 56 * 24576}, {"p-bits", 2 * 24576}, {"indices", 70 * 24576}, {"DDS header", 148 * 8}};
  record.figures.psnr_db = 39.954321;
  record.figures.psnr_alpha_db = 31.5;
  record.figures.ssim = 0.98712345;
  record.figures.max_error = 16.0 / 255;
  record.psnr_relaxed_db = 40.2121;
  record.history = {{1, 0.01, 39.1}, {64, 0.4215, std::numeric_limits<double>::infinity()}};
  return record;
}

TEST(Report, HoldsEveryFieldWithFullPrecision) {
  const json report = json::parse(report_json(make_record()));
  EXPECT_FALSE(report.at("version").get<std::string>().empty());
  EXPECT_EQ(report.at("image"),
            (json{{"path", "pictures/kodim23.png"}, {"width", 768}, {"height", 512}, {"channels", 3}}));
  EXPECT_EQ(report.at("codec"), "bc7");
  EXPECT_EQ(report.at("preset"), "tinybc");
  EXPECT_EQ(report.at("parameters"),
            (json{{"init", "principal"}, {"shrink", 0.45}, {"max_iterations", 64}, {"refine", true}}));
  EXPECT_EQ(report.at("seed"), 18446744073709551615u);
  EXPECT_EQ(report.at("device"), "llvmpipe");
  EXPECT_EQ(report.at("steps"), 64);
  EXPECT_EQ(report.at("seconds"), 0.4215);
  EXPECT_EQ(
      report.at("bytes"),
      (json{{"total", 393364}, {"endpoints", 172032}, {"p-bits", 6144}, {"indices", 215040}, {"DDS header", 148}}));
  EXPECT_EQ(report.at("bits_per_pixel"), 393364 * 8.0 / (768 * 512));
  EXPECT_EQ(report.at("compression_ratio"), 768 * 512 * 3 / 393364.0);
  EXPECT_EQ(report.at("psnr_db"), 39.954321);
  EXPECT_EQ(report.at("psnr_relaxed_db"), 40.2121);
  EXPECT_EQ(report.at("ssim"), 0.98712345);
  EXPECT_EQ(report.at("max_error"), 16.0 / 255);
  EXPECT_FALSE(report.contains("psnr_alpha_db"));
  EXPECT_EQ(report.at("history").size(), 2u);
  EXPECT_EQ(report.at("history")[0], (json{{"step", 1}, {"seconds", 0.01}, {"psnr_db", 39.1}}));
  EXPECT_EQ(report.at("history")[1].at("psnr_db"), "inf");
}

TEST(Report, SaysWhatThereIsNot) {
  ResultRecord record = make_record();
  record.preset.clear();
  record.psnr_relaxed_db.reset();
  record.figures.ssim.reset();
  record.figures.psnr_db = std::numeric_limits<double>::infinity();
  record.history.clear();
  const json report = json::parse(report_json(record));
  EXPECT_TRUE(report.at("preset").is_null());
  EXPECT_TRUE(report.at("ssim").is_null());
  EXPECT_FALSE(report.contains("psnr_relaxed_db"));
  EXPECT_EQ(report.at("psnr_db"), "inf");
  EXPECT_EQ(report.at("history"), json::array());
}

TEST(Report, AlphaHasItsOwnFigure) {
  ResultRecord record = make_record();
  record.channels = 4;
  const json report = json::parse(report_json(record));
  EXPECT_EQ(report.at("psnr_alpha_db"), 31.5);
  EXPECT_EQ(report.at("compression_ratio"), 768 * 512 * 4 / 393364.0);
}

TEST(Report, PartsOfNoWholeBytesStayExact) {
  ResultRecord record = make_record();
  record.parts = {{"p-bits", 2}, {"indices", 63}};
  const json report = json::parse(report_json(record));
  EXPECT_EQ(report.at("bytes").at("p-bits"), 0.25);
  EXPECT_EQ(report.at("bytes").at("indices"), 7.875);
  EXPECT_EQ(report.at("bytes").at("total"), 9);
}

TEST(Report, PathsThatAreNoTextDoNotBreakIt) {
  ResultRecord record = make_record();
  record.image_path = "a\xFF\"b\n.png";
  const json report = json::parse(report_json(record));
  EXPECT_EQ(report.at("image").at("path"), "a\xEF\xBF\xBD\"b\n.png");
}

TEST(Report, NothingYetIsNoDivisionByZero) {
  const json report = json::parse(report_json(ResultRecord{}));
  EXPECT_EQ(report.at("bits_per_pixel"), 0);
  EXPECT_EQ(report.at("compression_ratio"), 0);
}

ResultRecord make_training() {
  ResultRecord record = make_record();
  record.loss = 1.68e-4;
  record.resumed_from = "half.txs";
  record.history = {{10, 0.5, 20.0, 0.01, 3e-3}};
  CodedResult coded;
  coded.coding = "jpeg 85";
  coded.parts = {{"grids", 8 * 1000}, {"decoder", 8 * 500}};
  coded.bytes = 1500;
  coded.figures.psnr_db = 37.25;
  record.coded = coded;
  return record;
}

TEST(Report, TrainingsAddTheirFiguresAndBothStages) {
  const json report = json::parse(report_json(make_training()));
  EXPECT_EQ(report.at("loss"), 1.68e-4);
  EXPECT_EQ(report.at("resumed_from"), "half.txs");
  EXPECT_EQ(report.at("history"),
            (json{{{"step", 10}, {"seconds", 0.5}, {"psnr_db", 20.0}, {"loss", 0.01}, {"learning_rate", 3e-3}}}));
  EXPECT_EQ(report.at("psnr_db"), 39.954321) << "of the grids as they are";
  EXPECT_EQ(report.at("stage2"), "jpeg 85");
  EXPECT_EQ(report.at("psnr_stage2_db"), 37.25);
  EXPECT_EQ(report.at("bytes_stage2"), (json{{"total", 1500}, {"grids", 1000}, {"decoder", 500}}));
  EXPECT_EQ(report.at("bits_per_pixel_stage2"), 1500 * 8.0 / (768 * 512));
  EXPECT_EQ(report.at("compression_ratio_stage2"), 768 * 512 * 3 / 1500.0);

  const json without = json::parse(report_json(make_record()));
  for (const char* key : {"loss", "resumed_from", "stage2", "psnr_stage2_db", "bytes_stage2"})
    EXPECT_FALSE(without.contains(key)) << key;
  EXPECT_FALSE(without.at("history").at(0).contains("loss"));
}

std::string summary_value(const ResultRecord& record, const std::string& name) {
  for (const SummaryGroup& group : summary(record))
    for (const SummaryField& field : group.fields)
      if (field.name == name) return field.value;
  return "missing";
}

TEST(Report, FiguresOfLightHaveNamesOfTheirOwn) {
  ResultRecord record = make_record();
  record.figures.measure = metrics::Measure::light;
  record.figures.ssim.reset();
  record.figures.rmsle = 0.0123;
  const json report = json::parse(report_json(record));
  EXPECT_EQ(report.at("measure"), "mPSNR");
  EXPECT_EQ(report.at("psnr_db"), 39.954321);
  EXPECT_EQ(report.at("mpsnr_db"), 39.954321);
  EXPECT_EQ(report.at("rmsle"), 0.0123);
  EXPECT_EQ(report.at("max_log_error"), 16.0 / 255);
  EXPECT_FALSE(report.contains("max_error"));
  EXPECT_TRUE(report.at("figures").get<std::string>().starts_with("mPSNR"));
  EXPECT_EQ(report.at("compression_ratio"), 768 * 512 * 6 / 393364.0) << "against halves of R, G, B";
  EXPECT_EQ(summary_value(record, "mPSNR"), "39.95 dB");
  EXPECT_EQ(summary_value(record, "RMSLE"), "0.01230");
  EXPECT_EQ(summary_value(record, "max log error"), "0.0627");
  EXPECT_EQ(summary_value(record, "SSIM luma"), "missing");
  EXPECT_EQ(summary_value(record, "channels"), "RGB, half float");
}

TEST(Report, FiguresOfFewerChannelsSayWhich) {
  ResultRecord record = make_record();
  record.channels = 4;
  record.figures.measure = metrics::Measure::red_green;
  record.figures.ssim.reset();
  record.figures.angular = {0.75, 4.5};
  const json report = json::parse(report_json(record));
  EXPECT_EQ(report.at("measure"), "PSNR RG");
  EXPECT_EQ(report.at("angle_mean_degrees"), 0.75);
  EXPECT_EQ(report.at("angle_max_degrees"), 4.5);
  EXPECT_FALSE(report.contains("psnr_alpha_db"));
  EXPECT_EQ(report.at("compression_ratio"), 768 * 512 * 2 / 393364.0);
  EXPECT_EQ(summary_value(record, "PSNR RG"), "39.95 dB");
  EXPECT_EQ(summary_value(record, "angle of normals"), "mean 0.750, max 4.50 degrees");
  record.figures.measure = metrics::Measure::red;
  record.figures.ssim = 0.5;
  EXPECT_EQ(summary_value(record, "SSIM R"), "0.5000");
  EXPECT_EQ(summary_value(record, "PSNR alpha"), "missing");
}

TEST(Summary, ShowsBothPsnrsSideBySide) {
  const std::vector<SummaryGroup> groups = summary(make_training());
  const auto value = [&](const std::string& name) {
    for (const SummaryGroup& group : groups)
      for (const SummaryField& field : group.fields)
        if (field.name == name) return field.value;
    return std::string("missing");
  };
  EXPECT_EQ(value("PSNR RGB"), "39.95 dB");
  EXPECT_EQ(value("PSNR RGB, jpeg 85"), "37.25 dB");
  EXPECT_EQ(value("file, jpeg 85"), "1.46 KiB");
  EXPECT_EQ(value("rate, jpeg 85"), "0.031 bpp");
  EXPECT_EQ(value("ratio, jpeg 85"), "786.43 : 1");
  EXPECT_EQ(value("loss"), "1.7e-4");
  EXPECT_EQ(value("steps"), "64 in 0.42 s since half.txs");
}

TEST(Summary, LinesSayTheFiguresAligned) {
  const std::vector<std::string> lines = summary_lines(make_record());
  const auto line_of = [&](const std::string& name) {
    for (const std::string& line : lines) {
      if (line.starts_with("  " + name + "  ")) return line;
    }
    return std::string();
  };
  for (const auto& [name, value] : std::map<std::string, std::string>{{"image", "kodim23.png"},
                                                                      {"texels", "768 x 512"},
                                                                      {"PSNR RGB", "39.95 dB"},
                                                                      {"PSNR relaxed", "40.21 dB (not in the file)"},
                                                                      {"SSIM luma", "0.9871"},
                                                                      {"max error", "0.0627 of 1"},
                                                                      {"file", "384.1 KiB"},
                                                                      {"rate", "8.003 bpp"},
                                                                      {"ratio", "3.00 : 1"},
                                                                      {"endpoints", "168.0 KiB"},
                                                                      {"DDS header", "148 B"},
                                                                      {"steps", "64 in 0.42 s"},
                                                                      {"seed", "18446744073709551615"},
                                                                      {"preset", "tinybc"},
                                                                      {"init", "principal"}}) {
    EXPECT_TRUE(line_of(name).ends_with("  " + value)) << name << ": " << line_of(name);
  }

  std::set<std::size_t> columns;
  for (const std::string& line : lines) {
    if (!line.starts_with("  ")) continue;  // a heading
    const std::size_t gap = line.find("  ", 2);
    columns.insert(line.find_first_not_of(' ', gap));
  }
  EXPECT_EQ(columns.size(), 1u);
}

TEST(Units, AreTheSameEverywhere) {
  EXPECT_EQ(scientific_text(1.68e-4), "1.7e-4");
  EXPECT_EQ(scientific_text(0), "0.0e0");
  EXPECT_EQ(scientific_text(-3.04e12), "-3.0e12");
  EXPECT_EQ(scientific_text(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(bytes_text(0), "0 B");
  EXPECT_EQ(bytes_text(1023), "1023 B");
  EXPECT_EQ(bytes_text(1024), "1.00 KiB");
  EXPECT_EQ(bytes_text(29286), "28.6 KiB");
  EXPECT_EQ(bytes_text(1048524), "1023.9 KiB");
  EXPECT_EQ(bytes_text(1048575), "1.00 MiB");
  EXPECT_EQ(bytes_text(std::uint64_t(1) << 28), "256.0 MiB");
  EXPECT_EQ(bits_text(2500), "312.5 B");
  EXPECT_EQ(bits_text(7), "0.875 B");
  EXPECT_EQ(db_text(39.954), "39.95 dB");
  EXPECT_EQ(db_text(std::numeric_limits<double>::infinity()), "inf dB");
  EXPECT_EQ(bits_per_pixel_text(8), "8.000 bpp");
  EXPECT_EQ(ratio_text(3), "3.00 : 1");
}

}  // namespace
}  // namespace txs::artifact
