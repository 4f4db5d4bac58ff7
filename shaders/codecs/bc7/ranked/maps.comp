// What the ranked search made of each block, one texel a block.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/bc7_ranked.h"
#include "interop/block.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D gain_map;
layout(binding = 1, r32f) writeonly uniform image2D tried_map;
layout(binding = 2, r32f) writeonly uniform image2D pass_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

const float decibels_per_e = 4.342944819;  // 10 / ln 10

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const Bc7RankedRecord record = Bc7RankedRecords(push.records).record[at.y * push.grid.x + at.x];
  // A block without error counts as if one channel of one texel were off by one.
  const float gain = decibels_per_e * log(max(record.first_error, 1.0) / max(record.error, 1.0));
  imageStore(gain_map, ivec2(at), vec4(gain));
  imageStore(tried_map, ivec2(at), vec4(float(record.tried & 0xffffu)));
  imageStore(pass_map, ivec2(at), vec4(float(record.winner >> bc7_candidate_bits)));
}
