// A network over feature grids, as every kernel that evaluates one knows it: its shape, its parameters, what it reads of a
// grid.
#ifndef TXS_NEURAL_MODEL_GLSL
#define TXS_NEURAL_MODEL_GLSL
#include "../interop/neural_train.h"

layout(constant_id = 0) const uint input_room = 8;    // quads of the padded features, or more
layout(constant_id = 1) const uint hidden_room = 16;  // of a padded hidden layer
layout(constant_id = 2) const uint depth = 2;
layout(constant_id = 3) const uint outputs = 3;
layout(constant_id = 4) const uint activation = activation_siren;
layout(constant_id = 5) const bool software = false;  // the device

layout(binding = 0) uniform samplerBuffer arena;         // the parameters, in quads
layout(binding = 1) uniform samplerBuffer arena_floats;  // the same, one by one
layout(binding = 2) uniform usamplerBuffer grids;        // NeuralGrid in two texels

#include "activation.glsl"
#include "fetch_grid.glsl"

// The four corners that a sample blends: float of channel 0 of top left, top right, bottom left, bottom right.
struct Blend {
  ivec4 corners;
  vec2 part;
};

Blend blend_at(NeuralGrid grid, uvec2 at) {
  const GridPlace place = grid_place(grid, at.x, at.y);
  const uvec4 entries = uvec4(grid_entry(grid, place.low.x, place.low.y), grid_entry(grid, place.high.x, place.low.y),
                              grid_entry(grid, place.low.x, place.high.y), grid_entry(grid, place.high.x, place.high.y));
  return Blend(ivec4(grid.values + entries * grid.channels), place.part);
}

float feature(Blend blend, uint channel) {
  const ivec4 at = blend.corners + int(channel);
  const float top = mix(texelFetch(arena_floats, at.x).x, texelFetch(arena_floats, at.y).x, blend.part.x);
  const float bottom = mix(texelFetch(arena_floats, at.z).x, texelFetch(arena_floats, at.w).x, blend.part.x);
  return mix(top, bottom, blend.part.y);
}
#endif
