#version 460
// Independent sampling, second pass: where each cell's samples begin, from how many there are. One workgroup.
#include "draw.glsl"

layout(binding = 0, r32ui) uniform uimageBuffer counts;  // become where the next sample of a cell goes
layout(binding = 1, r32ui) uniform writeonly uimageBuffer starts;

shared uint totals[neural_group];

void main() {
  const uint cells = push.cells.x * push.cells.y, lane = gl_LocalInvocationIndex;
  const uint share = (cells + neural_group - 1) / neural_group;
  const uint first = min(lane * share, cells), last = min(first + share, cells);
  uint total = 0;
  for (uint cell = first; cell < last; ++cell) total += imageLoad(counts, int(cell)).x;
  totals[lane] = total;
  barrier();
  uint at = 0;
  for (uint i = 0; i < lane; ++i) at += totals[i];
  for (uint cell = first; cell < last; ++cell) {
    const uint count = imageLoad(counts, int(cell)).x;
    imageStore(starts, int(cell), uvec4(at));
    imageStore(counts, int(cell), uvec4(at));
    at += count;
  }
  if (lane == neural_group - 1) imageStore(starts, int(cells), uvec4(push.samples));
}
