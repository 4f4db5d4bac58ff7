#include "image/tone_map.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/half.h"

namespace txs {
namespace {

constexpr double key = 0.18;
constexpr double white_fraction = 0.999;

/// Luminances counted by the upper 16 bits of their float: 128 steps an octave, over all that a float can hold.
class LuminanceHistogram {
 public:
  void add(float luminance) { ++counts_[bin(luminance)]; }

  /// The upper end of the step that holds the given fraction of all.
  float percentile(double fraction, std::size_t total) const {
    const double wanted = fraction * static_cast<double>(total);
    std::size_t seen = 0;
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      seen += counts_[i];
      if (static_cast<double>(seen) >= wanted)
        return std::bit_cast<float>(static_cast<std::uint32_t>((i << 16) | 0xFFFF));
    }
    return 0;
  }

 private:
  static std::size_t bin(float luminance) { return std::bit_cast<std::uint32_t>(luminance) >> 16; }

  std::vector<std::size_t> counts_ = std::vector<std::size_t>(std::size_t(1) << 15);  // no sign bit: not negative
};

float luminance(const std::array<float, 3>& rgb) { return 0.2126f * rgb[0] + 0.7152f * rgb[1] + 0.0722f * rgb[2]; }

float luminance_at(const Image& image, std::size_t texel) {
  std::array<float, 3> rgb;
  const std::size_t channels = static_cast<std::size_t>(image.channels);
  for (std::size_t c = 0; c < 3; ++c)
    std::memcpy(&rgb[c], image.pixels.data() + (texel * channels + (channels < 3 ? 0 : c)) * sizeof(float),
                sizeof(float));
  return luminance(rgb);
}

float luminance_at(const Rgba16fImage& image, std::size_t texel) {
  const auto* const rgb = image.texels.data() + texel * 4;
  return luminance({half_to_float(rgb[0]), half_to_float(rgb[1]), half_to_float(rgb[2])});
}

Exposure exposure_of(const auto& picture) {
  LuminanceHistogram histogram;
  double log_sum = 0;
  std::size_t lit = 0;
  for (std::size_t texel = 0; texel < picture.pixel_count(); ++texel) {
    const float found = luminance_at(picture, texel);
    if (!(found > 0) || !std::isfinite(found)) continue;
    histogram.add(found);
    log_sum += std::log(found);
    ++lit;
  }
  if (lit == 0) return {};
  const double scale = key / std::exp(log_sum / static_cast<double>(lit));
  const double white = scale * histogram.percentile(white_fraction, lit);
  return {static_cast<float>(scale), static_cast<float>(std::max(white, 1.0))};
}

}  // namespace

float tone_map(float linear, float white_point) {
  if (!(linear > 0)) return 0;
  if (linear >= white_point) return 1;
  return std::min(linear * (1 + linear / (white_point * white_point)) / (1 + linear), 1.0f);
}

std::string_view tone_curve_name(ToneCurve curve) {
  switch (curve) {
    case ToneCurve::reinhard: return "Reinhard";
    case ToneCurve::clamp: return "Clamp";
    case ToneCurve::filmic: return "Filmic";
  }
  return "";
}

float tone_map(ToneCurve curve, float linear, float white_point) {
  if (!(linear > 0)) return 0;
  switch (curve) {
    case ToneCurve::reinhard: return tone_map(linear, white_point);
    case ToneCurve::clamp: return std::min(linear, 1.0f);
    case ToneCurve::filmic: {
      const float v = std::min(linear, 1e6f);  // beyond it the squares overflow, and white is reached long before
      return std::min(v * (2.51f * v + 0.03f) / (v * (2.43f * v + 0.59f) + 0.14f), 1.0f);
    }
  }
  return 0;
}

float srgb_encode(float linear) {
  return linear <= 0.0031308f ? 12.92f * linear : 1.055f * std::pow(linear, 1 / 2.4f) - 0.055f;
}

float srgb_decode(float encoded) {
  return encoded <= 0.04045f ? encoded / 12.92f : std::pow((encoded + 0.055f) / 1.055f, 2.4f);
}

Exposure automatic_exposure(const Image& hdr) { return exposure_of(hdr); }
Exposure automatic_exposure(const Rgba16fImage& light) { return exposure_of(light); }

}  // namespace txs
