// Of BC3 and BC5.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "block/half_gain.glsl"

layout(binding = 0, r32f) writeonly uniform image2D first_map;
layout(binding = 1, r32f) writeonly uniform image2D second_map;

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const uint first_half = 2u * (at.y * push.grid.x + at.x);
  imageStore(first_map, ivec2(at), vec4(gain_of_half(first_half)));
  imageStore(second_map, ivec2(at), vec4(gain_of_half(first_half + 1u)));
}
