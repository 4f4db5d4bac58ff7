#include "image/mips.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "core/half.h"
#include "image/downsample.h"
#include "image/tone_map.h"

namespace txs {
namespace {

/// Weight of a texel without alpha in the mean that is taken where nothing has any: too little to be seen beside the
/// smallest alpha of 8 bits.
constexpr float unseen_weight = 0x1p-16f;
/// Below half a step of 8 bits a filtered alpha is none, and a colour divided by it would be noise.
constexpr float no_alpha = 0.5f / 255;

struct Range {
  float least = std::numeric_limits<float>::max(), most = std::numeric_limits<float>::lowest();

  void add(float value) {
    least = std::min(least, value);
    most = std::max(most, value);
  }
  float clamp(float value) const { return std::clamp(value, least, most); }
};

/// 8-bit texels as light and back.
class ByteCoding {
 public:
  using Picture = Rgba8Image;
  explicit ByteCoding(ColourSpace colour_space) : srgb_(colour_space == ColourSpace::srgb) {
    for (std::size_t i = 0; i < 256; ++i) light_[i] = srgb_ ? srgb_decode(float(i) / 255) : float(i) / 255;
  }

  float light(std::uint8_t colour) const { return light_[colour]; }
  static float alpha(std::uint8_t alpha) { return float(alpha) / 255; }
  std::uint8_t colour(float light) const { return byte(srgb_ ? srgb_encode(light) : light); }
  static std::uint8_t byte(float unit) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(unit, 0.0f, 1.0f) * 255));
  }
  std::uint8_t alpha_code(float alpha) const { return byte(alpha); }

 private:
  bool srgb_;
  std::array<float, 256> light_;
};

struct HalfCoding {
  using Picture = Rgba16fImage;
  static float light(std::uint16_t half) { return half_to_float(half); }
  static float alpha(std::uint16_t half) { return half_to_float(half); }
  static std::uint16_t colour(float light) { return float_to_finite_half(light); }
  static std::uint16_t alpha_code(float alpha) { return float_to_finite_half(alpha); }
};

/// A picture's rows as light, the colours times alpha plus `bias` where `weighted`, which is then the fourth channel.
template <class Coding>
RowSource light_rows(const typename Coding::Picture& picture, const Coding& coding, bool weighted, float bias) {
  return {picture.width, picture.height, [&picture, &coding, weighted, bias](int y, std::span<Texel> row) {
            auto from = picture.texels.begin() + std::ptrdiff_t(y) * picture.width * 4;
            for (Texel& texel : row) {
              texel = {coding.light(from[0]), coding.light(from[1]), coding.light(from[2]), coding.alpha(from[3])};
              from += 4;
              if (!weighted) continue;
              texel[3] += bias;
              for (std::size_t c = 0; c < 3; ++c) texel[c] *= texel[3];
            }
          }};
}

RowSource rows_of(const FloatPicture& picture) {
  return {picture.width, picture.height, [&picture](int y, std::span<Texel> row) {
            std::copy_n(picture.row(y).begin(), row.size(), row.begin());
          }};
}

template <class Coding>
std::array<Range, 4> channel_ranges(const typename Coding::Picture& picture, const Coding& coding) {
  std::array<Range, 4> ranges;
  for (std::size_t i = 0; i < picture.texels.size(); i += 4) {
    for (std::size_t c = 0; c < 3; ++c) ranges[c].add(coding.light(picture.texels[i + c]));
    ranges[3].add(coding.alpha(picture.texels[i + 3]));
  }
  return ranges;
}

/// The filtered light of a level, and, where alpha weighs it, the mean colours for texels without any.
struct Level {
  FloatPicture light, unseen;

  Texel straight(std::size_t i) const {
    Texel texel = light.texels[i];
    if (unseen.texels.empty()) return texel;
    const Texel& weighted = texel[3] > no_alpha ? texel : unseen.texels[i];
    for (std::size_t c = 0; c < 3; ++c) texel[c] = weighted[c] / weighted[3];
    return texel;
  }
};

template <class Coding>
typename Coding::Picture coded(const Level& level, const Coding& coding, const std::array<Range, 4>& ranges) {
  typename Coding::Picture picture{level.light.width, level.light.height, {}};
  picture.texels.resize(picture.pixel_count() * 4);
  for (std::size_t i = 0; i < picture.pixel_count(); ++i) {
    const Texel texel = level.straight(i);
    for (std::size_t c = 0; c < 3; ++c) picture.texels[i * 4 + c] = coding.colour(ranges[c].clamp(texel[c]));
    picture.texels[i * 4 + 3] = coding.alpha_code(ranges[3].clamp(texel[3]));
  }
  return picture;
}

template <class Coding>
std::vector<typename Coding::Picture> chain(const typename Coding::Picture& level0, const Coding& coding, Alpha alpha,
                                            MipFilter filter) {
  std::vector<typename Coding::Picture> levels;
  const int count = mip_level_count(level0.width, level0.height);
  if (count == 1) return levels;
  const bool weighted = alpha == Alpha::straight;
  const std::array<Range, 4> ranges = channel_ranges(level0, coding);
  Level level;
  level.light = downsample(light_rows(level0, coding, weighted, 0), filter);
  if (weighted) level.unseen = downsample(light_rows(level0, coding, true, unseen_weight), MipFilter::box);
  for (;;) {
    levels.push_back(coded(level, coding, ranges));
    if (int(levels.size()) + 1 == count) return levels;
    level.light = downsample(rows_of(level.light), filter);
    if (weighted) level.unseen = downsample(rows_of(level.unseen), MipFilter::box);
  }
}

}  // namespace

int mip_level_count(int width, int height) { return std::bit_width(unsigned(std::max(width, height))); }

std::vector<Rgba8Image> mip_chain(const Rgba8Image& level0, ColourSpace colour_space, Alpha alpha, MipFilter filter) {
  return chain(level0, ByteCoding(colour_space), alpha, filter);
}

std::vector<Rgba16fImage> mip_chain(const Rgba16fImage& level0, Alpha alpha, MipFilter filter) {
  return chain(level0, HalfCoding(), alpha, filter);
}

}  // namespace txs
