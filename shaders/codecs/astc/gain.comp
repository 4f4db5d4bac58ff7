// How much better than its first bits a block has become, in dB. A block without error counts as if one channel of one texel
// were off by one.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/astc_search.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D gain_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

const float decibels_per_e = 4.342944819;  // 10 / ln 10

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const AstcRecord record = AstcRecords(push.records).record[at.y * push.grid.x + at.x];
  const float before = float(max(record.initial_error, 1u)), after = float(max(record.error, 1u));
  imageStore(gain_map, ivec2(at), vec4(decibels_per_e * log(before / after)));
}
