// What the kernels of the ranked search take, and the texels of the block in work.
#ifndef TXS_BC7_RANKED_PUSH_GLSL
#define TXS_BC7_RANKED_PUSH_GLSL
#include "interop/bc7_ranked.h"

layout(local_size_x = bc7_ranked_group) in;
layout(binding = 0) uniform sampler2D source;
layout(push_constant, scalar) uniform Push { Bc7RankedPush push; };
layout(constant_id = 0) const bool may_have_alpha = false;  // false: alpha is 255 everywhere and is to stay so
layout(constant_id = 1) const bool weighted = false;        // false: the weights of all channels are 1

// The block in work.
uvec2 block_origin;
bool pinned;  // all texels are opaque and are to decode so

uvec2 origin_of(uint block) {
  return uvec2(block % push.blocks_wide, block / push.blocks_wide) * bc7_block_side;
}

// RGBA in 0..255, whole numbers. Beyond the edge the last row and column repeat. Fetched anew at each use: on llvmpipe
// that costs less than to hold sixteen texels in what registers there are.
vec4 block_texel(uint t) {
  const uvec2 at = min(block_origin + uvec2(t & 3u, t >> 2), push.size - 1u);
  vec4 texel = floor(texelFetch(source, ivec2(at), 0) * 255.0 + 0.5);
  if (!may_have_alpha) texel.a = 255.0;
  return texel;
}

void begin_block(uint block) {
  block_origin = origin_of(block);
  pinned = true;
  if (may_have_alpha) {
    float least = 255.0;
    for (uint t = 0u; t < 16u; ++t) least = min(least, block_texel(t).a);
    pinned = push.pin_alpha != 0u && least == 255.0;
  }
}

vec4 channel_weights() { return weighted ? push.weights : vec4(1.0); }

// Above every error: where a list has no candidate.
const uint no_key = 0x7f000000u;

uint key_of(float error, uint candidate) { return (floatBitsToUint(error) & ~bc7_candidate_mask) | candidate; }
float error_of_key(uint key) { return uintBitsToFloat(key & ~bc7_candidate_mask); }
#endif
