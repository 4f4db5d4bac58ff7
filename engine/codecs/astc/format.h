#pragma once
#include "block/format.h"
#include "codecs/astc/astc_block.h"
#include "image/image.h"

namespace txs::astc {

/// `texture_format` is one of ASTC's.
block::Format format(codec::TextureFormat texture_format);

Footprint footprint_of(codec::TextureFormat texture_format);
Profile profile_of(codec::TextureFormat texture_format);
/// Of one of the fourteen sizes; sRGB only of the LDR profile.
codec::TextureFormat texture_format(const Footprint& footprint, Profile profile, bool srgb);

/// Level 0 by the CPU reference, of the LDR profile; and of the HDR profile. Throws Error(input) if it has not as many
/// bytes as its size asks for.
Rgba8Image decode_image(const codec::EncodedTexture& texture);
Rgba16fImage decode_light_image(const codec::EncodedTexture& texture);

}  // namespace txs::astc
