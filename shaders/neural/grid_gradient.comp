#version 460
// The gradient of each corner of the grids: of all samples whose blend it has a part in, found by the cells of the image
// that lie around it and added in their order. A gather needs no atomics, and gives the same bits whenever it runs.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(constant_id = 0) const bool independent = false;  // sampling
layout(constant_id = 1) const bool teams = false;  // of invocations that share a corner's samples: what many lanes are for
layout(binding = 0) uniform usamplerBuffer works;
layout(binding = 1) uniform usamplerBuffer grids;
layout(binding = 2) uniform usamplerBuffer positions;
layout(binding = 3) uniform samplerBuffer feature_gradients;  // in quads
layout(binding = 4) uniform usamplerBuffer cell_starts;  // independent sampling: of each cell's samples, and their end
layout(binding = 5, std430) writeonly buffer Target { float target[]; };
layout(push_constant, scalar) uniform Push { GridGradientPush push; };
#include "work.glsl"
#include "reach.glsl"
#include "corner_store.glsl"

shared vec4 parts[teams ? neural_group : 1];

float part_of(uint corner, uint low, uint high, float part) {
  return (low == corner ? 1.0 - part : 0.0) + (high == corner ? part : 0.0);
}

// The gradients of four features at a corner; a member of its team adds up every side-th row and sample of a row.
vec4 gathered(NeuralGrid grid, uvec2 corner, uint quad, uint member, uint side) {
  // A sample that lies on the next corner has no part in this one, or by a rounding: a grid of as many texels as pixels
  // would visit four times the samples if that counted.
  const vec2 from = (vec2(corner) - 1.0) * 1.0000002, to = (vec2(corner) + 1.0) * 0.9999998;
  const uvec2 x = sample_cells(from.x, to.x, grid.scale.x, push.cells.x, push.image.x);
  const uvec2 y = sample_cells(from.y, to.y, grid.scale.y, push.cells.y, push.image.y);
  vec4 total = vec4(0.0);
  for (uint row = y.x + member / side; row <= y.y; row += side) {
    const uvec2 range = samples_of(row, x);
    for (uint s = range.x + member % side; s < range.y; s += side) {
      const uint at = texelFetch(positions, int(s)).x;
      const GridPlace place = grid_place(grid, at & 0xffffu, at >> 16);
      const float weight = part_of(corner.x, place.low.x, place.high.x, place.part.x) *
                           part_of(corner.y, place.low.y, place.high.y, place.part.y);
      if (weight == 0.0 && side == 1) continue;  // a team has no time to wait for the weight
      total += weight * texelFetch(feature_gradients, gradient_texel(s, quad));
    }
  }
  return total;
}

vec4 added_over_team(vec4 total, uint member, uint members) {
  const uint lane = gl_LocalInvocationIndex;
  parts[lane] = total;
  for (uint half_of = members / 2; half_of > 0; half_of /= 2) {
    barrier();
    if (member < half_of) parts[lane] += parts[lane + half_of];
  }
  return parts[lane];
}

void main() {
  const uvec4 work = my_work();
  if (work.x == 0) return;
  const NeuralGrid grid = fetch_grid(work.x % quads_apart - 1);
  const uint quad = work.x / quads_apart;
  const uint side = teams ? work.w : 1, each = teams ? 1 : neural_corners_each;
  const uint members = side * side, member = gl_LocalInvocationIndex % members;
  for (uint n = 0; n < each; ++n) {
    const uint corner = work.y + n * neural_group + gl_LocalInvocationIndex / members;
    const bool there = corner < grid.size.x * grid.size.y;
    vec4 total = vec4(0.0);
    if (there) total = gathered(grid, divided(corner, grid.size.x).yx, quad, member, side);
    if (teams) total = added_over_team(total, member, members);
    if (there && member == 0) store(grid, quad, work.z, corner, total);
  }
}
