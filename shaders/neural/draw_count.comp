#version 460
// Independent sampling, first of four passes: how many samples fall into each cell.
#include "draw.glsl"

layout(binding = 0, r32ui) uniform uimageBuffer counts;

void main() {
  if (gl_GlobalInvocationID.x >= push.samples) return;
  imageAtomicAdd(counts, int(cell_of(pixel_of(gl_GlobalInvocationID.x))), 1u);
}
