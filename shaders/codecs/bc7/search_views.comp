// What the search spent on each block and what it gained, one texel a block.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/bc7_search.h"
#include "interop/block.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D gain_view;
layout(binding = 1, r32f) writeonly uniform image2D iterations_view;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

const float decibels_per_e = 4.342944819;  // 10 / ln 10

// Of the bits over the first bits, dB. A block without error counts as if one channel of one texel were off by one.
float gain_of(Bc7Record record) {
  const float before = float(max(record.initial_error, 1u)), after = float(max(record.error, 1u));
  return decibels_per_e * log(before / after);
}

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const Bc7Record record = Bc7Records(push.records).record[at.y * push.grid.x + at.x];
  imageStore(iterations_view, ivec2(at), vec4(float(record.iterations)));
  imageStore(gain_view, ivec2(at), vec4(gain_of(record)));
}
