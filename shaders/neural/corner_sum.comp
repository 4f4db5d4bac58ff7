#version 460
// The gradient of each corner of a coarse grid: of the four cells that it is a corner of (cell_gradient.comp).
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform usamplerBuffer works;
layout(binding = 1) uniform usamplerBuffer grids;
layout(binding = 2) uniform samplerBuffer sums;  // of each quad: [corner][grid cell]
layout(binding = 3, std430) writeonly buffer Target { float target[]; };
#include "work.glsl"
#include "fetch_grid.glsl"
#include "corner_store.glsl"

void main() {
  const uvec4 work = my_work();
  if (work.x == 0) return;
  const NeuralGrid grid = fetch_grid(work.x % quads_apart - 1);
  const uint width = grid.size.x, cells = width * grid.size.y;
  for (uint n = 0; n < neural_corners_each; ++n) {
    const uint corner = work.y + n * neural_group + gl_LocalInvocationIndex;
    if (corner >= cells) return;
    const uvec2 at = divided(corner, width).yx;
    const uint from = work.w + corner;
    vec4 total = texelFetch(sums, int(from));
    if (at.x > 0) total += texelFetch(sums, int(from + cells - 1));
    if (at.y > 0) total += texelFetch(sums, int(from + 2 * cells - width));
    if (at.x > 0 && at.y > 0) total += texelFetch(sums, int(from + 3 * cells - width - 1));
    store(grid, work.x / quads_apart, work.z, corner, total);
  }
}
