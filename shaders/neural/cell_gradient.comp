#version 460
// Gradients of coarse grids for software devices, where a sample's visit costs more than what is added: a sample is visited
// once, by the grid cell that it lies in, rather than by each of the cell's four corners. Leaves what each cell adds to its
// corners; corner_sum.comp adds them up.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(constant_id = 0) const bool independent = false;  // sampling
layout(binding = 0) uniform usamplerBuffer works;
layout(binding = 1) uniform usamplerBuffer grids;
layout(binding = 2) uniform usamplerBuffer positions;
layout(binding = 3) uniform samplerBuffer feature_gradients;  // in quads
layout(binding = 4) uniform usamplerBuffer cell_starts;
layout(binding = 5, std430) writeonly buffer Sums { vec4 sums[]; };  // of each quad: [corner][grid cell]
layout(push_constant, scalar) uniform Push { GridGradientPush push; };
#include "work.glsl"
#include "reach.glsl"

void gather(NeuralGrid grid, uint quad, uvec2 low, out vec4 totals[4]) {
  // A hundredth of a pixel more: a sample's place is rounded, and it must not fall between two cells.
  const vec2 from = vec2(low) - 0.01 * grid.scale, to = vec2(low) + 1.0 + 0.01 * grid.scale;
  const uvec2 x = sample_cells(from.x, to.x, grid.scale.x, push.cells.x, push.image.x);
  const uvec2 y = sample_cells(from.y, to.y, grid.scale.y, push.cells.y, push.image.y);
  [[unroll]] for (uint k = 0; k < 4; ++k) totals[k] = vec4(0.0);
  for (uint row = y.x; row <= y.y; ++row) {
    const uvec2 range = samples_of(row, x);
    for (uint s = range.x; s < range.y; ++s) {
      const uint at = texelFetch(positions, int(s)).x;
      const GridPlace place = grid_place(grid, at & 0xffffu, at >> 16);
      if (place.low != low) continue;
      const vec4 gradient = texelFetch(feature_gradients, gradient_texel(s, quad));
      // At the far edges the high corner is the low one.
      const vec2 part = mix(place.part, vec2(0.0), equal(place.high, place.low));
      const vec4 top = gradient * (1.0 - part.y), bottom = gradient * part.y;
      totals[0] += top * (1.0 - part.x);
      totals[1] += top * part.x;
      totals[2] += bottom * (1.0 - part.x);
      totals[3] += bottom * part.x;
    }
  }
}

void main() {
  const uvec4 work = my_work();
  if (work.x == 0) return;
  const NeuralGrid grid = fetch_grid(work.x % quads_apart - 1);
  const uint cells = grid.size.x * grid.size.y;
  for (uint n = 0; n < neural_corners_each; ++n) {
    const uint cell = work.y + n * neural_group + gl_LocalInvocationIndex;
    if (cell >= cells) return;
    vec4 totals[4];
    gather(grid, work.x / quads_apart, divided(cell, grid.size.x).yx, totals);
    [[unroll]] for (uint k = 0; k < 4; ++k) sums[work.w + k * cells + cell] = totals[k];
  }
}
