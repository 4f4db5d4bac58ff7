// How many values the alpha of a BC3 block has: 0 eight, 1 six and the extremes.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_half.glsl"
#include "interop/bc1_to_bc5.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D alpha_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const ChannelEnds ends = unpack_channel_ends(Halves(push.blocks).bits[2u * (at.y * push.grid.x + at.x)], false);
  imageStore(alpha_map, ivec2(at), vec4(ends.a > ends.b ? 0.0 : 1.0));
}
