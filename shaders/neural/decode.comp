#version 460
// The picture that an artifact's values decode to, a part of its pixels at a time, rounded to 8 bits.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 3, rgba8) uniform writeonly image2D target;
layout(push_constant, scalar) uniform Push { NeuralDecodePush push; };
#define WIDTHS push.widths
#include "network.glsl"

// What the layers take; [value][sample]. The last hidden layer's activations go into the outputs at once: llvmpipe stores to
// arrays of the invocation lane by lane, a quarter of the time that decoding took when all of them lay there.
const uint kept = (input_room + (depth - 1) * hidden_room) * 4;
float values[kept * K];

vec4 load_quad(uint quad, uint k) {
  const uint at = 4 * quad * K + k;
  return vec4(values[at], values[at + K], values[at + 2 * K], values[at + 3 * K]);
}

void keep_features(uint first, uint k, vec4 of_features) {
  [[unroll]] for (uint c = 0; c < channels_at_once; ++c) values[(first + c) * K + k] = of_features[c];
}

void activate_tile(uint layer, uint row, out float activations[tile * K]) {
  dense_tile(push.layers_quad + layer_weights(layer), layer, row, tile, activations);
  [[unroll]] for (uint i = 0; i < tile * K; ++i) activations[i] = activate(activations[i], push.omega0).x;
}

// What the units row .. row + 7 of the last hidden layer add to the outputs.
void add_outputs(uint row, const float activations[tile * K], inout vec4 sums[K]) {
  const uint mine = push.layers_quad + layer_weights(depth) + gl_SubgroupInvocationID % tile * hidden_quads + row / 4;
  [[unroll]] for (uint h = 0; h < 2; ++h) {
    const vec4 lane_weights = texelFetch(arena, int(mine + h));
    [[unroll]] for (uint i = 0; i < 4; ++i)
      [[unroll]] for (uint o = 0; o < output_rows; ++o) {
        const float weight = subgroupShuffle(lane_weights[i], o);
        [[unroll]] for (uint k = 0; k < K; ++k) sums[k][o] += weight * activations[(4 * h + i) * K + k];
      }
  }
}

uvec2 pixel_at(uint index) {
  return push.first + push.stride * divided(min(index, push.pixels - 1), push.columns).yx;
}

void keep_colour(uvec2 at, vec4 colour) {
  const uvec2 end = min(at + push.spread, uvec2(imageSize(target)));
  for (uint y = at.y; y < end.y; ++y)
    for (uint x = at.x; x < end.x; ++x) imageStore(target, ivec2(x, y), colour);
}

void main() {
  const uint first = (push.first_block + gl_WorkGroupID.x) * neural_block + gl_LocalInvocationIndex;
  for (uint i = 0; i < feature_quads * 4 * K; ++i) values[i] = 0.0;
  for (uint k = 0; k < K; ++k)
    encode(k, pixel_at(first + k * neural_group), push.grids);
  for (uint layer = 0; layer + 1 < depth; ++layer)
    for (uint row = 0; row < hidden; row += tile) {
      float activations[tile * K];
      activate_tile(layer, row, activations);
      [[unroll]] for (uint i = 0; i < tile * K; ++i) values[(layer_to(layer) + row) * K + i] = activations[i];
    }

  const vec4 biases = texelFetch(arena, int(push.layers_quad + layer_weights(depth) + tile * hidden_quads));
  vec4 sums[K];
  [[unroll]] for (uint k = 0; k < K; ++k) sums[k] = biases;
  for (uint row = 0; row < hidden; row += tile) {
    float activations[tile * K];
    activate_tile(depth - 1, row, activations);
    add_outputs(row, activations, sums);
  }

  [[unroll]] for (uint k = 0; k < K; ++k) {
    const uint index = first + k * neural_group;
    vec4 colour = vec4(1.0);
    [[unroll]] for (uint o = 0; o < 4; ++o)
      if (o < outputs) colour[o] = decoded_channel(sums[k][o]);
    if (index < push.pixels) keep_colour(pixel_at(index), colour);
  }
}
