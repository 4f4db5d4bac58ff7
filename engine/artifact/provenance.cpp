#include "artifact/provenance.h"

#include <nlohmann/json.hpp>

#include <utility>

namespace txs::artifact {
namespace {

/// Nothing unless it is a whole number from 0 on: other numbers would not survive the conversion.
std::uint64_t count(const nlohmann::json& json, const char* key) {
  const nlohmann::json& value = json.at(key);
  return value.is_number_unsigned() ? value.get<std::uint64_t>() : 0;
}

}  // namespace

void put_provenance(nlohmann::ordered_json& json, const codec::Provenance& provenance) {
  json["codec"] = provenance.codec;
  json["preset"] = provenance.preset;
  json["version"] = provenance.version;
  json["device"] = provenance.device;
  json["parameters"] = provenance.parameters;
  json["seed"] = provenance.seed;
  json["steps"] = provenance.steps;
}

codec::Provenance get_provenance(const nlohmann::json& json) {
  codec::Provenance provenance;
  json.at("codec").get_to(provenance.codec);
  json.at("preset").get_to(provenance.preset);
  json.at("version").get_to(provenance.version);
  json.at("device").get_to(provenance.device);
  json.at("parameters").get_to(provenance.parameters);
  provenance.seed = count(json, "seed");
  provenance.steps = count(json, "steps");
  return provenance;
}

std::string provenance_json(const codec::EncodedTexture& texture) {
  nlohmann::ordered_json json;
  put_provenance(json, texture.provenance);
  json["opaque"] = texture.opaque;
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

void read_provenance(std::span<const std::byte> text, codec::EncodedTexture& texture) {
  if (text.size() > max_json_bytes) return;
  try {
    const auto* first = reinterpret_cast<const char*>(text.data());
    const auto json = nlohmann::json::parse(first, first + text.size());
    codec::Provenance provenance = get_provenance(json);
    texture.opaque = json.at("opaque").get<bool>();
    texture.provenance = std::move(provenance);
  } catch (const nlohmann::json::exception&) {
    // Some other program's data under our key.
  }
}

}  // namespace txs::artifact
