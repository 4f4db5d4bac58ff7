#pragma once
#include "codec/codec.h"
#include "codec/inspection.h"
#include "codecs/astc/astc_block.h"

namespace txs::astc {

/// What the inspector shows of the bits of a block of the HDR profile. `x`, `y` in blocks; the source has its light.
codec::BlockInspection inspect_light(BlockBytes bytes, const Footprint& footprint, const codec::Source& source,
                                     std::uint32_t x, std::uint32_t y);

}  // namespace txs::astc
