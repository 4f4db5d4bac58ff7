// The texels of a texture of the HDR profile, by the float16 decode mode (KDFS 23.18).
#version 460
#extension GL_GOOGLE_include_directive : require
layout(binding = 0, rgba16f) writeonly uniform image2D target;
#include "codecs/astc/decode.glsl"

uvec4 halves_of_logarithms(uvec4 value) {
  return uvec4(astc_half_of_logarithm(value.r), astc_half_of_logarithm(value.g), astc_half_of_logarithm(value.b),
               astc_half_of_logarithm(value.a));
}

// Parts of 65536, rounded to zero; 65535 is 1. A float holds them exactly: its exponent is 16 more, and otherwise
// biased.
uvec4 halves_of_unorm(uvec4 value) {
  const uvec4 rounded = (floatBitsToUint(vec4(value)) >> 13) - (127u - 15u + 16u << 10);
  return mix(mix(rounded, value << 8, lessThan(value, uvec4(4u))), uvec4(0x3c00u), equal(value, uvec4(65535u)));
}

void put_texel(uvec2 texel, uvec4 value, uint logarithmic_channels) {
  const bvec4 logarithms = notEqual(uvec4(logarithmic_channels) >> uvec4(0u, 1u, 2u, 3u) & 1u, uvec4(0u));
  uvec4 bits = mix(halves_of_unorm(value), halves_of_logarithms(value), logarithms);
  if (halves) bits = value;
  imageStore(target, ivec2(texel), vec4(unpackHalf2x16(bits.r | bits.g << 16), unpackHalf2x16(bits.b | bits.a << 16)));
}
