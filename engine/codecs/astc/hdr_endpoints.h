#pragma once
#include "codecs/astc/endpoints.h"

/// The HDR endpoint modes (KDFS 23.14, HDR Endpoint Decoding), each of its colour values: of 12 bits a channel, which
/// are pseudo-logarithms.
namespace txs::astc {

using Values = std::span<const std::uint8_t>;

Endpoints hdr_luminance_large(Values v);
Endpoints hdr_luminance_small(Values v);
Endpoints hdr_rgb_scale(Values v);
Endpoints hdr_rgb(Values v);
Endpoints hdr_rgb_ldr_alpha(Values v);  ///< alpha is 0..255
Endpoints hdr_rgba(Values v);

}  // namespace txs::astc
