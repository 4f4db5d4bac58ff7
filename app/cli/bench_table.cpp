#include "cli/bench_table.h"

#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace txs::app {
namespace {

/// "37.1 %"; "-" for what is not known.
std::string rounded(std::optional<double> value, double factor, int digits, const char* unit = "") {
  if (!value) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.*f%s", digits, *value * factor, unit);
  return text;
}

std::optional<double> megapixels_a_second(const BenchRow& row, std::optional<double> milliseconds) {
  if (!milliseconds || *milliseconds <= 0) return {};
  return row.megapixels() / (*milliseconds / 1000);
}

double cpu_seconds_a_megapixel(const BenchRow& row) { return row.cpu_ms / 1000 / row.megapixels(); }

void print_heading(bool trainings) {
  if (trainings)
    std::printf("%-20s %-22s %11s %8s %10s %10s %8s %8s %10s\n", "picture", "setting", "size", "steps", "steps/s", "s/step",
                "GFLOP/s", "of peak", "decode ms");
  else
    std::printf("%-20s %-22s %11s %10s %10s %10s %9s %9s %9s %12s  %s\n", "picture", "setting", "size", "GPU ms", "wall ms",
                "CPU ms", "MP/s GPU", "MP/s wall", "CPU s/MP", "decode MP/s", "quality");
}

void print_training(const BenchRow& row) {
  const BenchRow::Training& training = *row.training;
  std::printf("%8llu %10.2f %10.4f %8s %8s %10s\n", static_cast<unsigned long long>(training.steps),
              1 / row.seconds_a_step(), row.seconds_a_step(), rounded(training.gflops, 1, 1).c_str(),
              rounded(training.share_of_peak, 100, 1, " %").c_str(), rounded(row.decode_gpu_ms, 1, 2).c_str());
}

void print_search(const BenchRow& row) {
  std::string quality = "-";
  if (row.psnr_db) quality = rounded(row.psnr_db, 1, 2, " dB ") + std::string(metrics::psnr_name(row.measure));
  std::printf("%10s %10.2f %10.2f %9s %9s %9.3f %12s  %s\n", rounded(row.gpu_ms, 1, 2).c_str(), row.wall_ms, row.cpu_ms,
              rounded(megapixels_a_second(row, row.gpu_ms), 1, 2).c_str(),
              rounded(megapixels_a_second(row, row.wall_ms), 1, 2).c_str(), cpu_seconds_a_megapixel(row),
              rounded(megapixels_a_second(row, row.decode_gpu_ms), 1, 1).c_str(), quality.c_str());
}

/// Null for what is not known; infinity as the text "inf", as in reports.
nlohmann::ordered_json number(std::optional<double> value) {
  if (!value) return nullptr;
  return std::isinf(*value) ? nlohmann::ordered_json("inf") : nlohmann::ordered_json(*value);
}
}  // namespace

nlohmann::ordered_json row_json(const BenchRow& row) {
  nlohmann::ordered_json json = {{"picture", row.picture}, {"width", row.width},           {"height", row.height},
                                 {"codec", row.codec},     {"setting", row.setting},       {"gpu_ms", number(row.gpu_ms)},
                                 {"wall_ms", row.wall_ms}, {"cpu_ms", row.cpu_ms}};
  if (row.training) {
    json["steps"] = row.training->steps;
    json["seconds_per_step"] = row.seconds_a_step();
    json["steps_per_second"] = 1 / row.seconds_a_step();
    if (row.training->gflops) json["gflops"] = *row.training->gflops;
    if (row.training->share_of_peak) json["share_of_peak"] = *row.training->share_of_peak;
  } else {
    json["megapixels_per_second_gpu"] = number(megapixels_a_second(row, row.gpu_ms));
    json["megapixels_per_second_wall"] = number(megapixels_a_second(row, row.wall_ms));
    json["cpu_seconds_per_megapixel"] = cpu_seconds_a_megapixel(row);
  }
  json["decode_gpu_ms"] = number(row.decode_gpu_ms);
  json["decode_megapixels_per_second"] = number(megapixels_a_second(row, row.decode_gpu_ms));
  json["psnr_db"] = number(row.psnr_db);
  json["psnr_of"] = metrics::psnr_name(row.measure);
  return json;
}

void BenchTable::print(const BenchRow& row) {
  const bool trains = row.training.has_value();
  if (trainings_ != trains) print_heading(trains);
  trainings_ = trains;
  char size[32];
  std::snprintf(size, sizeof size, "%dx%d", row.width, row.height);
  std::printf("%-20s %-22s %11s ", row.picture.c_str(), row.setting.c_str(), size);
  trains ? print_training(row) : print_search(row);
  std::fflush(stdout);
}

}  // namespace txs::app
