// What all kernels that search halves of blocks take, and how they keep what is better.
#ifndef TXS_HALF_SEARCH_GLSL
#define TXS_HALF_SEARCH_GLSL
#include "interop/bc1_to_bc5.h"

layout(local_size_x = half_search_group) in;
layout(binding = 0) uniform sampler2D source;
layout(push_constant, scalar) uniform Push { BlockSearchPush push; };
layout(constant_id = half_constant_halves) const uint halves = 1;
layout(constant_id = half_constant_number) const uint half_number = 0;

uint block_in_work() { return push.first + gl_GlobalInvocationID.x; }
bool beyond_work() { return gl_GlobalInvocationID.x >= push.count; }
uint half_of(uint block) { return block * halves + half_number; }

uvec2 block_origin(uint block) { return uvec2(block % push.grid.x, block / push.grid.x) * block_side; }

// 0..255, whole numbers. Beyond the edge the last row and column repeat.
vec4 texel_at(uvec2 origin, uint texel) {
  const uvec2 at = min(origin + uvec2(texel % block_side, texel / block_side), push.size - 1u);
  return floor(texelFetch(source, ivec2(at), 0) * 255.0 + 0.5);
}

void begin_record(uint half_) {
  for (uint stage = 0u; stage < half_most_stages; ++stage) HalfRecords(push.records).record[half_].after[stage] = -1.0;
}

void store_error(uint half_, float error) {
  HalfRecords(push.records).record[half_].error = error;
  HalfRecords(push.records).record[half_].after[push.stage] = error;
}
#endif
