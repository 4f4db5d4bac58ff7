// What a BC1 block holds: 0 four colours, 1 three, 2 three of which one is transparent.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "block/colour_half.glsl"
#include "interop/bc1_to_bc5.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D colours_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const uvec2 bits = Halves(push.blocks).bits[at.y * push.grid.x + at.x];
  const bool transparent = (bits.y & bits.y >> 1 & 0x55555555u) != 0u;  // some index is 3
  const float holds = !has_three_colours(bits) ? 0.0 : transparent ? 2.0 : 1.0;
  imageStore(colours_map, ivec2(at), vec4(holds));
}
