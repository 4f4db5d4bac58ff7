#pragma once
#include <cstddef>
#include <span>
#include <string>

#include "codec/encoded_texture.h"

namespace txs::artifact {

/// The provenance as one line of JSON: codec, preset, version, device, parameters, seed, steps, opaque.
std::string provenance_json(const codec::EncodedTexture& texture);

/// Takes it back into `texture`. What is no such JSON, or over 64 KiB, leaves it unchanged: the picture needs it not.
void read_provenance(std::span<const std::byte> text, codec::EncodedTexture& texture);

}  // namespace txs::artifact
