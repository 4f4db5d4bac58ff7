// What kernels of workgroups that cooperate share: the shape of the network, how a sample is drawn, and what it reads of a
// grid. Needs `push.slice`.
#extension GL_EXT_control_flow_attributes : require
#include "../interop/neural_train.h"

layout(constant_id = 0) const uint input_quads = 8;
layout(constant_id = 1) const uint hidden_quads = 16;
layout(constant_id = 2) const uint depth = 2;
layout(constant_id = 3) const uint outputs = 3;
layout(constant_id = 4) const uint activation = activation_siren;
layout(constant_id = 5) const bool polynomial_sine = false;

layout(binding = 0) uniform samplerBuffer arena;         // the parameters, in quads
layout(binding = 1) uniform samplerBuffer arena_floats;  // the same, one by one
layout(binding = 2) uniform usamplerBuffer grids;        // NeuralGrid in two texels
layout(binding = 3) uniform sampler2D picture;
layout(binding = 4, rgba32f) uniform writeonly imageBuffer feature_gradients;
layout(binding = 5, r32ui) uniform writeonly uimageBuffer positions;
layout(binding = 6, r32f) uniform writeonly imageBuffer losses;
layout(binding = 7) uniform usamplerBuffer drawn;  // independent sampling: pixels, sorted by cell

#include "activation.glsl"
#include "fetch_grid.glsl"

uvec2 draw(uint index) {
  if (push.slice.sampling == sampling_independent) {
    const uint packed = texelFetch(drawn, int(index)).x;
    return uvec2(packed & 0xffffu, packed >> 16);
  }
  return stratified_pixel(push.slice.image, push.slice.cells, push.slice.seed, push.slice.step, index);
}

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

// The gradient of an output's sum, but for a factor; `error` becomes what it is wrong by, 0 beyond the outputs.
float output_gradient(float sum, float wanted, bool counts, out float error) {
  const float y = 1.0 / (1.0 + exp(-sum));
  error = counts ? y - wanted : 0.0;
  return error * y * (1.0 - y);
}
