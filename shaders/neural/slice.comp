#version 460
// A slice of a training step: samples are drawn, carried forward, compared and carried back. Leaves what the gradients
// are made of: the tape (inputs of every layer and gradients of every sum) and the gradients of the features.
//
// The tape is the working memory too: an invocation reads back what it wrote itself. On llvmpipe that is the quickest
// place: a quad is fetched in 10 cycles, where arrays of the invocation take that for each float (and a third of the time
// of the whole step when everything lay in them); only stores are dear, and the tape needs those anyway. It is stored to
// as a buffer and read as texels, which llvmpipe does in a third of the time each that the other way takes.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;

layout(push_constant, scalar) uniform Push { NeuralSlicePush slice; } push;
#define WIDTHS push.slice.widths
#include "network.glsl"
#include "sample.glsl"
layout(binding = 8, rgba32f) uniform coherent readonly imageBuffer tape;
layout(binding = 9, std430) coherent writeonly buffer TapeQuads { vec4 tape_quads_out[]; };
layout(binding = 9, std430) coherent writeonly buffer TapePairs { vec2 tape_pairs_out[]; };
layout(binding = 9, std430) coherent writeonly buffer TapeFloats { float tape_floats_out[]; };
layout(binding = 4, std430) writeonly buffer FeatureGradients { vec4 feature_gradients[]; };

uint tape_quads = (value_count + depth * hidden) / 4;
uint first_delta = first_output / 4;  // the tape has no use for outputs

// Of the activations; [unit][sample].
float slopes[depth * hidden_room * 4 * K];

uint tape_texel(uint quad, uint k) {
  return (gl_WorkGroupID.x * tape_quads + quad) * neural_block + k * neural_group + gl_LocalInvocationIndex;
}
// Where a store to the buffer passes a read of its texels by. Never on software devices, where it costs.
void see_own_stores() {
  if (!software) memoryBarrier();
}
vec4 load_quad(uint quad, uint k) { return imageLoad(tape, int(tape_texel(quad, k))); }
void keep_quad(uint quad, uint k, vec4 value) { tape_quads_out[tape_texel(quad, k)] = value; }

void keep_features(uint first, uint k, vec4 values) {
  const uint texel = tape_texel(first / 4, k);
  if (channels_at_once == 4) tape_quads_out[texel] = values;
  else if (channels_at_once == 2) tape_pairs_out[2 * texel + first / 2 % 2] = values.xy;
  else tape_floats_out[4 * texel + first % 4] = values.x;
}

// Leaves the output layer's sums.
void forward(out float sums[tile * K]) {
  for (uint layer = 0; layer < depth; ++layer) {
    for (uint row = 0; row < hidden; row += tile) {
      dense_tile(push.slice.layers_quad + layer_weights(layer), layer, row, tile, sums);
      [[unroll]] for (uint i = 0; i < tile * K; ++i) {
        const vec2 both = activate(sums[i], push.slice.omega0);
        sums[i] = both.x;
        slopes[(layer * hidden + row) * K + i] = both.y;
      }
      [[unroll]] for (uint h = 0; h < 2; ++h)
        [[unroll]] for (uint k = 0; k < K; ++k) keep_quad((layer_to(layer) + row) / 4 + h, k, sums_quad(sums, h, k));
    }
    see_own_stores();
  }
  dense_tile(push.slice.layers_quad + layer_weights(depth), depth, 0, output_rows, sums);
}

// The gradients of a layer's inputs column .. column + 7, from those of its sums.
void backward_tile(uint layer, uint column, out float gradients[tile * K]) {
  const uint quads = layer_quads(layer), deltas = first_delta + layer * hidden_quads;
  const uint weights = push.slice.layers_quad + layer_weights(layer) + column / 4;
  [[unroll]] for (uint i = 0; i < tile * K; ++i) gradients[i] = 0.0;
  [[dont_unroll]] for (uint row = 0; row < layer_rows(layer); row += tile) {
    const uint mine = weights + (row + gl_SubgroupInvocationID % tile) * quads;
    const vec4 low = texelFetch(arena, int(mine));
    const vec4 high = texelFetch(arena, int(mine + 1));
    [[unroll]] for (uint h = 0; h < 2; ++h) {
      vec4 delta[K];
      [[unroll]] for (uint k = 0; k < K; ++k) delta[k] = load_quad(deltas + row / 4 + h, k);
      [[unroll]] for (uint i = 0; i < tile; ++i)
        [[unroll]] for (uint o = 0; o < 4; ++o) {
          const float weight = subgroupShuffle(i < 4 ? low[i & 3] : high[i & 3], 4 * h + o);
          [[unroll]] for (uint k = 0; k < K; ++k) gradients[i * K + k] += weight * delta[k][o];
        }
    }
  }
}

void main() {
  const uint block = push.slice.first_block + gl_WorkGroupID.x;
  const uint within = gl_LocalInvocationIndex;
  bool there[K];
  vec4 wanted[K];
  for (uint k = 0; k < K; ++k) {
    const uint index = block * neural_block + k * neural_group + within;
    there[k] = index < push.slice.samples;
    const uvec2 at = there[k] ? draw(index) : uvec2(0);
    imageStore(positions, int(index), uvec4(at.x | at.y << 16));
    wanted[k] = texelFetch(picture, ivec2(at), 0);
    encode(k, at, push.slice.grids);
  }
  see_own_stores();

  float sums[tile * K];
  forward(sums);
  float loss = 0.0;
  [[unroll]] for (uint k = 0; k < K; ++k) {
    vec4 delta;
    [[unroll]] for (uint o = 0; o < 4; ++o) {
      float error;
      delta[o] = output_gradient(sums[o * K + k], wanted[k][o], there[k] && o < outputs, error) * push.slice.gradient_scale;
      loss += error * error;
    }
    keep_quad(first_delta + depth * hidden_quads, k, delta);  // its other half stays zero
  }
  imageStore(losses, int(block * neural_group + within), vec4(loss));

  for (int layer = int(depth); layer >= 0; --layer) {
    see_own_stores();
    for (uint column = 0; column < layer_quads(layer) * 4; column += tile) {
      float gradients[tile * K];
      backward_tile(layer, column, gradients);
      if (layer > 0) {
        [[unroll]] for (uint i = 0; i < tile * K; ++i) gradients[i] *= slopes[((layer - 1) * hidden + column) * K + i];
        [[unroll]] for (uint h = 0; h < 2; ++h)
          [[unroll]] for (uint k = 0; k < K; ++k)
            keep_quad(first_delta + (layer - 1) * hidden_quads + column / 4 + h, k, sums_quad(gradients, h, k));
      } else {
        [[unroll]] for (uint h = 0; h < 2; ++h)
          [[unroll]] for (uint k = 0; k < K; ++k)
            if (column / 4 + h < feature_quads)
              feature_gradients[(block * input_quads + column / 4 + h) * neural_block + k * neural_group + within] =
                  sums_quad(gradients, h, k);
      }
    }
  }
}
