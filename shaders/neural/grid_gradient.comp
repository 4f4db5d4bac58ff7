#version 460
// The gradient of each corner of the grids: of all samples whose blend it has a part in, found by the cells of the image
// that lie around it and added in their order. A gather needs no atomics, and gives the same bits whenever it runs.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(constant_id = 0) const bool teams = false;  // of invocations that share a corner's samples: what many lanes are for
layout(binding = 0) uniform usamplerBuffer works;
layout(binding = 1) uniform usamplerBuffer grids;
layout(binding = 2) uniform usamplerBuffer positions;
layout(binding = 3) uniform samplerBuffer feature_gradients;  // in quads
layout(binding = 4) uniform usamplerBuffer cell_starts;  // independent sampling: of each cell's samples, and their end
layout(binding = 5, r32f) uniform writeonly imageBuffer gradient;
layout(binding = 6, r32f) uniform writeonly imageBuffer corners;  // of hashed grids
layout(push_constant, scalar) uniform Push { GridGradientPush push; };
#include "work.glsl"

shared vec4 parts[teams ? neural_group : 1];

// The pixels [first, last] that blend corner `corner` of an axis: those less than a corner away. One that is almost as far
// counts too, since a sample's place is rounded.
uvec2 reach(uint corner, float scale, uint side) {
  if (scale == 0.0) return uvec2(0, side - 1);
  const float low = (float(corner) - 1.0) / scale - 0.01;
  const float high = (float(corner) + 1.0) / scale + 0.01;
  return uvec2(low > 0.0 ? uint(ceil(low)) : 0, min(uint(high), side - 1));
}

uint cell_of(uint pixel, uint cells, uint side) { return ((pixel + 1) * cells - 1) / side; }

float part_of(uint corner, uint low, uint high, float part) {
  return (low == corner ? 1.0 - part : 0.0) + (high == corner ? part : 0.0);
}

// The gradients of four features at a corner; a member of its team adds up every side-th row and sample of a row.
vec4 gathered(NeuralGrid grid, uvec2 corner, uint quad, uint member, uint side) {
  const uvec2 x_reach = reach(corner.x, grid.scale.x, push.image.x), y_reach = reach(corner.y, grid.scale.y, push.image.y);
  const uint left = cell_of(x_reach.x, push.cells.x, push.image.x), right = cell_of(x_reach.y, push.cells.x, push.image.x);
  const uint top = cell_of(y_reach.x, push.cells.y, push.image.y), bottom = cell_of(y_reach.y, push.cells.y, push.image.y);
  vec4 total = vec4(0.0);
  for (uint row = top + member / side; row <= bottom; row += side) {
    uint from = row * push.cells.x + left, to = row * push.cells.x + right + 1;
    if (push.sampling == sampling_independent) {
      from = texelFetch(cell_starts, int(from)).x;
      to = texelFetch(cell_starts, int(to)).x;
    }
    for (uint s = from + member % side; s < to; s += side) {
      const uint at = texelFetch(positions, int(s)).x;
      const GridPlace place = grid_place(grid, at & 0xffffu, at >> 16);
      const float weight = part_of(corner.x, place.low.x, place.high.x, place.part.x) *
                           part_of(corner.y, place.low.y, place.high.y, place.part.y);
      if (weight == 0.0 && side == 1) continue;  // a team has no time to wait for the weight
      const uint texel = ((s / neural_block) * push.input_quads + quad) * neural_block + s % neural_block;
      total += weight * texelFetch(feature_gradients, int(texel));
    }
  }
  return total;
}

void main() {
  const uvec4 work = my_work();
  if (work.x == 0) return;
  const int g = int(work.x - 1);
  const uvec4 first = texelFetch(grids, g * 2), second = texelFetch(grids, g * 2 + 1);
  const NeuralGrid grid = NeuralGrid(first.xy, first.z, first.w, second.x, second.y, uintBitsToFloat(second.zw));
  const uint side = teams ? work.w % corners_apart : 1;
  const uint members = side * side, lane = gl_LocalInvocationIndex, member = lane % members;

  const uint first_quad = grid.first_input / 4, quads = (grid.first_input + grid.channels - 1) / 4 - first_quad + 1;
  const uint item = work.y + lane / members;
  const uint corner = item / quads, quad = first_quad + item % quads;
  const bool there = corner < grid.size.x * grid.size.y;
  vec4 total = vec4(0.0);
  if (there) total = gathered(grid, uvec2(corner % grid.size.x, corner / grid.size.x), quad, member, side);

  if (teams) {
    parts[lane] = total;
    for (uint half_of = members / 2; half_of > 0; half_of /= 2) {
      barrier();
      if (member < half_of) parts[lane] += parts[lane + half_of];
    }
    total = parts[lane];
  }
  if (!there || member != 0) return;
  for (uint c = 0; c < 4; ++c) {
    const uint channel = quad * 4 + c - grid.first_input;  // before the first one: a large number
    if (channel >= grid.channels) continue;
    const int to = int(work.z + corner * grid.channels + channel);
    if (work.w >= corners_apart)
      imageStore(corners, to, vec4(total[c]));
    else
      imageStore(gradient, to, vec4(total[c]));
  }
}
