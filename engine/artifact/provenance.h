#pragma once
#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "codec/encoded_texture.h"

namespace txs::artifact {

/// A tree of JSON values may take some thirty times the bytes of its text; this bounds what a file can claim.
inline constexpr std::size_t max_json_bytes = 64 << 10;

/// codec, preset, version, device, parameters, seed, steps; a key each.
void put_provenance(nlohmann::ordered_json& json, const codec::Provenance& provenance);
/// Throws nlohmann::json::exception where a key is missing or of another type.
codec::Provenance get_provenance(const nlohmann::json& json);

/// The provenance as one line of JSON, and whether the texture is opaque.
std::string provenance_json(const codec::EncodedTexture& texture);

/// Takes it back into `texture`. What is no such JSON, or over 64 KiB, leaves it unchanged: the picture needs it not.
void read_provenance(std::span<const std::byte> text, codec::EncodedTexture& texture);

}  // namespace txs::artifact
