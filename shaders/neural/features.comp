#version 460
// A grid's channels as planes, one below the other. Of a hashed level, every corner shows the entry that it shares.
#include "../interop/neural_train.h"

layout(local_size_x = 8, local_size_y = 8) in;
layout(binding = 0) uniform samplerBuffer values;
layout(binding = 1) uniform usamplerBuffer grids;
layout(binding = 2) uniform samplerBuffer ranges;
layout(binding = 3, r32f) uniform writeonly image2D planes;
layout(binding = 4, r32f) uniform writeonly image2D plane_ranges;
layout(push_constant, scalar) uniform Push { FeaturesPush push; };
#include "fetch_grid.glsl"

void main() {
  const NeuralGrid grid = fetch_grid(push.grid);
  const uint x = gl_GlobalInvocationID.x, y = gl_GlobalInvocationID.y;
  if (y == 0 && x < grid.channels) {
    const vec2 range = texelFetch(ranges, int(push.first_channel + x)).xy;
    imageStore(plane_ranges, ivec2(0, x), vec4(range.x));
    imageStore(plane_ranges, ivec2(1, x), vec4(range.y));
  }
  if (x >= grid.size.x || y >= grid.size.y) return;
  const uint entry = grid_entry(grid, x, y);
  for (uint c = 0; c < grid.channels; ++c)
    imageStore(planes, ivec2(x, y + c * grid.size.y),
               vec4(texelFetch(values, int(grid.values + entry * grid.channels + c)).x));
}
