#pragma once
#include <array>

namespace txs {

/// The curve by which HDR sources are shown and handed to LDR codecs: Reinhard's extended operator per channel,
/// v (1 + v / w^2) / (1 + v) with white point w (Reinhard et al. 2002, eq. 4), then the sRGB transfer function. [0, 1].
float tone_map(float linear, float white_point);

/// sRGB transfer functions after IEC 61966-2-1, on [0, 1].
float srgb_encode(float linear);
float srgb_decode(float encoded);

}  // namespace txs
