// How many values a BC4 block holds between its ends: 0 eight, 1 six and the extremes.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_half.glsl"
#include "interop/bc1_to_bc5.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D values_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint snorm = 0;

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const ChannelEnds ends = unpack_channel_ends(Halves(push.blocks).bits[at.y * push.grid.x + at.x], snorm != 0u);
  imageStore(values_map, ivec2(at), vec4(ends.a > ends.b ? 0.0 : 1.0));
}
