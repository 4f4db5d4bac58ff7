#version 460
// A slice of a training step on GPUs: a workgroup carries 64 samples (32 of networks wider than 64) forward and back in
// single precision. Activations lie in shared memory, weights pass through it 32 columns at a time; an invocation makes the
// sums of 8 units for 4 samples, so that each value that it reads there takes part in several multiplications.
#include "../interop/neural_group.h"
layout(push_constant, scalar) uniform Push { NeuralSlicePush slice; } push;
#include "sample.glsl"

layout(local_size_x = neural_wide_group) in;
layout(constant_id = 6) const uint samples = 64;  // of the workgroup

layout(binding = 4, rgba32f) uniform writeonly imageBuffer feature_gradients;
layout(binding = 8, rgba32f) uniform writeonly imageBuffer tape;

const uint inputs = input_room * 4;
const uint hidden = hidden_room * 4;
const uint widest = inputs > hidden ? inputs : hidden;
const uint tape_values = inputs + 2 * depth * hidden + neural_tile;
const uint Q = samples / 4;  // quads of samples

shared vec4 values[widest * Q];                    // [unit][quad of samples]: what a layer takes, then what it gives
shared vec4 weights[staged_columns * widest / 4];  // [column][quad of rows]

vec4 sums[8];           // of this invocation's units for its samples
vec4 slopes[depth * 8];  // of their activations, of every hidden layer

uint lane() { return gl_LocalInvocationIndex; }
uint my_quad() { return lane() % Q; }
uint my_row() { return lane() / Q * 8; }

uint layer_columns(uint layer) { return layer == 0 ? inputs : hidden; }
uint layer_rows(uint layer) { return layer == depth ? neural_tile : hidden; }
// Where a layer's weights begin in the arena, in quads. Its biases follow them.
uint layer_weights(uint layer) {
  const uint first = (inputs + 1) * hidden_room, others = (hidden + 1) * hidden_room;
  return push.slice.layers_quad + (layer == 0 ? 0 : first + (layer - 1) * others);
}

// Adds to the sums what `count` staged columns contribute, whose values begin at unit `first`.
void add_products(uint first, uint count, uint rows) {
  if (my_row() >= rows) return;
  for (uint k = 0; k < count; ++k) {
    const vec4 value = values[(first + k) * Q + my_quad()];
    const vec4 low = weights[(k * rows + my_row()) / 4], high = weights[(k * rows + my_row()) / 4 + 1];
    [[unroll]] for (uint o = 0; o < 4; ++o) {
      sums[o] += low[o] * value;
      sums[o + 4] += high[o] * value;
    }
  }
}

// The sums of a layer, from its inputs in `values`. All invocations are past reading these when it returns.
void multiply(uint layer) {
  const uint rows = layer_rows(layer), columns = layer_columns(layer), from = layer_weights(layer);
  if (my_row() < rows)
    [[unroll]] for (uint h = 0; h < 2; ++h) {
      const vec4 biases = texelFetch(arena, int(from + (rows * columns + my_row()) / 4 + h));
      [[unroll]] for (uint o = 0; o < 4; ++o) sums[4 * h + o] = vec4(biases[o]);
    }
  for (uint first = 0; first < columns; first += staged_columns) {
    const uint count = min(staged_columns, columns - first);
    barrier();
    for (uint i = lane(); i < rows * count / 4; i += neural_wide_group) {
      const uint row = i % rows, column = i / rows * 4;
      const vec4 four = texelFetch(arena, int(from + (row * columns + first + column) / 4));
      [[unroll]] for (uint c = 0; c < 4; ++c) weights[((column + c) * rows + row) / 4][row % 4] = four[c];
    }
    barrier();
    add_products(first, count, rows);
  }
  barrier();
}

// The gradients of a layer's inputs, from those of its sums in `values`: the same with the matrix turned over.
void multiply_back(uint layer) {
  const uint rows = layer_rows(layer), columns = layer_columns(layer), from = layer_weights(layer);
  [[unroll]] for (uint o = 0; o < 8; ++o) sums[o] = vec4(0.0);
  for (uint first = 0; first < rows; first += staged_columns) {
    const uint count = min(staged_columns, rows - first);
    barrier();
    for (uint i = lane(); i < columns * count / 4; i += neural_wide_group)
      weights[i] = texelFetch(arena, int(from + first * columns / 4 + i));
    barrier();
    add_products(first, count, columns);
  }
  barrier();
}

// The tape's texel of a value of this invocation's samples.
int tape_texel(uint value) {
  const uint parts = neural_block / samples, block = gl_WorkGroupID.x / parts, part = gl_WorkGroupID.x % parts;
  return int((block * tape_values + value) * neural_group + part * Q + my_quad());
}

void put(uint unit, uint tape_value, vec4 value) {
  values[unit * Q + my_quad()] = value;
  imageStore(tape, tape_texel(tape_value), value);
}

uvec2 pixel_of(uint index) { return index < push.slice.samples ? draw(index) : uvec2(0); }

void encode(uint first_sample) {
  const uint mine = lane() % samples, part = lane() / samples, parts = neural_wide_group / samples;
  const uvec2 at = pixel_of(first_sample + mine);
  if (part == 0) imageStore(positions, int(first_sample + mine), uvec4(at.x | at.y << 16));
  for (uint g = 0; g < push.slice.grids; ++g) {
    const NeuralGrid grid = fetch_grid(g);
    const Blend blend = blend_at(grid, at);
    for (uint channel = part; channel < grid.channels; channel += parts)
      values[(grid.first_input + channel) * Q + mine / 4][mine % 4] = feature(blend, channel);
  }
  const NeuralGrid last = fetch_grid(push.slice.grids - 1);
  for (uint unit = last.first_input + last.channels + part; unit < inputs; unit += parts)
    values[unit * Q + mine / 4][mine % 4] = 0.0;
  barrier();
  if (my_row() < inputs)
    for (uint unit = my_row(); unit < my_row() + 8; ++unit)
      imageStore(tape, tape_texel(unit), values[unit * Q + my_quad()]);
}

void forward() {
  for (uint layer = 0; layer < depth; ++layer) {
    multiply(layer);
    if (my_row() >= hidden) continue;
    [[unroll]] for (uint o = 0; o < 8; ++o) {
      vec4 result, slope;
      [[unroll]] for (uint k = 0; k < 4; ++k) {
        const vec2 both = activate(sums[o][k], push.slice.omega0);
        result[k] = both.x;
        slope[k] = both.y;
      }
      slopes[layer * 8 + o] = slope;
      put(my_row() + o, inputs + layer * hidden + my_row() + o, result);
    }
  }
  multiply(depth);
}

// The sums of the outputs are with the invocations of the first units.
void compare(uint first_sample) {
  if (my_row() > 0) return;
  vec4 gradients[8];
  [[unroll]] for (uint o = 0; o < 8; ++o) gradients[o] = vec4(0.0);
  float loss = 0.0;
  [[unroll]] for (uint k = 0; k < 4; ++k) {
    const uint index = first_sample + my_quad() * 4 + k;
    const vec4 wanted = texelFetch(picture, ivec2(pixel_of(index)), 0);
    const bool there = index < push.slice.samples;
    [[unroll]] for (uint o = 0; o < 4; ++o) {
      float error;
      gradients[o][k] = output_gradient(sums[o][k], wanted[o], there && o < outputs, error) * push.slice.gradient_scale;
      loss += error * error;
    }
  }
  [[unroll]] for (uint o = 0; o < 8; ++o) put(o, inputs + 2 * depth * hidden + o, gradients[o]);
  imageStore(losses, int(first_sample / 4 + my_quad()), vec4(loss));
}

void keep_feature_gradients(uint first_sample) {
  [[unroll]] for (uint h = 0; h < 2; ++h)
    [[unroll]] for (uint k = 0; k < 4; ++k) {
      const uint index = first_sample + my_quad() * 4 + k;
      const uint plane = index / neural_block * input_room + my_row() / 4 + h;
      imageStore(feature_gradients, int(plane * neural_block + index % neural_block),
                 vec4(sums[4 * h][k], sums[4 * h + 1][k], sums[4 * h + 2][k], sums[4 * h + 3][k]));
    }
}

void backward(uint first_sample) {
  for (uint layer = depth; layer > 0; --layer) {
    multiply_back(layer);
    if (my_row() >= hidden) continue;
    [[unroll]] for (uint o = 0; o < 8; ++o)
      put(my_row() + o, inputs + (depth + layer - 1) * hidden + my_row() + o, sums[o] * slopes[(layer - 1) * 8 + o]);
  }
  multiply_back(0);
  if (my_row() < inputs) keep_feature_gradients(first_sample);
}

void main() {
  const uint first_sample = push.slice.first_block * neural_block + gl_WorkGroupID.x * samples;
  encode(first_sample);
  forward();
  compare(first_sample);
  backward(first_sample);
}
