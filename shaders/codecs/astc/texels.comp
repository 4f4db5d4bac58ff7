// The texels of blocks that `parse` has read: each finds its partition, blends its weights out of the grid's and its colour out
// of the ends (KDFS 23.17 to 23.20), by the unorm8 decode mode.
#version 460
#extension GL_GOOGLE_include_directive : require
layout(binding = 0, rgba8) writeonly uniform image2D target;
#include "codecs/astc/texels.glsl"

void main() {
  const uvec2 texel = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(texel, push.size))) return;
  imageStore(target, ivec2(texel), vec4(texel_at(texel).value >> 8) / 255.0);
}
