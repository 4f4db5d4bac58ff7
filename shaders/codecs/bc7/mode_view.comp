// The mode of each block, one texel a block.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/bc7_search.h"

layout(local_size_x = bc7_view_group_side, local_size_y = bc7_view_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D mode_view;
layout(push_constant, scalar) uniform Push { Bc7ViewPush push; };

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const uint first_byte = push.blocks.block[at.y * push.grid.x + at.x].x & 0xffu;
  const float mode = first_byte == 0u ? float(bc7_mode_count) : float(findLSB(first_byte));
  imageStore(mode_view, ivec2(at), vec4(mode));
}
