// The same as texels.comp for the HDR profile, by the float16 decode mode (KDFS 23.18).
#version 460
#extension GL_GOOGLE_include_directive : require
layout(binding = 0, rgba16f) writeonly uniform image2D target;
#include "codecs/astc/texels.glsl"

uvec4 halves_of_logarithms(uvec4 value) {
  return uvec4(astc_half_of_logarithm(value.r), astc_half_of_logarithm(value.g), astc_half_of_logarithm(value.b),
               astc_half_of_logarithm(value.a));
}

// Parts of 65536, rounded to zero; 65535 is 1. A float holds them exactly, with an exponent of 127 for 1.
uvec4 halves_of_unorm(uvec4 value) {
  const uvec4 exact = floatBitsToUint(vec4(value));
  const uvec4 halves = (exact >> 13) - (127u - 15u + 16u << 10);
  return mix(mix(halves, value << 8, lessThan(value, uvec4(4u))), uvec4(0x3c00u), equal(value, uvec4(65535u)));
}

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.size))) return;
  const Interpolated texel = texel_at(at);
  const bvec4 logarithmic = notEqual(uvec4(texel.logarithmic) >> uvec4(0u, 1u, 2u, 3u) & 1u, uvec4(0u));
  uvec4 halves = mix(halves_of_unorm(texel.value), halves_of_logarithms(texel.value), logarithmic);
  if ((texel.head >> astc_head_halves & 1u) != 0u) halves = texel.value;
  imageStore(target, ivec2(at), vec4(unpackHalf2x16(halves.r | halves.g << 16), unpackHalf2x16(halves.b | halves.a << 16)));
}
