#include "artifact/network_json.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "artifact/container_parts.h"
#include "artifact/grid_section.h"
#include "artifact/provenance.h"

namespace txs::artifact {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 4> activation_names = {"siren", "gelu", "silu", "relu"};
constexpr std::array<std::string_view, 4> stage2_names = {"none", "jpeg", "png", "zstd"};

/// Why a description is none, as the end of a sentence; the name of the file is known further out.
struct Unsound {
  std::string why;
};

const Json& member(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key)) throw Unsound{fmt::format("has no '{}'", key)};
  return json[key];
}

const Json& list(const Json& json, const char* key) {
  const Json& value = member(json, key);
  if (!value.is_array()) throw Unsound{fmt::format("has a '{}' that is no list", key)};
  return value;
}

std::uint32_t whole_number(const Json& value, const char* what) {
  if (!value.is_number_unsigned() || value.get<std::uint64_t>() > std::numeric_limits<std::uint32_t>::max())
    throw Unsound{fmt::format("has a '{}' that is no whole number below 2^32", what)};
  return value.get<std::uint32_t>();
}

std::uint32_t whole_member(const Json& json, const char* key) { return whole_number(member(json, key), key); }

float real_member(const Json& json, const char* key) {
  const Json& value = member(json, key);
  if (!value.is_number() || !(std::abs(value.get<double>()) <= std::numeric_limits<float>::max()))
    throw Unsound{fmt::format("has a '{}' that is no number of a float's range", key)};
  return value.get<float>();
}

template <typename Enum, std::size_t count>
Enum named_member(const Json& json, const char* key, const std::array<std::string_view, count>& names) {
  const Json& value = member(json, key);
  for (std::size_t i = 0; i < count; ++i) {
    if (value == names[i]) return static_cast<Enum>(i);
  }
  throw Unsound{fmt::format("has a '{}' that is none of {}", key, fmt::join(names, ", "))};
}

template <typename Enum, std::size_t count>
std::string_view name_of(Enum value, const std::array<std::string_view, count>& names) {
  return names.at(static_cast<std::size_t>(value));
}

codec::FeatureGrid grid_of(const Json& sizes) {
  if (!sizes.is_array() || sizes.size() != 5) throw Unsound{"has a grid of other than five sizes"};
  codec::FeatureGrid grid;
  grid.width = whole_number(sizes[0], "grids");
  grid.height = whole_number(sizes[1], "grids");
  grid.channels = whole_number(sizes[2], "grids");
  grid.entries = whole_number(sizes[3], "grids");
  grid.bits = whole_number(sizes[4], "grids");
  return grid;
}

codec::EncodedNetwork network_of(const Json& json) {
  codec::EncodedNetwork network;
  network.width = whole_member(json, "width");
  network.height = whole_member(json, "height");
  network.channels = whole_member(json, "channels");
  network.srgb = member(json, "srgb").get<bool>();
  network.activation = named_member<codec::Activation>(json, "activation", activation_names);
  network.omega0 = real_member(json, "omega0");
  std::uint64_t inputs = 0;
  for (const Json& sizes : list(json, "grids")) {
    network.grids.push_back(grid_of(sizes));
    inputs += network.grids.back().channels;
  }
  // Layers follow each other, so that their outputs are all that has to be told. A sum beyond 32 bits is no sound
  // shape, which shape_fault() sees.
  for (const Json& outputs : list(json, "layers")) {
    network.layers.push_back({static_cast<std::uint32_t>(inputs), whole_number(outputs, "layers"), {}, {}});
    inputs = network.layers.back().outputs;
  }
  network.stage2 = named_member<codec::Stage2>(json, "stage2", stage2_names);
  network.jpeg_quality = whole_member(json, "jpeg_quality");
  network.provenance = get_provenance(json);
  return network;
}

}  // namespace

std::string network_json(const codec::EncodedNetwork& network) {
  nlohmann::ordered_json json{
      {"width", network.width},
      {"height", network.height},
      {"channels", network.channels},
      {"srgb", network.srgb},
      {"activation", name_of(network.activation, activation_names)},
      {"omega0", network.omega0},
      {"grids", nlohmann::ordered_json::array()},
      {"layers", nlohmann::ordered_json::array()},
      {"stage2", name_of(network.stage2, stage2_names)},
      {"jpeg_quality", network.jpeg_quality},
  };
  for (const codec::FeatureGrid& grid : network.grids) {
    const std::uint32_t bits = stored_bits(grid, network.stage2);
    json["grids"].push_back({grid.width, grid.height, grid.channels, grid.entries, bits});
  }
  for (const codec::DenseLayer& layer : network.layers) json["layers"].push_back(layer.outputs);
  put_provenance(json, network.provenance);
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

codec::EncodedNetwork read_network_json(std::span<const std::byte> text, std::string_view name) {
  if (text.size() > max_json_bytes)
    refuse(name, fmt::format("has a description of {} bytes; at most {} are read", text.size(), max_json_bytes));
  try {
    const auto* first = reinterpret_cast<const char*>(text.data());
    return network_of(Json::parse(first, first + text.size()));
  } catch (const Unsound& unsound) {
    refuse(name, fmt::format("is no sound network file: its description {}", unsound.why));
  } catch (const Json::parse_error& error) {
    refuse(name, fmt::format("is no sound network file: its description is no JSON from byte {} on", error.byte));
  } catch (const Json::exception&) {
    refuse(name, "is no sound network file: its description lacks provenance, or has values of other types");
  }
}

}  // namespace txs::artifact
