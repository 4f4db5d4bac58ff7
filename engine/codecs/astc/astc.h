#pragma once
#include "codec/codec.h"

namespace txs::astc {

/// For the registry.
const codec::CodecKind& kind();

/// What reads ASTC of the HDR profile; it encodes nothing.
const codec::CodecKind& light_kind();
/// Makes a texture that is of the LDR profile one of the HDR profile if a block of its level 0 needs that.
void settle_range(codec::EncodedTexture& texture);

}  // namespace txs::astc
