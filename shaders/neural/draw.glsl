// Independent sampling: every sample of a step is a random pixel of the image; samples are sorted by cell, and within a
// cell by their number, so that their gradients can be gathered in one order. Counting, scanning and scattering use
// atomics on whole numbers alone; the last pass makes the order of each cell's few samples that of their numbers.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(push_constant, scalar) uniform Push { DrawPush push; };

uvec2 pixel_of(uint index) { return independent_pixel(push.image, push.seed, push.step, index); }

uint cell_of(uvec2 pixel) {
  const uvec2 cell = ((pixel + 1u) * push.cells - 1u) / push.image;
  return cell.y * push.cells.x + cell.x;
}
