// What all search kernels of BC6H begin with: their push constants and the texels of a block.
#ifndef TXS_BC6H_BLOCK_GLSL
#define TXS_BC6H_BLOCK_GLSL
#include "interop/bc6h_search.h"
#include "interop/block.h"

layout(local_size_x = bc6h_group) in;
layout(binding = 0) uniform sampler2D source;
layout(push_constant, scalar) uniform Push { BlockSearchPush push; };
layout(constant_id = 0) const bool is_signed = false;

#define SETTINGS Bc6hSettingsMemory(push.settings).settings

// The bits of the texels' halves as whole numbers with the half's sign, row-major; negative ones are 0 where the format
// is unsigned. Beyond the picture's edge its last row and column repeat.
vec3 texels[16];

vec3 number_of_halves(uvec3 halves) {
  const vec3 magnitude = vec3(min(halves & 0x7FFFu, uvec3(0x7BFFu)));  // 65504 for what is no number
  const bvec3 negative = notEqual(halves & 0x8000u, uvec3(0u));
  return is_signed ? mix(magnitude, -magnitude, negative) : mix(magnitude, vec3(0.0), negative);
}

void load_texels(uint block) {
  const ivec2 origin = ivec2(block % push.grid.x, block / push.grid.x) * int(block_side);
  const ivec2 last = ivec2(push.size) - 1;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec3 light = texelFetch(source, min(origin + ivec2(t & 3u, t >> 2u), last), 0).rgb;
    const uint rg = packHalf2x16(light.rg), b = packHalf2x16(vec2(light.b, 0.0));
    texels[t] = number_of_halves(uvec3(rg & 0xFFFFu, rg >> 16, b & 0xFFFFu));
  }
}

// How much a texel's error counts, beside the channels' weights. Negative values are left over from conversions of
// colour: a logarithm overrates them, since they lie next to 0, and nothing shows them.
vec3 weight_of_texel(uint t) {
  return is_signed ? mix(vec3(1.0), vec3(SETTINGS.negative_weight), lessThan(texels[t], vec3(0.0))) : vec3(1.0);
}
#endif
