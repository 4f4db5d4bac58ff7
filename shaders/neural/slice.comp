#version 460
// A slice of a training step: samples are drawn, carried forward, compared and carried back. Leaves what the gradients
// are made of: the tape (inputs of every layer and gradients of every sum) and the gradients of the features.
#include "network.glsl"

layout(local_size_x = neural_group) in;

layout(binding = 3) uniform sampler2D picture;
layout(binding = 4, rgba32f) uniform writeonly imageBuffer tape;
layout(binding = 5, rgba32f) uniform writeonly imageBuffer feature_gradients;
layout(binding = 6, r32ui) uniform writeonly uimageBuffer positions;  // x | y << 16 of every sample
layout(binding = 7, r32f) uniform writeonly imageBuffer losses;       // of each invocation: its samples' squared errors
layout(binding = 8) uniform usamplerBuffer drawn;                     // independent sampling: pixels, sorted by cell

layout(push_constant, scalar) uniform Push { NeuralSlicePush push; };

const uint tape_quads = (value_count + depth * hidden) / 4;
const uint first_delta = first_output;  // the tape has no use for outputs

// Of the activations; going back they become the gradients of the sums. The outputs' stand last.
float slopes[(depth * hidden + tile) * K];

uvec2 draw(uint index) {
  if (push.sampling == sampling_independent) {
    const uint packed = texelFetch(drawn, int(index)).x;
    return uvec2(packed & 0xffffu, packed >> 16);
  }
  return stratified_pixel(push.image, push.cells, push.seed, push.step, index);
}

void forward() {
  for (uint layer = 0; layer <= depth; ++layer) {
    for (uint row = 0; row < layer_rows(layer); row += tile) dense_tile(push.layers_quad + layer_weights(layer), layer, row);
    if (layer == depth) break;
    for (uint i = 0; i < hidden * K; ++i) {
      const vec2 both = activate(values[layer_to(layer) * K + i], push.omega0);
      values[layer_to(layer) * K + i] = both.x;
      slopes[layer * hidden * K + i] = both.y;
    }
  }
}

// The gradients of a layer's inputs column .. column + 7, from those of its sums.
void backward_tile(uint layer, uint column, out float gradients[tile * K]) {
  const uint quads = layer_quads(layer);
  const uint weights = push.layers_quad + layer_weights(layer) + column / 4;
  [[unroll]] for (uint i = 0; i < tile * K; ++i) gradients[i] = 0.0;
  for (uint row = 0; row < layer_rows(layer); row += tile) {
    const uint mine = weights + (row + gl_SubgroupInvocationID % tile) * quads;
    const vec4 low = texelFetch(arena, int(mine));
    const vec4 high = texelFetch(arena, int(mine + 1));
    float deltas[tile * K];
    [[unroll]] for (uint i = 0; i < tile * K; ++i) deltas[i] = slopes[(layer * hidden + row) * K + i];
    [[unroll]] for (uint i = 0; i < tile; ++i)
      [[unroll]] for (uint o = 0; o < tile; ++o) {
        const float weight = subgroupShuffle(i < 4 ? low[i & 3] : high[i & 3], o);
        [[unroll]] for (uint k = 0; k < K; ++k) gradients[i * K + k] += weight * deltas[o * K + k];
      }
  }
}

void main() {
  const uint block = push.first_block + gl_WorkGroupID.x;
  const uint within = gl_LocalInvocationIndex;
  bool there[K];
  vec4 wanted[K];

  clear_padding(inputs - tile);
  for (uint k = 0; k < K; ++k) {
    const uint index = block * neural_block + k * neural_group + within;
    there[k] = index < push.samples;
    const uvec2 at = there[k] ? draw(index) : uvec2(0);
    imageStore(positions, int(index), uvec4(at.x | at.y << 16));
    wanted[k] = texelFetch(picture, ivec2(at), 0);
    encode(k, at, push.grids);
  }
  forward();

  float loss = 0.0;
  for (uint k = 0; k < K; ++k)
    for (uint o = 0; o < tile; ++o) {
      const float y = 1.0 / (1.0 + exp(-values[(first_output + o) * K + k]));
      const float error = there[k] && o < outputs ? y - wanted[k][o & 3] : 0.0;
      loss += error * error;
      slopes[(depth * hidden + o) * K + k] = error * y * (1.0 - y) * push.gradient_scale;
    }
  imageStore(losses, int(block * neural_group + within), vec4(loss));

  for (int layer = int(depth); layer >= 0; --layer)
    for (uint column = 0; column < layer_quads(layer) * 4; column += tile) {
      float gradients[tile * K];
      backward_tile(layer, column, gradients);
      if (layer > 0) {
        [[unroll]] for (uint i = 0; i < tile * K; ++i) slopes[((layer - 1) * hidden + column) * K + i] *= gradients[i];
        continue;
      }
      [[unroll]] for (uint h = 0; h < 2; ++h)
        [[unroll]] for (uint k = 0; k < K; ++k)
          imageStore(feature_gradients,
                     int((block * input_quads + column / 4 + h) * neural_block + k * neural_group + within),
                     vec4(gradients[4 * h * K + k], gradients[(4 * h + 1) * K + k], gradients[(4 * h + 2) * K + k],
                          gradients[(4 * h + 3) * K + k]));
    }

  const uint base = gl_WorkGroupID.x * tape_quads * neural_block + within;
  for (uint q = 0; q < first_output / 4; ++q)
    [[unroll]] for (uint k = 0; k < K; ++k)
      imageStore(tape, int(base + q * neural_block + k * neural_group),
                 vec4(values[4 * q * K + k], values[(4 * q + 1) * K + k], values[(4 * q + 2) * K + k],
                      values[(4 * q + 3) * K + k]));
  for (uint q = 0; q <= depth * hidden_quads; ++q)
    [[unroll]] for (uint k = 0; k < K; ++k)
      imageStore(tape, int(base + (first_delta / 4 + q) * neural_block + k * neural_group),
                 vec4(slopes[4 * q * K + k], slopes[(4 * q + 1) * K + k], slopes[(4 * q + 2) * K + k],
                      slopes[(4 * q + 3) * K + k]));
}
