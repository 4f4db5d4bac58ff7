#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace txs {

/// How the stored colour values map to light.
enum class ColourSpace { srgb, linear };

/// What the last of two or four channels means. `none`: there is no such channel, or every value of it is opaque.
enum class Alpha { none, straight };

enum class SampleType { u8, u16, f32 };

constexpr std::size_t sample_size(SampleType type) {
  return type == SampleType::u8    ? sizeof(std::uint8_t)
         : type == SampleType::u16 ? sizeof(std::uint16_t)
                                   : sizeof(float);
}

/// Decoded pixels with their meaning: row-major from the top left, channels interleaved, host byte order.
struct Image {
  int width = 0;     ///< 1 .. max_image_side
  int height = 0;    ///< 1 .. max_image_side
  int channels = 0;  ///< 1 grey, 2 grey + alpha, 3 RGB, 4 RGBA
  SampleType samples = SampleType::u8;
  ColourSpace colour_space = ColourSpace::srgb;  ///< f32 samples are linear
  Alpha alpha = Alpha::none;
  std::vector<std::byte> pixels;  ///< width * height * channels * sample_size(samples) bytes
  std::string note;  ///< what reading changed that a person should know, to follow the file's name; else empty

  std::size_t pixel_count() const { return std::size_t(width) * std::size_t(height); }
  bool is_hdr() const { return samples == SampleType::f32; }
};

/// The limits that keep a header's claim from allocating the machine: 16384 is the smallest maximum that desktop
/// drivers and lavapipe give for 2D images; 2^28 pixels are 1 GiB of RGBA8. Deeper samples end at 2 GiB, as stb_image's
/// offsets do.
inline constexpr int max_image_side = 16384;
inline constexpr std::size_t max_image_pixels = std::size_t(1) << 28;
inline constexpr std::int64_t max_image_bytes = std::numeric_limits<std::int32_t>::max();

/// What codecs for LDR take and what all 8-bit figures are computed on: RGBA, one byte a channel.
struct Rgba8Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> texels;  ///< width * height * 4; alpha 255 where the source has none

  std::size_t pixel_count() const { return std::size_t(width) * std::size_t(height); }
  std::array<std::uint8_t, 4> at(int x, int y) const {
    const std::size_t i = (std::size_t(y) * std::size_t(width) + std::size_t(x)) * 4;
    return {texels[i], texels[i + 1], texels[i + 2], texels[i + 3]};
  }
};

/// What codecs for HDR take: linear RGBA, binary16 bits, all finite.
struct Rgba16fImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint16_t> texels;  ///< width * height * 4; alpha 1.0 where the source has none

  std::size_t pixel_count() const { return std::size_t(width) * std::size_t(height); }
  std::array<std::uint16_t, 4> at(int x, int y) const {
    const std::size_t i = (std::size_t(y) * std::size_t(width) + std::size_t(x)) * 4;
    return {texels[i], texels[i + 1], texels[i + 2], texels[i + 3]};
  }
};

/// 8 bits a channel: grey is spread to RGB; 16-bit samples are rounded to nearest (v * 255 / 65535); f32 samples are
/// exposed and tone-mapped (see tone_map.h) and encoded as sRGB.
Rgba8Image to_rgba8(const Image& image);

/// Linear half floats, rounded to nearest even: f32 samples as they are, cut at +-65504, NaN as 0; stored integers by
/// their colour space. Grey is spread to RGB; alpha is in [0, 1].
Rgba16fImage to_rgba16f(const Image& image);
Rgba16fImage to_rgba16f(const Rgba8Image& image, ColourSpace colour_space);

}  // namespace txs
