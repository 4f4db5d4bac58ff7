// A channel's half of BC3, BC4 or BC5 as it decodes (Khronos Data Format Specification 1.4, section 19): two ends of 8 bits
// and six or four values between them. Values are the ideal ones in the 8 bits of the source, rounded once: of snorm,
// where an end n stands for n / 127, that is round((n / 127 * 0.5 + 0.5) * 255).
#ifndef TXS_CHANNEL_HALF_GLSL
#define TXS_CHANNEL_HALF_GLSL

// As stored: 0..255, of snorm -128..127. a > b means eight values, else six and the extremes.
struct ChannelEnds {
  float a, b;
};

struct ChannelPalette {
  float entry[8];
};

// The byte of a weighted sum of ends whose weights sum to `parts` (1, 5, 7). Of unorm none lies halfway between two bytes.
// Of snorm some do (sums of 0, and of multiples of 254 in fifths), and the others are 1 / 1778 or more from there: a little
// more than half lets the former go up on any device.
float channel_byte(float sum, float parts, bool is_signed) {
  return is_signed ? floor(sum * (255.0 / 254.0 / parts) + 128.0002) : floor(sum * (1.0 / parts) + 0.5);
}

ChannelPalette channel_palette(ChannelEnds ends, bool is_signed) {
  const bool eight = ends.a > ends.b;
  // -128 and -127 both stand for -1. Which of two ends is larger is told by what is stored.
  const float a = is_signed ? max(ends.a, -127.0) : ends.a, b = is_signed ? max(ends.b, -127.0) : ends.b;
  const float parts = eight ? 7.0 : 5.0;
  ChannelPalette palette;
  palette.entry[0] = channel_byte(a, 1.0, is_signed);
  palette.entry[1] = channel_byte(b, 1.0, is_signed);
  [[unroll]] for (uint k = 2u; k < 8u; ++k) {
    const float of_b = float(k - 1u);
    palette.entry[k] = channel_byte(a * (parts - of_b) + b * of_b, parts, is_signed);
  }
  palette.entry[6] = eight ? palette.entry[6] : 0.0;
  palette.entry[7] = eight ? palette.entry[7] : 255.0;
  return palette;
}

// Selected: arrays indexed by a variable leave the registers.
float channel_entry(ChannelPalette palette, uint index) {
  float value = palette.entry[0];
  [[unroll]] for (uint k = 1u; k < 8u; ++k) value = index == k ? palette.entry[k] : value;
  return value;
}

ChannelEnds unpack_channel_ends(uvec2 half_, bool is_signed) {
  const ivec2 stored = ivec2(half_.x, half_.x >> 8) & 255;
  return ChannelEnds(float(is_signed && stored.x > 127 ? stored.x - 256 : stored.x),
                     float(is_signed && stored.y > 127 ? stored.y - 256 : stored.y));
}

// Three bits a texel, texel 0 lowest, from bit 16 on.
uint channel_index(uvec2 half_, uint texel) {
  const uint bit = 16u + 3u * texel;
  if (bit >= 32u) return half_.y >> (bit - 32u) & 7u;
  return (bit > 29u ? half_.x >> bit | half_.y << (32u - bit) : half_.x >> bit) & 7u;
}
#endif
