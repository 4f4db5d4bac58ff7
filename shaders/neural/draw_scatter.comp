#version 460
// Independent sampling, third pass: the number of every sample into its cell's place.
#include "draw.glsl"

layout(binding = 0, r32ui) uniform uimageBuffer next;
layout(binding = 1, r32ui) uniform writeonly uimageBuffer numbers;

void main() {
  const uint index = gl_GlobalInvocationID.x;
  if (index >= push.samples) return;
  const uint place = imageAtomicAdd(next, int(cell_of(pixel_of(index))), 1u);
  imageStore(numbers, int(place), uvec4(index));
}
