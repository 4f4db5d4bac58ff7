// A colour half of BC1 or BC3 as it decodes (Khronos Data Format Specification 1.4, section 18): two ends of 5:6:5 bits
// and one or two entries between them. Entries are the ideal ones rounded to 8 bits. All values are whole numbers in
// floats, exact.
#ifndef TXS_COLOUR_HALF_GLSL
#define TXS_COLOUR_HALF_GLSL

// 5:6:5: 0..31, 0..63, 0..31.
struct ColourEnds {
  vec3 a, b;
};
const vec3 colour_top = vec3(31.0, 63.0, 31.0);

// The high bits repeated below the low ones.
vec3 expand_565(vec3 v) { return v * vec3(8.0, 4.0, 8.0) + floor(v * vec3(0.25, 0.0625, 0.25)); }

// The float next to 1/3 lies above it, so that whole thirds stay whole.
vec3 third_towards(vec3 a, vec3 b) { return floor((2.0 * a + b + 1.0) * 0.33333334); }
vec3 halfway(vec3 a, vec3 b) { return floor((a + b + 1.0) * 0.5); }

struct ColourPalette {
  vec3 entry[4];  // [3] of three colours is transparent black
};

ColourPalette palette_of(ColourEnds ends, bool three) {
  ColourPalette palette;
  const vec3 a = expand_565(ends.a), b = expand_565(ends.b);
  palette.entry[0] = a;
  palette.entry[1] = b;
  palette.entry[2] = three ? halfway(a, b) : third_towards(a, b);
  palette.entry[3] = three ? vec3(0.0) : third_towards(b, a);
  return palette;
}

// Selected: arrays indexed by a variable leave the registers.
vec3 colour_entry(ColourPalette palette, uint index) {
  const vec3 end = index == 0u ? palette.entry[0] : palette.entry[1];
  return index < 2u ? end : index == 2u ? palette.entry[2] : palette.entry[3];
}

vec3 unpack_565(uint bits) { return vec3(bits >> 11 & 31u, bits >> 5 & 63u, bits & 31u); }
uint pack_565(vec3 v) { return uint(v.r) << 11 | uint(v.g) << 5 | uint(v.b); }

ColourEnds unpack_ends(uvec2 half_) { return ColourEnds(unpack_565(half_.x & 0xffffu), unpack_565(half_.x >> 16)); }

bool has_three_colours(uvec2 half_) { return (half_.x & 0xffffu) <= half_.x >> 16; }
#endif
