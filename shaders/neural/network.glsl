// A network over its feature grids, as one invocation carries `neural_samples` pixels through it. Loops are rolled, and
// on software devices their bounds come with the dispatch, WIDTHS: there they cost nothing, where a kernel of its own for
// every width that a slider passes would have to be compiled for a second or two.
#extension GL_KHR_shader_subgroup_shuffle : require
#extension GL_EXT_control_flow_attributes : require
#include "model.glsl"

layout(constant_id = 6) const uint feature_room = 8;  // that hold features; quads of padding beyond them stay zero
layout(constant_id = 7) const uint channels_at_once = 1;  // 1, 2 or 4: divides the channels of every grid

#ifndef SAMPLES_AT_ONCE
#define SAMPLES_AT_ONCE neural_samples
#endif
const uint K = SAMPLES_AT_ONCE;
const uint tile = neural_tile;
const uint output_rows = 4;  // of the output layer's tile that are ever more than padding
const uint value_room = (input_room + depth * hidden_room) * 4 + tile;
uint input_quads = software ? WIDTHS.input_quads : input_room;
uint feature_quads = software ? WIDTHS.feature_quads : feature_room;
uint hidden_quads = software ? WIDTHS.hidden_quads : hidden_room;
uint inputs = input_quads * 4;
uint hidden = hidden_quads * 4;
uint first_output = inputs + depth * hidden;
uint value_count = first_output + tile;

// Where a kernel keeps what the layers take and give: features, activations of each hidden layer, outputs, in quads. A
// sample's values are its own invocation's alone. What is never kept is zero.
vec4 load_quad(uint quad, uint k);
// The features first .. first + channels_at_once - 1 of a sample, for load_quad.
void keep_features(uint first, uint k, vec4 values);

// Of these channels of a corner, those from `channel` on: a quad of the arena, or a part of one.
vec4 corner_features(int at) {
  if (channels_at_once == 1) return texelFetch(arena_floats, at);
  const vec4 quad = texelFetch(arena, at >> 2);
  return channels_at_once == 4 || (at & 2) == 0 ? quad : quad.zwxy;
}

void encode(uint k, uvec2 at, uint grid_count) {
  for (uint g = 0; g < grid_count; ++g) {
    const NeuralGrid grid = fetch_grid(g);
    const Blend blend = blend_at(grid, at);
    for (uint channel = 0; channel < grid.channels; channel += channels_at_once) {
      const ivec4 corners = blend.corners + int(channel);
      const vec4 top = mix(corner_features(corners.x), corner_features(corners.y), blend.part.x);
      const vec4 bottom = mix(corner_features(corners.z), corner_features(corners.w), blend.part.x);
      keep_features(grid.first_input + channel, k, mix(top, bottom, blend.part.y));
    }
  }
}

// Layers 0 .. depth; the last is the output.
uint layer_rows(uint layer) { return layer < depth ? hidden : tile; }
uint layer_quads(uint layer) { return layer == 0 ? input_quads : hidden_quads; }       // padding too
uint layer_used_quads(uint layer) { return layer == 0 ? feature_quads : hidden_quads; }
uint layer_from(uint layer) { return layer == 0 ? 0 : inputs + (layer - 1) * hidden; }
uint layer_to(uint layer) { return inputs + layer * hidden; }
// Where a layer's weights begin, in quads from where the first ones do. Its biases follow them.
uint layer_weights(uint layer) {
  const uint first = hidden * input_quads + hidden_quads;
  const uint others = hidden * hidden_quads + hidden_quads;
  return layer == 0 ? 0 : first + (layer - 1) * others;
}

// The sums of a layer's units row .. row + rows - 1. The lanes fetch a row of weights each and hand them round.
void dense_tile(uint weights, uint layer, uint row, const uint rows, out float sums[tile * K]) {
  const uint quads = layer_quads(layer), used_quads = layer_used_quads(layer), from = layer_from(layer) / 4;
  const uint biases = weights + layer_rows(layer) * quads + row / 4;
  const vec4 low = texelFetch(arena, int(biases));
  const vec4 high = texelFetch(arena, int(biases + 1));
  [[unroll]] for (uint o = 0; o < tile; ++o)
    [[unroll]] for (uint k = 0; k < K; ++k) sums[o * K + k] = o < 4 ? low[o & 3] : high[o & 3];
  const uint mine = weights + (row + gl_SubgroupInvocationID % tile) * quads;
  [[dont_unroll]] for (uint q = 0; q < used_quads; ++q) {
    const vec4 lane_weights = texelFetch(arena, int(mine + q));
    vec4 x[K];
    [[unroll]] for (uint k = 0; k < K; ++k) x[k] = load_quad(from + q, k);
    [[unroll]] for (uint o = 0; o < rows; ++o)
      [[unroll]] for (uint i = 0; i < 4; ++i) {
        const float weight = subgroupShuffle(lane_weights[i], o);
        [[unroll]] for (uint k = 0; k < K; ++k) sums[o * K + k] += weight * x[k][i];
      }
  }
}

vec4 sums_quad(const float sums[tile * K], uint half_tile, uint k) {
  const uint at = 4 * half_tile * K + k;
  return vec4(sums[at], sums[at + K], sums[at + 2 * K], sums[at + 3 * K]);
}

// The stored byte of an output, over 255.
float decoded_channel(float sum) { return floor(255.0 / (1.0 + exp(-sum)) + 0.5) * (1.0 / 255.0); }
