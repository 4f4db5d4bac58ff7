#pragma once
#include <cstddef>
#include <span>

#include "image/formats/format.h"

namespace txs {

/// Decodes a file whose header was checked. Throws Unreadable: truncated or damaged. Holds at most
/// 32 bytes a texel, twice the file and 1 MiB while it works, whatever the file says.
Image decode_with_stb(std::span<const std::byte> file, const ImageHeader& header);

}  // namespace txs
