#version 460
// Independent sampling, last pass: each cell's samples in the order of their numbers, and their pixels. A cell has one
// sample on average, so that an insertion sort is the quickest.
#include "draw.glsl"

layout(binding = 0) uniform usamplerBuffer starts;
layout(binding = 1, r32ui) uniform uimageBuffer numbers;
layout(binding = 2, r32ui) uniform writeonly uimageBuffer drawn;  // x | y << 16

void main() {
  const uint cell = gl_GlobalInvocationID.x;
  if (cell >= push.cells.x * push.cells.y) return;
  const int first = int(texelFetch(starts, int(cell)).x), last = int(texelFetch(starts, int(cell + 1)).x);
  for (int i = first + 1; i < last; ++i) {
    const uint number = imageLoad(numbers, i).x;
    int at = i;
    for (; at > first && imageLoad(numbers, at - 1).x > number; --at) imageStore(numbers, at, imageLoad(numbers, at - 1));
    imageStore(numbers, at, uvec4(number));
  }
  for (int i = first; i < last; ++i) {
    const uvec2 pixel = pixel_of(imageLoad(numbers, i).x);
    imageStore(drawn, i, uvec4(pixel.x | pixel.y << 16));
  }
}
