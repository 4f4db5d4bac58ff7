// How many values the channels of a BC5 block have: 0 eight, 1 six and the extremes.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_half.glsl"
#include "interop/bc1_to_bc5.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D red_map;
layout(binding = 1, r32f) writeonly uniform image2D green_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint snorm = 0;

float values_of(uint number) {
  const ChannelEnds ends = unpack_channel_ends(Halves(push.blocks).bits[number], snorm != 0u);
  return ends.a > ends.b ? 0.0 : 1.0;
}

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const uint first_half = 2u * (at.y * push.grid.x + at.x);
  imageStore(red_map, ivec2(at), vec4(values_of(first_half)));
  imageStore(green_map, ivec2(at), vec4(values_of(first_half + 1u)));
}
