#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <span>

#include "image/image.h"
#include "image/tone_map.h"

namespace txs {
namespace {

/// v * 255 / 65535 = v / 257, to nearest; 257 is odd, there are no ties.
std::uint8_t to_byte(std::uint16_t sample) { return static_cast<std::uint8_t>((sample + 128) / 257); }

std::uint8_t to_byte(float unit) { return static_cast<std::uint8_t>(std::lround(std::clamp(unit, 0.0f, 1.0f) * 255)); }

/// Spreads texels of `channels` samples to RGBA: each colour sample by `colour_to_byte`, alpha by `alpha_to_byte`.
template <class Sample, std::size_t channels>
void spread(const std::byte* from, std::span<std::uint8_t> rgba, auto colour_to_byte, auto alpha_to_byte) {
  for (std::size_t i = 0; i < rgba.size(); i += 4, from += channels * sizeof(Sample)) {
    std::array<Sample, channels> texel;
    std::memcpy(texel.data(), from, sizeof(texel));
    for (std::size_t c = 0; c < 3; ++c) rgba[i + c] = colour_to_byte(texel[channels < 3 ? 0 : c]);
    rgba[i + 3] = channels % 2 == 0 ? alpha_to_byte(texel[channels - 1]) : 255;
  }
}

template <class Sample>
Rgba8Image spread(const Image& image, auto colour_to_byte, auto alpha_to_byte) {
  Rgba8Image result{image.width, image.height, std::vector<std::uint8_t>(image.pixel_count() * 4)};
  const std::byte* from = image.pixels.data();
  switch (image.channels) {
    case 1: spread<Sample, 1>(from, result.texels, colour_to_byte, alpha_to_byte); break;
    case 2: spread<Sample, 2>(from, result.texels, colour_to_byte, alpha_to_byte); break;
    case 3: spread<Sample, 3>(from, result.texels, colour_to_byte, alpha_to_byte); break;
    default: spread<Sample, 4>(from, result.texels, colour_to_byte, alpha_to_byte); break;
  }
  return result;
}

}  // namespace

Rgba8Image to_rgba8(const Image& image) {
  switch (image.samples) {
    case SampleType::u8: {
      const auto as_it_is = [](std::uint8_t sample) { return sample; };
      return spread<std::uint8_t>(image, as_it_is, as_it_is);
    }
    case SampleType::u16: {
      const auto rounded = [](std::uint16_t sample) { return to_byte(sample); };
      return spread<std::uint16_t>(image, rounded, rounded);
    }
    case SampleType::f32: break;
  }
  const Exposure exposure = automatic_exposure(image);
  const auto shown = [=](float light) {
    return to_byte(srgb_encode(tone_map(light * exposure.scale, exposure.white_point)));
  };
  return spread<float>(image, shown, [](float alpha) { return to_byte(alpha); });
}

}  // namespace txs
