#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>
#include <vector>

#include "core/half.h"
#include "image/image.h"
#include "image/tone_map.h"

namespace txs {
namespace {

/// v * 255 / 65535 = v / 257, to nearest; 257 is odd, there are no ties.
std::uint8_t to_byte(std::uint16_t sample) { return static_cast<std::uint8_t>((sample + 128) / 257); }

std::uint8_t to_byte(float unit) { return static_cast<std::uint8_t>(std::lround(std::clamp(unit, 0.0f, 1.0f) * 255)); }

/// Spreads texels of `channels` samples to RGBA: each colour sample by `colour`, alpha by `alpha`.
template <class Sample, std::size_t channels, class Code>
void spread(const std::byte* from, std::span<Code> rgba, Code opaque, auto colour, auto alpha) {
  for (std::size_t i = 0; i < rgba.size(); i += 4, from += channels * sizeof(Sample)) {
    std::array<Sample, channels> texel;
    std::memcpy(texel.data(), from, sizeof(texel));
    for (std::size_t c = 0; c < 3; ++c) rgba[i + c] = colour(texel[channels < 3 ? 0 : c]);
    rgba[i + 3] = channels % 2 == 0 ? alpha(texel[channels - 1]) : opaque;
  }
}

template <class Sample, class Code>
std::vector<Code> spread(const Image& image, Code opaque, auto colour, auto alpha) {
  std::vector<Code> rgba(image.pixel_count() * 4);
  const std::byte* from = image.pixels.data();
  switch (image.channels) {
    case 1: spread<Sample, 1>(from, std::span(rgba), opaque, colour, alpha); break;
    case 2: spread<Sample, 2>(from, std::span(rgba), opaque, colour, alpha); break;
    case 3: spread<Sample, 3>(from, std::span(rgba), opaque, colour, alpha); break;
    default: spread<Sample, 4>(from, std::span(rgba), opaque, colour, alpha); break;
  }
  return rgba;
}

template <class Sample>
Rgba8Image to_bytes(const Image& image, auto colour, auto alpha) {
  return {image.width, image.height, spread<Sample>(image, std::uint8_t(255), colour, alpha)};
}

constexpr std::uint16_t half_one = float_to_half(1);

std::uint16_t to_half_alpha(float unit) { return float_to_finite_half(std::clamp(unit, 0.0f, 1.0f)); }

/// Every value that a stored sample can have as a half: colours as light, and alphas.
struct HalfCodes {
  std::vector<std::uint16_t> colour, alpha;

  HalfCodes(std::size_t count, ColourSpace colour_space) {
    for (std::size_t i = 0; i < count; ++i) {
      const float unit = static_cast<float>(i) / static_cast<float>(count - 1);
      colour.push_back(float_to_half(colour_space == ColourSpace::srgb ? srgb_decode(unit) : unit));
      alpha.push_back(float_to_half(unit));
    }
  }
};

template <class Sample>
std::vector<std::uint16_t> to_halves(const Image& image) {
  const HalfCodes codes(std::size_t(std::numeric_limits<Sample>::max()) + 1, image.colour_space);
  return spread<Sample>(
      image, half_one, [&](Sample sample) { return codes.colour[sample]; },
      [&](Sample sample) { return codes.alpha[sample]; });
}

}  // namespace

Rgba8Image to_rgba8(const Image& image) {
  switch (image.samples) {
    case SampleType::u8: {
      const auto as_it_is = [](std::uint8_t sample) { return sample; };
      return to_bytes<std::uint8_t>(image, as_it_is, as_it_is);
    }
    case SampleType::u16: {
      const auto rounded = [](std::uint16_t sample) { return to_byte(sample); };
      return to_bytes<std::uint16_t>(image, rounded, rounded);
    }
    case SampleType::f32: break;
  }
  const Exposure exposure = automatic_exposure(image);
  const auto shown = [=](float light) {
    return to_byte(srgb_encode(tone_map(light * exposure.scale, exposure.white_point)));
  };
  return to_bytes<float>(image, shown, [](float alpha) { return to_byte(alpha); });
}

Rgba8Image to_rgba8(const Rgba16fImage& light, const Exposure& exposure, ToneCurve curve) {
  Rgba8Image shown{light.width, light.height, std::vector<std::uint8_t>(light.texels.size())};
  for (std::size_t i = 0; i < light.texels.size(); ++i) {
    const float value = half_to_float(light.texels[i]);
    shown.texels[i] =
        to_byte(i % 4 == 3 ? value : srgb_encode(tone_map(curve, value * exposure.scale, exposure.white_point)));
  }
  return shown;
}

Rgba16fImage to_rgba16f(const Image& image) {
  Rgba16fImage result{image.width, image.height, {}};
  switch (image.samples) {
    case SampleType::u8: result.texels = to_halves<std::uint8_t>(image); break;
    case SampleType::u16: result.texels = to_halves<std::uint16_t>(image); break;
    case SampleType::f32: result.texels = spread<float>(image, half_one, float_to_finite_half, to_half_alpha); break;
  }
  return result;
}

Rgba16fImage to_rgba16f(const Rgba8Image& image, ColourSpace colour_space) {
  const HalfCodes codes(256, colour_space);
  Rgba16fImage result{image.width, image.height, std::vector<std::uint16_t>(image.texels.size())};
  for (std::size_t i = 0; i < image.texels.size(); ++i)
    result.texels[i] = (i % 4 == 3 ? codes.alpha : codes.colour)[image.texels[i]];
  return result;
}

}  // namespace txs
