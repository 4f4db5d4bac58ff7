// A block of the source, and arithmetic that every search kernel must do alike to the bit.
#ifndef TXS_BC7_BLOCK_GLSL
#define TXS_BC7_BLOCK_GLSL
#include "interop/bc7_search.h"

// Two RGBA endpoints. As a point of the search in [0, 1], as the endpoints of a block in 0..255.
struct Ends {
  vec4 low;
  vec4 high;
};

// The block in work. Globals, since the compilers take seconds to see through copies of whole arrays.
vec4 texels[16];  // RGBA in 0..255, whole numbers, row-major
bool pinned;      // all are opaque and are to decode so: alpha is 255 in every endpoint

const float from_byte = 1.0 / 255.0;
const float loss_of_error = 1.0 / 65025.0;  // a sum of squares in 8-bit units to one in [0, 1]

// In this order on both sides, where rounding matters; sums of whole numbers below 2^24 are exact in any order.
float sum4(vec4 v) {
  precise float sum = (v.x + v.y) + (v.z + v.w);
  return sum;
}

// Beyond the edge the last row and column repeat.
void load_block(sampler2D source, uint block, uint blocks_wide, uvec2 size, bool exact_alpha) {
  pinned = exact_alpha;
  const uvec2 origin = uvec2(block % blocks_wide, block / blocks_wide) * bc7_block_side;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const uvec2 texel = min(origin + uvec2(t % 4u, t / 4u), size - 1u);
    texels[t] = floor(texelFetch(source, ivec2(texel), 0) * 255.0 + 0.5);
    pinned = pinned && texels[t].a == 255.0;
  }
}
#endif
