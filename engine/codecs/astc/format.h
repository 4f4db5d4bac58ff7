#pragma once
#include "block/format.h"
#include "codecs/astc/astc_block.h"
#include "image/image.h"

namespace txs::astc {

/// `texture_format` is one of ASTC's.
block::Format format(codec::TextureFormat texture_format);

Footprint footprint_of(codec::TextureFormat texture_format);

/// Level 0 by the CPU reference. Throws Error(input) if it has not as many bytes as its size asks for.
Rgba8Image decode_image(const codec::EncodedTexture& texture);

}  // namespace txs::astc
