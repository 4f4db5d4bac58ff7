#version 460
// A slice of a training step on GPUs that multiply matrices: a subgroup carries 16 or 32 samples forward and back. Activations and
// gradients of sums are halves, products are summed in floats, activations are computed in floats. Of each subgroup's
// activations one layer at a time lies in shared memory; slopes wait on the tape where their gradients will stand.
#include "matrix.glsl"
#include "../interop/neural_matrix.h"
layout(push_constant, scalar) uniform Push { NeuralMatrixPush push; };
#include "sample.glsl"

layout(local_size_x = matrix_subgroup * matrix_subgroups) in;
layout(binding = 4, rgba32f) uniform writeonly imageBuffer feature_gradients;
layout(constant_id = 6) const uint N = 2;  // tiles of samples of a subgroup: 1 or 2

const uint input_tiles = (input_room + 3) / 4;
const uint hidden_tiles = (hidden_room + 3) / 4;
const uint widest = input_tiles > hidden_tiles ? input_tiles : hidden_tiles;
const uint tape_tiles = input_tiles + 2 * depth * hidden_tiles + 1;
const uint pitch = widest * matrix_side + 8;  // halves of a sample; 8 more spread the rows over the banks
const uint samples = N * matrix_side;         // of a subgroup
const uint members = matrix_subgroup / samples;  // invocations that share a sample

shared float16_t values[matrix_subgroups * samples * pitch];    // [subgroup][sample][value]
shared float staged[matrix_subgroups * samples * matrix_side];  // the same, of a tile

uint row_tiles(uint layer) { return layer == depth ? 1 : hidden_tiles; }
uint column_tiles(uint layer) { return layer == 0 ? input_tiles : hidden_tiles; }
// Half of a layer's first weight.
uint layer_weights(uint layer) {
  const uint tiles = layer == 0 ? 0 : input_tiles * hidden_tiles + (layer - 1) * hidden_tiles * hidden_tiles;
  return tiles * matrix_halves;
}

uint my_sample() { return gl_SubgroupID * samples + gl_SubgroupInvocationID % samples; }  // of the workgroup
uint my_part() { return gl_SubgroupInvocationID / samples; }
uint value_at(uint n, uint tile) { return (gl_SubgroupID * samples + n * matrix_side) * pitch + tile * matrix_side; }
uint staged_at(uint n) { return (gl_SubgroupID * samples + n * matrix_side) * matrix_side; }
uint tape_at(uint n, uint tile) {
  const uint sample_tile = (gl_WorkGroupID.x * matrix_subgroups + gl_SubgroupID) * N + n;
  return (sample_tile * tape_tiles + tile) * matrix_halves;
}
uint slope_tile(uint layer) { return input_tiles + (depth + layer) * hidden_tiles; }  // of a hidden layer

// Values of this subgroup's samples, once all of it have read what they need of those before.
void put(uint n, uint tile, uint tape_tile, Halves matrix) {
  coopMatStoreNV(matrix, values, value_at(n, tile), pitch, false);
  coopMatStoreNV(matrix, push.tape.v, tape_at(n, tape_tile), matrix_side, false);
}

void encode(uint index, out uvec2 at) {
  at = index < push.slice.samples ? draw(index) : uvec2(0);
  if (my_part() == 0) imageStore(positions, int(index), uvec4(at.x | at.y << 16));
  const uint to = my_sample() * pitch;
  uint next = my_part();
  for (uint g = 0; g < push.slice.grids; ++g) {
    const NeuralGrid grid = fetch_grid(g);
    const Blend blend = blend_at(grid, at);
    for (; next < grid.first_input + grid.channels; next += members)
      values[to + next] = float16_t(feature(blend, next - grid.first_input));
  }
  for (; next < input_tiles * matrix_side; next += members) values[to + next] = float16_t(0.0);
}

// The sums of hidden layer `layer` become its activations.
void hidden_layer(uint layer, const uint columns, uint bias) {
  Halves inputs[N][widest];
  [[unroll]] for (uint n = 0; n < N; ++n)
    [[unroll]] for (uint i = 0; i < columns; ++i) coopMatLoadNV(inputs[n][i], values, value_at(n, i), pitch, false);
  subgroupBarrier();
  if (layer == 0)
    [[unroll]] for (uint n = 0; n < N; ++n)
      [[unroll]] for (uint i = 0; i < columns; ++i)
        coopMatStoreNV(inputs[n][i], push.tape.v, tape_at(n, i), matrix_side, false);
  for (uint o = 0; o < hidden_tiles; ++o) {
    Sums sums[N];
    [[unroll]] for (uint n = 0; n < N; ++n) coopMatLoadNV(sums[n], push.biases.v, bias + o * matrix_side, 0, false);
    [[unroll]] for (uint i = 0; i < columns; ++i) {
      Halves weights;
      coopMatLoadNV(weights, push.weights.v, layer_weights(layer) + (o * columns + i) * matrix_halves, matrix_side, true);
      [[unroll]] for (uint n = 0; n < N; ++n) sums[n] = coopMatMulAddNV(inputs[n][i], weights, sums[n]);
    }
    [[unroll]] for (uint n = 0; n < N; ++n) {
      Sums slopes;
      for (uint e = 0; e < sums[n].length(); ++e) {
        const vec2 both = activate(sums[n][e], push.slice.omega0);
        sums[n][e] = both.x;
        slopes[e] = both.y;
      }
      put(n, o, input_tiles + layer * hidden_tiles + o, Halves(sums[n]));
      coopMatStoreNV(Halves(slopes), push.tape.v, tape_at(n, slope_tile(layer) + o), matrix_side, false);
    }
  }
  subgroupBarrier();
}

// Leaves the sums of the outputs in `staged`.
void output_layer() {
  const uint bias = depth * hidden_tiles * matrix_side;
  [[unroll]] for (uint n = 0; n < N; ++n) {
    Sums sums;
    coopMatLoadNV(sums, push.biases.v, bias, 0, false);
    for (uint i = 0; i < hidden_tiles; ++i) {
      Halves inputs, weights;
      coopMatLoadNV(inputs, values, value_at(n, i), pitch, false);
      coopMatLoadNV(weights, push.weights.v, layer_weights(depth) + i * matrix_halves, matrix_side, true);
      sums = coopMatMulAddNV(inputs, weights, sums);
    }
    coopMatStoreNV(sums, staged, staged_at(n), matrix_side, false);
  }
  subgroupBarrier();
}

// Leaves the gradients of the outputs' sums as values.
void compare(uint index, uvec2 at) {
  if (my_part() == 0) {
    const uint from = my_sample() * matrix_side, to = my_sample() * pitch;
    const vec4 wanted = texelFetch(picture, ivec2(at), 0);
    float loss = 0.0;
    [[unroll]] for (uint o = 0; o < matrix_side; ++o) {
      float error = 0.0, gradient = 0.0;
      if (o < outputs) gradient = output_gradient(staged[from + o], wanted[o & 3], index < push.slice.samples, error);
      loss += error * error;
      values[to + o] = float16_t(gradient * (2.0 * matrix_loss_scale));
    }
    imageStore(losses, int(index), vec4(loss));
  }
  subgroupBarrier();
}

// The gradients of the sums of hidden layer `layer`, from those of the `rows` tiles of sums of the next.
void hidden_layer_back(uint layer, const uint rows) {
  Halves deltas[N][widest];
  [[unroll]] for (uint n = 0; n < N; ++n)
    [[unroll]] for (uint o = 0; o < rows; ++o) coopMatLoadNV(deltas[n][o], values, value_at(n, o), pitch, false);
  subgroupBarrier();
  for (uint i = 0; i < hidden_tiles; ++i) {
    Sums sums[N];
    [[unroll]] for (uint n = 0; n < N; ++n) sums[n] = Sums(0.0);
    [[unroll]] for (uint o = 0; o < rows; ++o) {
      Halves weights;
      coopMatLoadNV(weights, push.weights.v, layer_weights(layer + 1) + (o * hidden_tiles + i) * matrix_halves, matrix_side,
                    false);
      [[unroll]] for (uint n = 0; n < N; ++n) sums[n] = coopMatMulAddNV(deltas[n][o], weights, sums[n]);
    }
    [[unroll]] for (uint n = 0; n < N; ++n) {
      Halves kept;
      coopMatLoadNV(kept, push.tape.v, tape_at(n, slope_tile(layer) + i), matrix_side, false);
      const Sums slopes = Sums(kept);
      for (uint e = 0; e < slopes.length(); ++e) sums[n][e] = clamp(sums[n][e] * slopes[e], -65504.0, 65504.0);
      put(n, i, slope_tile(layer) + i, Halves(sums[n]));
    }
  }
  subgroupBarrier();
}

void features_back(uint index) {
  Halves deltas[N][hidden_tiles];
  [[unroll]] for (uint n = 0; n < N; ++n)
    [[unroll]] for (uint o = 0; o < hidden_tiles; ++o) coopMatLoadNV(deltas[n][o], values, value_at(n, o), pitch, false);
  const float scale = push.slice.gradient_scale * (0.5 / matrix_loss_scale);
  for (uint i = 0; i < input_tiles; ++i) {
    [[unroll]] for (uint n = 0; n < N; ++n) {
      Sums sums = Sums(0.0);
      [[unroll]] for (uint o = 0; o < hidden_tiles; ++o) {
        Halves weights;
        coopMatLoadNV(weights, push.weights.v, (o * input_tiles + i) * matrix_halves, matrix_side, false);
        sums = coopMatMulAddNV(deltas[n][o], weights, sums);
      }
      coopMatStoreNV(sums, staged, staged_at(n), matrix_side, false);
    }
    subgroupBarrier();
    const uint from = my_sample() * matrix_side;
    for (uint q = my_part(); q < 4 && i * 4 + q < input_room; q += members) {
      const uint plane = index / neural_block * input_room + i * 4 + q;
      imageStore(feature_gradients, int(plane * neural_block + index % neural_block),
                 scale * vec4(staged[from + 4 * q], staged[from + 4 * q + 1], staged[from + 4 * q + 2], staged[from + 4 * q + 3]));
    }
    subgroupBarrier();
  }
}

void main() {
  const uint index = push.slice.first_block * neural_block + gl_WorkGroupID.x * matrix_subgroups * samples + my_sample();
  uvec2 at;
  encode(index, at);
  subgroupBarrier();
  hidden_layer(0, input_tiles, 0);
  [[unroll]] for (uint layer = 1; layer < depth; ++layer) hidden_layer(layer, hidden_tiles, layer * hidden_tiles * matrix_side);
  output_layer();
  compare(index, at);
  [[unroll]] for (uint n = 0; n < N; ++n) {
    Halves deltas;
    coopMatLoadNV(deltas, values, value_at(n, 0), pitch, false);
    coopMatStoreNV(deltas, push.tape.v, tape_at(n, tape_tiles - 1), matrix_side, false);
  }
  hidden_layer_back(depth - 1, 1);
  [[unroll]] for (uint layer = depth - 1; layer > 0; --layer) hidden_layer_back(layer - 1, hidden_tiles);
  features_back(index);
}
