#pragma once
#include <array>
#include <string_view>

#include "image/image.h"

namespace txs {

/// The curve by which HDR sources are shown and handed to LDR codecs: Reinhard's extended operator per channel,
/// v (1 + v / w^2) / (1 + v) with white point w (Reinhard et al. 2002, "Photographic Tone Reproduction for Digital
/// Images", eq. 4). Clamped to [0, 1]: 1 from v = w on, 0 for negative values and NaN. The result is still linear.
float tone_map(float linear, float white_point);

/// By which curve light is shown. Each takes exposed light to [0, 1], 0 for negative values and NaN, channel by channel.
enum class ToneCurve {
  reinhard,  ///< the one above
  clamp,     ///< as it is up to 1
  filmic,    ///< Narkowicz 2015, "ACES Filmic Tone Mapping Curve": v (2.51 v + 0.03) / (v (2.43 v + 0.59) + 0.14)
};
inline constexpr std::array tone_curves = {ToneCurve::reinhard, ToneCurve::clamp, ToneCurve::filmic};
std::string_view tone_curve_name(ToneCurve curve);  ///< "Reinhard"
float tone_map(ToneCurve curve, float linear, float white_point);

/// sRGB transfer functions after IEC 61966-2-1, on [0, 1].
float srgb_encode(float linear);
float srgb_decode(float encoded);

/// How an HDR picture is brought into the range of the curve: tone_map(v * scale, white_point).
struct Exposure {
  float scale = 1;
  float white_point = 1;
};

/// The exposure that the picture's own luminances (Rec. 709) give, a function of its texels alone: their geometric mean
/// comes to 0.18, the "key" of a normal scene (eq. 1 and 2 of the same paper), and white is the luminance that 99.9 %
/// of the texels do not exceed, at least 1. The paper takes the brightest texel as white; one sun would flatten all the
/// rest. Texels of luminance 0 do not count; {1, 1} for a picture that has no others.
Exposure automatic_exposure(const Image& hdr);
Exposure automatic_exposure(const Rgba16fImage& light);

/// Light as it is shown, 8 bits of sRGB; alpha as it is. Under {1, 1} and Reinhard's curve it is encoded without a
/// change: what was made of 8-bit sRGB becomes that again.
Rgba8Image to_rgba8(const Rgba16fImage& light, const Exposure& exposure, ToneCurve curve = ToneCurve::reinhard);

}  // namespace txs
