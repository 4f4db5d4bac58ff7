#version 460
// The picture that an artifact's values decode to, a part of its pixels at a time, rounded to 8 bits.
#include "network.glsl"

layout(local_size_x = neural_group) in;
layout(binding = 3, rgba8) uniform writeonly image2D target;
layout(push_constant, scalar) uniform Push { NeuralDecodePush push; };

float values[first_output * K];  // [value][sample]

vec4 load_quad(uint quad, uint k) {
  const uint at = 4 * quad * K + k;
  return vec4(values[at], values[at + K], values[at + 2 * K], values[at + 3 * K]);
}

void keep_features(uint first, uint k, vec4 of_features) {
  [[unroll]] for (uint c = 0; c < channels_at_once; ++c) values[(first + c) * K + k] = of_features[c];
}

void main() {
  const uint first = (push.first_block + gl_WorkGroupID.x) * neural_block + gl_LocalInvocationIndex;
  const uint pixels = push.image.x * push.image.y;
  for (uint i = 0; i < feature_quads * 4 * K; ++i) values[i] = 0.0;
  for (uint k = 0; k < K; ++k) {
    const uint index = min(first + k * neural_group, pixels - 1);
    encode(k, uvec2(index % push.image.x, index / push.image.x), push.grids);
  }
  float sums[tile * K];
  for (uint layer = 0; layer < depth; ++layer)
    for (uint row = 0; row < hidden; row += tile) {
      dense_tile(push.layers_quad + layer_weights(layer), layer, row, tile, sums);
      [[unroll]] for (uint i = 0; i < tile * K; ++i)
        values[(layer_to(layer) + row) * K + i] = activate(sums[i], push.omega0).x;
    }
  dense_tile(push.layers_quad + layer_weights(depth), depth, 0, output_rows, sums);
  [[unroll]] for (uint k = 0; k < K; ++k) {
    const uint index = first + k * neural_group;
    vec4 colour = vec4(1.0);
    [[unroll]] for (uint o = 0; o < 4; ++o)
      if (o < outputs) colour[o] = decoded_channel(sums[o * K + k]);
    if (index < pixels) imageStore(target, ivec2(index % push.image.x, index / push.image.x), colour);
  }
}
