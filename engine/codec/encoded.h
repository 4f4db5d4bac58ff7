#pragma once
#include <utility>
#include <variant>

#include "codec/encoded_network.h"
#include "codec/encoded_texture.h"

namespace txs::codec {

/// What an artifact holds: what containers write and read, and what codecs decode.
using Encoded = std::variant<EncodedTexture, EncodedNetwork>;

inline Provenance& provenance(Encoded& encoded) {
  return std::visit([](auto& which) -> Provenance& { return which.provenance; }, encoded);
}
inline const Provenance& provenance(const Encoded& encoded) {
  return std::visit([](const auto& which) -> const Provenance& { return which.provenance; }, encoded);
}

}  // namespace txs::codec
