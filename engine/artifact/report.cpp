#include "artifact/report.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/version.h"

namespace txs::artifact {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no infinity.
Json number(double value) { return std::isinf(value) ? Json("inf") : Json(value); }

/// Parts of block codecs need not fill whole bytes in a picture of few blocks; eighths are exact in JSON.
Json byte_count(std::uint64_t bits) { return bits % 8 == 0 ? Json(bits / 8) : Json(static_cast<double>(bits) / 8); }

/// "0.5" becomes 0.5, "true" true; "principal" stays text.
Json parameter_value(const std::string& text) {
  const Json value = Json::parse(text, nullptr, false);
  return value.is_number() || value.is_boolean() ? value : Json(text);
}

Json parameters(const ResultRecord& record) {
  Json json = Json::object();
  for (const auto& [key, text] : record.parameters) json[key] = parameter_value(text);
  return json;
}

Json bytes(std::uint64_t total, const std::vector<codec::BitPart>& parts) {
  Json json{{"total", total}};
  for (const codec::BitPart& part : parts) json[part.name] = byte_count(part.bits);
  return json;
}

Json history(const ResultRecord& record) {
  Json json = Json::array();
  for (const HistoryPoint& point : record.history) {
    Json entry{{"step", point.step}, {"seconds", point.seconds}, {"psnr_db", number(point.psnr_db)}};
    if (point.loss) entry["loss"] = *point.loss;
    if (point.learning_rate) entry["learning_rate"] = *point.learning_rate;
    if (point.hamming) entry["hamming_error"] = *point.hamming;
    json.push_back(std::move(entry));
  }
  return json;
}

std::uint64_t total_bits(const ResultRecord& record) {
  std::uint64_t bits = 0;
  for (const codec::BitPart& part : record.parts) bits += part.bits;
  return bits;
}

double bits_per_pixel_of(std::uint64_t bytes, double pixels) {
  return pixels == 0 ? 0 : static_cast<double>(bytes) * 8 / pixels;
}
double ratio_of(std::uint64_t bytes, double pixels, int channels) {
  return bytes == 0 ? 0 : pixels * channels / static_cast<double>(bytes);
}

double pixels(int width, int height) { return double(width) * double(height); }

/// Those beside the main one.
void put_figures(Json& json, const ResultRecord& record) {
  const metrics::Figures& figures = record.figures;
  if (figures.measure == metrics::Measure::light) json["mpsnr_db"] = number(figures.psnr_db);
  if (figures.rmsle) json["rmsle"] = *figures.rmsle;
  if (record.measures_alpha()) json["psnr_alpha_db"] = number(figures.psnr_alpha_db);
  json["ssim"] = figures.ssim ? Json(*figures.ssim) : Json();
  json[figures.measure == metrics::Measure::light ? "max_log_error" : "max_error"] = figures.max_error;
  if (!figures.angular) return;
  json["angle_mean_degrees"] = figures.angular->mean_degrees;
  json["angle_max_degrees"] = figures.angular->max_degrees;
}

void put_coded(Json& json, const ResultRecord& record) {
  const CodedResult& coded = *record.coded;
  json["stage2"] = coded.coding;
  json["psnr_stage2_db"] = number(coded.figures.psnr_db);
  json["bytes_stage2"] = bytes(coded.bytes, coded.parts);
  json["bits_per_pixel_stage2"] = coded.bits_per_pixel(record.width, record.height);
  json["compression_ratio_stage2"] = coded.compression_ratio(record.width, record.height, record.channels);
}

void put_mips(Json& json, const ResultRecord& record) {
  json["mips"] = {{"filter", record.mips->filter.empty() ? Json() : Json(record.mips->filter)},
                  {"levels", record.mips->levels},
                  {"bytes", record.mips->bytes},
                  {"bits_per_pixel", bits_per_pixel_of(record.mips->bytes, pixels(record.width, record.height))}};
}

}  // namespace

double CodedResult::bits_per_pixel(int width, int height) const { return bits_per_pixel_of(bytes, pixels(width, height)); }

double CodedResult::compression_ratio(int width, int height, int channels) const {
  return ratio_of(bytes, pixels(width, height), channels);
}

bool ResultRecord::has_blocks() const { return block != codec::BlockSize(); }

std::uint64_t ResultRecord::total_bytes() const { return (total_bits(*this) + 7) / 8; }

double ResultRecord::bits_per_pixel() const {
  return bits_per_pixel_of(total_bytes(), pixels(width, height));
}

double ResultRecord::compression_ratio() const {
  return ratio_of(total_bytes(), pixels(width, height), raw_bytes_per_texel(figures.measure, channels));
}

int raw_bytes_per_texel(metrics::Measure measure, int source_channels) {
  switch (measure) {
    case metrics::Measure::red: return 1;
    case metrics::Measure::red_green: return 2;
    case metrics::Measure::rgb: return source_channels;
    case metrics::Measure::light: return 6;
  }
  return source_channels;
}

std::string report_json(const ResultRecord& record) {
  Json json{
      {"version", version},
      {"image",
       {{"path", record.image_path},
        {"width", record.width},
        {"height", record.height},
        {"channels", record.channels}}},
      {"codec", record.codec},
      {"preset", record.preset.empty() ? Json() : Json(record.preset)},
      {"artifact", record.artifact.empty() ? Json() : Json(record.artifact)},
      {"block", record.has_blocks() ? Json{{"width", record.block.width}, {"height", record.block.height}} : Json()},
      {"parameters", parameters(record)},
      {"seed", record.seed},
      {"device", record.device},
      {"steps", record.steps},
      {"seconds", record.seconds},
      {"bytes", bytes(record.total_bytes(), record.parts)},
      {"bits_per_pixel", record.bits_per_pixel()},
      {"compression_ratio", record.compression_ratio()},
      {"measure", metrics::psnr_name(record.figures.measure)},
      {"psnr_db", number(record.figures.psnr_db)},
  };
  if (record.psnr_relaxed_db) json["psnr_relaxed_db"] = number(*record.psnr_relaxed_db);
  if (record.loss) json["loss"] = *record.loss;
  if (!record.resumed_from.empty()) json["resumed_from"] = record.resumed_from;
  if (record.coded) put_coded(json, record);
  if (record.mips) put_mips(json, record);
  put_figures(json, record);
  json["figures"] = metrics::definition(record.figures.measure);
  json["history"] = history(record);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string report_json(const ResultRecord& record, const ResultRecord& other,
                        const std::optional<metrics::Figures>& between) {
  Json json = Json::parse(report_json(record));
  json["other"] = Json::parse(report_json(other));
  json["between"] = Json();
  if (between)
    json["between"] = {{"figure", metrics::psnr_name(between->measure)},
                       {"psnr_db", number(between->psnr_db)},
                       {"max_error", between->max_error}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace txs::artifact
