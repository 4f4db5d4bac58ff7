#pragma once
#include <cstddef>
#include <span>

#include "image/formats/format.h"

namespace txs {

/// Decodes an EXR whose header was checked, in any of its compressions, scanlines or the first level of tiles, half or
/// float, to f32. Colours come out as they are meant to be multiplied by alpha: EXR holds the product. Values may be
/// anything that a float can be. Throws Unreadable: truncated or damaged.
Image decode_exr(std::span<const std::byte> file, const ImageHeader& header);

}  // namespace txs
