// Of BC1 and BC4.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "block/half_gain.glsl"

layout(binding = 0, r32f) writeonly uniform image2D gain_map;

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  imageStore(gain_map, ivec2(at), vec4(gain_of_half(at.y * push.grid.x + at.x)));
}
