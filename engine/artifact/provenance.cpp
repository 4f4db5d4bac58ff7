#include "artifact/provenance.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace txs::artifact {
namespace {

/// A tree of JSON values may take some thirty times the bytes of its text; this bounds what a file can claim.
constexpr std::size_t max_provenance_bytes = 64 << 10;

/// Nothing unless it is a whole number from 0 on: other numbers would not survive the conversion.
std::uint64_t count(const nlohmann::json& json, const char* key) {
  const nlohmann::json& value = json.at(key);
  return value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
}

}  // namespace

std::string provenance_json(const codec::EncodedTexture& texture) {
  const codec::Provenance& from = texture.provenance;
  const nlohmann::ordered_json json{
      {"codec", from.codec},           {"preset", from.preset}, {"version", from.version}, {"device", from.device},
      {"parameters", from.parameters}, {"seed", from.seed},     {"steps", from.steps},     {"opaque", texture.opaque},
  };
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void read_provenance(std::span<const std::byte> text, codec::EncodedTexture& texture) {
  if (text.size() > max_provenance_bytes) return;
  try {
    const auto* first = reinterpret_cast<const char*>(text.data());
    const auto json = nlohmann::json::parse(first, first + text.size());
    codec::Provenance provenance;
    json.at("codec").get_to(provenance.codec);
    json.at("preset").get_to(provenance.preset);
    json.at("version").get_to(provenance.version);
    json.at("device").get_to(provenance.device);
    json.at("parameters").get_to(provenance.parameters);
    provenance.seed = count(json, "seed");
    provenance.steps = count(json, "steps");
    texture.opaque = json.at("opaque").get<bool>();
    texture.provenance = std::move(provenance);
  } catch (const nlohmann::json::exception&) {
    // Some other program's data under our key.
  }
}

}  // namespace txs::artifact
