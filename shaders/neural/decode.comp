#version 460
// The picture that an artifact's values decode to, a part of its pixels at a time, rounded to 8 bits.
#include "network.glsl"

layout(local_size_x = neural_group) in;
layout(binding = 3, rgba8) uniform writeonly image2D target;
layout(push_constant, scalar) uniform Push { NeuralDecodePush push; };

void main() {
  const uint first = (push.first_block + gl_WorkGroupID.x) * neural_block + gl_LocalInvocationIndex;
  const uint pixels = push.image.x * push.image.y;
  clear_padding(inputs - tile);
  for (uint k = 0; k < K; ++k) {
    const uint index = min(first + k * neural_group, pixels - 1);
    encode(k, uvec2(index % push.image.x, index / push.image.x), push.grids);
  }
  for (uint layer = 0; layer <= depth; ++layer) {
    for (uint row = 0; row < layer_rows(layer); row += tile) dense_tile(push.layers_quad + layer_weights(layer), layer, row);
    if (layer < depth)
      for (uint i = 0; i < hidden * K; ++i)
        values[layer_to(layer) * K + i] = activate(values[layer_to(layer) * K + i], push.omega0).x;
  }
  for (uint k = 0; k < K; ++k) {
    const uint index = first + k * neural_group;
    if (index >= pixels) return;
    vec4 colour = vec4(1.0);
    for (uint o = 0; o < outputs; ++o) colour[o] = decoded_channel(values[(first_output + o) * K + k]);
    imageStore(target, ivec2(index % push.image.x, index / push.image.x), colour);
  }
}
