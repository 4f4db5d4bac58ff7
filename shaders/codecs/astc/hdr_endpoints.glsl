// The HDR endpoint modes (KDFS 23.14): 12 bits a channel, which are pseudo-logarithms.
#ifndef TXS_ASTC_HDR_ENDPOINTS_GLSL
#define TXS_ASTC_HDR_ENDPOINTS_GLSL
#include "codecs/astc/astc_bits.glsl"
#include "codecs/astc/endpoints.glsl"

const int astc_light_one = 0x780;  // the pseudo-logarithm of 1

int astc_bit(int value, uint number) { return value >> number & 1; }

int astc_signed(int value, uint bits) { return astc_bit(value, bits - 1u) != 0 ? value - (1 << bits) : value; }

// What extra bit i of a place (number << 4 | bit) adds to numbers 0..3, and to 4..7.
ivec4 astc_extra(uint place, int bit, uint first_number) {
  const uvec4 numbers = first_number + uvec4(0u, 1u, 2u, 3u);
  return mix(ivec4(0), ivec4(bit << (place & 15u)), equal(uvec4(place >> 4), numbers));
}

// Colours are stored with their largest channel first.
ivec4 astc_largest_at(ivec4 colour, uint channel) {
  return channel == 1u ? colour.yxzw : channel == 2u ? colour.zyxw : colour;
}

AstcEnds astc_clamped(ivec4 low, ivec4 high) { return AstcEnds(clamp(low, 0, 4095), clamp(high, 0, 4095)); }

AstcEnds astc_hdr_luminance(bool small_range, ivec4 v) {
  int low, high;
  if (small_range) {
    const bool coarse = astc_bit(v.x, 7u) != 0;
    low = coarse ? (v.y & 0xe0) << 4 | (v.x & 0x7f) << 2 : (v.y & 0xf0) << 4 | (v.x & 0x7f) << 1;
    high = low + (coarse ? (v.y & 0x1f) << 2 : (v.y & 0x0f) << 1);
  } else {
    const bool turned = v.x > v.y;
    low = (turned ? v.y : v.x) * 16 + (turned ? 8 : 0);
    high = (turned ? v.x : v.y) * 16 - (turned ? 8 : 0);
  }
  return astc_clamped(ivec4(ivec3(low), astc_light_one), ivec4(ivec3(high), astc_light_one));
}

// Mode 7: numbers red, green, blue, scale.
AstcEnds astc_hdr_rgb_scale(ivec4 v, AstcTablesMemory memory) {
  const uint mode = uint(v.x >> 6 | astc_bit(v.y, 7u) << 2 | astc_bit(v.z, 7u) << 3);
  const bool has_largest = (mode & 12u) != 12u, alike = mode == 15u;
  const uint largest = has_largest ? mode >> 2 : alike ? 0u : mode & 3u;
  const uint submode = has_largest ? mode & 3u : alike ? 5u : 4u;

  ivec4 n = v & ivec4(63, 31, 31, 31);
  for (uint i = 0u; i < 7u; ++i) {
    const int from = i < 2u ? v.y : i < 4u ? v.z : v.w;
    const uint at = i < 2u ? 6u - i : i < 4u ? 8u - i : 11u - i;
    const uint place = astc_byte(memory.tables.scale_extra_places[submode][i >> 2], i);
    n |= astc_extra(place, astc_bit(from, at), 0u);
  }
  n <<= submode < 2u ? 1u : submode;
  if (!alike) n.yz = n.xx - n.yz;  // the others are stored by how far below the largest they are
  const ivec4 high = astc_largest_at(ivec4(n.xyz, astc_light_one), largest);
  return astc_clamped(ivec4(high.xyz - n.w, astc_light_one), high);
}

// Mode 11: numbers a, b0, b1, c, d0, d1.
AstcEnds astc_hdr_rgb(ivec4 v, ivec4 w, AstcTablesMemory memory) {
  const uint largest = uint(astc_bit(w.x, 7u) | astc_bit(w.y, 7u) << 1);
  if (largest == 3u)
    return astc_clamped(ivec4(v.x << 4, v.z << 4, (w.x & 0x7f) << 5, astc_light_one),
                        ivec4(v.y << 4, v.w << 4, (w.y & 0x7f) << 5, astc_light_one));

  const uint submode = uint(astc_bit(v.y, 7u) | astc_bit(v.z, 7u) << 1 | astc_bit(v.w, 7u) << 2);
  ivec4 n = ivec4(v.x | astc_bit(v.y, 6u) << 8, v.z & 63, v.w & 63, v.y & 63);
  ivec4 d = ivec4(w.xy & 31, 0, 0);
  for (uint i = 0u; i < 6u; ++i) {
    const int from = i == 0u ? v.z : i == 1u ? v.w : (i & 1u) == 0u ? w.x : w.y;
    const int bit = astc_bit(from, i < 4u ? 6u : 5u);
    const uint place = astc_byte(memory.tables.rgb_extra_places[submode][i >> 2], i);
    n |= astc_extra(place, bit, 0u);
    d |= astc_extra(place, bit, 4u);
  }
  // 7, 6, 7, 6, 5, 6, 5 and 6 bits, of which the top one is the sign.
  const uint d_bits = 0x65656767u >> 4u * submode & 15u;
  d.x = astc_signed(d.x, d_bits);
  d.y = astc_signed(d.y, d_bits);
  const int unit = 1 << (3u - (submode >> 1));
  n *= unit;
  d *= unit;

  const ivec4 high = ivec4(n.x, n.x - n.y, n.x - n.z, astc_light_one);
  const ivec4 low = ivec4(high.x - n.w, high.yz - n.w - d.xy, astc_light_one);
  return astc_clamped(astc_largest_at(low, largest), astc_largest_at(high, largest));
}

// Mode 15's alpha of its last two values: low, high.
ivec2 astc_hdr_alpha(ivec2 v) {
  const uint mode = uint(astc_bit(v.x, 7u) | astc_bit(v.y, 7u) << 1);
  v &= 0x7f;
  if (mode == 3u) return v << 5;
  // The second is an offset of 6 - mode bits, with a sign; its other bits are the top ones of the first.
  const uint offset_bits = 6u - mode;
  const int base = v.x | v.y >> offset_bits << 7, unit = 1 << (4u - mode);
  const int offset = astc_signed(v.y & ((1 << offset_bits) - 1), offset_bits);
  return ivec2(base * unit, clamp((base + offset) * unit, 0, 4095));
}

// Of modes 2, 3, 7, 11, 14 and 15. Alpha of mode 14 is 0..255.
AstcEnds astc_hdr_endpoints(uint mode, ivec4 v, ivec4 w, AstcTablesMemory memory) {
  if (mode <= 3u) return astc_hdr_luminance(mode == 3u, v);
  if (mode == 7u) return astc_hdr_rgb_scale(v, memory);
  AstcEnds ends = astc_hdr_rgb(v, w, memory);
  if (mode != 11u) {
    const ivec2 alpha = mode == 14u ? w.zw : astc_hdr_alpha(w.zw);
    ends.low.a = alpha.x;
    ends.high.a = alpha.y;
  }
  return ends;
}
#endif
