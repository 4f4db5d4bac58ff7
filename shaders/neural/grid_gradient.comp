#version 460
// The gradient of each corner of a grid: of all samples whose blend it has a part in, found by the cells of the image that
// lie around it and added in their order. A gather needs no atomics, and gives the same bits whenever it runs.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform usamplerBuffer grids;
layout(binding = 1) uniform usamplerBuffer positions;
layout(binding = 2) uniform samplerBuffer feature_gradients;
layout(binding = 3) uniform usamplerBuffer cell_starts;  // independent sampling: of each cell's samples, and their end
layout(binding = 4, r32f) uniform writeonly imageBuffer target;
layout(push_constant, scalar) uniform Push { GridGradientPush push; };

const uint channels_at_once = 4;

// The pixels [first, last] that blend corner `corner` of an axis.
uvec2 reach(uint corner, float scale, uint side) {
  if (scale == 0.0) return uvec2(0, side - 1);
  const float low = (float(corner) - 1.0) / scale;
  const float high = (float(corner) + 1.0) / scale;
  return uvec2(low > 0.0 ? uint(low) : 0, min(uint(high) + 1, side - 1));
}

uint cell_of(uint pixel, uint cells, uint side) { return ((pixel + 1) * cells - 1) / side; }

float part_of(uint corner, uint low, uint high, float part) {
  return (low == corner ? 1.0 - part : 0.0) + (high == corner ? part : 0.0);
}

void main() {
  const uint g = push.grid;
  const uvec4 first = texelFetch(grids, int(g * 2)), second = texelFetch(grids, int(g * 2 + 1));
  const NeuralGrid grid = NeuralGrid(first.xy, first.z, first.w, second.x, second.y, uintBitsToFloat(second.zw));
  const uint corner = gl_GlobalInvocationID.x;
  if (corner >= grid.size.x * grid.size.y) return;
  const uint u = corner % grid.size.x, v = corner / grid.size.x;

  const uvec2 x_reach = reach(u, grid.scale.x, push.image.x), y_reach = reach(v, grid.scale.y, push.image.y);
  const uint left = cell_of(x_reach.x, push.cells.x, push.image.x), right = cell_of(x_reach.y, push.cells.x, push.image.x);
  const uint top = cell_of(y_reach.x, push.cells.y, push.image.y), bottom = cell_of(y_reach.y, push.cells.y, push.image.y);

  for (uint base = 0; base < grid.channels; base += channels_at_once) {
    vec4 total = vec4(0.0);
    for (uint row = top; row <= bottom; ++row) {
      uint from = row * push.cells.x + left, to = row * push.cells.x + right + 1;
      if (push.sampling == sampling_independent) {
        from = texelFetch(cell_starts, int(from)).x;
        to = texelFetch(cell_starts, int(to)).x;
      }
      for (uint s = from; s < to; ++s) {
        const uint at = texelFetch(positions, int(s)).x;
        const GridPlace place = grid_place(grid, at & 0xffffu, at >> 16);
        const float weight = part_of(u, place.low.x, place.high.x, place.part.x) *
                             part_of(v, place.low.y, place.high.y, place.part.y);
        if (weight == 0.0) continue;
        const uint plane = (s / neural_block) * push.input_quads * neural_block + s % neural_block;
        for (uint c = 0; c < channels_at_once; ++c) {
          const uint input_index = grid.first_input + base + c;
          const int quad = int(plane + (input_index / 4) * neural_block);
          if (base + c < grid.channels) total[c] += weight * texelFetch(feature_gradients, quad * 4 + int(input_index % 4)).x;
        }
      }
    }
    for (uint c = 0; c < channels_at_once && base + c < grid.channels; ++c)
      imageStore(target, int(push.target + corner * grid.channels + base + c), vec4(total[c]));
  }
}
