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

Json bytes(const ResultRecord& record) {
  Json json{{"total", record.total_bytes()}};
  for (const codec::BitPart& part : record.parts) json[part.name] = byte_count(part.bits);
  return json;
}

Json history(const ResultRecord& record) {
  Json json = Json::array();
  for (const HistoryPoint& point : record.history) {
    json.push_back({{"step", point.step}, {"seconds", point.seconds}, {"psnr_db", number(point.psnr_db)}});
  }
  return json;
}

std::uint64_t total_bits(const ResultRecord& record) {
  std::uint64_t bits = 0;
  for (const codec::BitPart& part : record.parts) bits += part.bits;
  return bits;
}

double pixels(const ResultRecord& record) { return double(record.width) * double(record.height); }

}  // namespace

std::uint64_t ResultRecord::total_bytes() const { return (total_bits(*this) + 7) / 8; }

double ResultRecord::bits_per_pixel() const {
  return pixels(*this) == 0 ? 0 : static_cast<double>(total_bytes()) * 8 / pixels(*this);
}

double ResultRecord::compression_ratio() const {
  return total_bytes() == 0 ? 0 : pixels(*this) * channels / static_cast<double>(total_bytes());
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
      {"parameters", parameters(record)},
      {"seed", record.seed},
      {"device", record.device},
      {"steps", record.steps},
      {"seconds", record.seconds},
      {"bytes", bytes(record)},
      {"bits_per_pixel", record.bits_per_pixel()},
      {"compression_ratio", record.compression_ratio()},
      {"psnr_db", number(record.figures.psnr_rgb_db)},
  };
  if (record.psnr_relaxed_db) json["psnr_relaxed_db"] = number(*record.psnr_relaxed_db);
  if (record.has_alpha()) json["psnr_alpha_db"] = number(record.figures.psnr_alpha_db);
  json["ssim"] = record.figures.ssim ? Json(*record.figures.ssim) : Json();
  json["max_error"] = record.figures.max_error;
  json["figures"] = figures_definition();
  json["history"] = history(record);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace txs::artifact
