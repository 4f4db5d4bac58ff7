#version 460
// How one pixel is decoded: the corners of each grid, then the features, the sums and the outputs of every layer.
#define SAMPLES_AT_ONCE 1
#include "../interop/neural_train.h"

layout(local_size_x = neural_tile) in;
layout(binding = 3, r32f) uniform writeonly imageBuffer trace;
layout(push_constant, scalar) uniform Push { NeuralInspectPush push; };
#define WIDTHS push.widths
#include "network.glsl"

float values[value_room];

void keep_features(uint first, uint, vec4 of_features) {
  for (uint c = 0; c < channels_at_once; ++c) values[first + c] = of_features[c];
}

vec4 load_quad(uint quad, uint) {
  return vec4(values[4 * quad], values[4 * quad + 1], values[4 * quad + 2], values[4 * quad + 3]);
}

void keep(uint at, float value) { imageStore(trace, int(at), vec4(value)); }

void main() {
  for (uint i = 0; i < inputs; ++i) values[i] = 0.0;
  encode(0, push.pixel, push.grids);
  uint at = 0;
  for (uint g = 0; g < push.grids; ++g) {
    const NeuralGrid grid = fetch_grid(g);
    const GridPlace place = grid_place(grid, push.pixel.x, push.pixel.y);
    for (uint corner = 0; corner < 4; ++corner) {
      const uint x = (corner & 1u) == 0u ? place.low.x : place.high.x;
      const uint y = (corner & 2u) == 0u ? place.low.y : place.high.y;
      const uint entry = grid_entry(grid, x, y);
      for (uint c = 0; c < grid.channels; ++c)
        keep(at++, texelFetch(arena_floats, int(grid.values + entry * grid.channels + c)).x);
    }
  }
  for (uint i = 0; i < inputs; ++i) keep(at++, values[i]);
  for (uint layer = 0; layer <= depth; ++layer) {
    for (uint row = 0; row < layer_rows(layer); row += tile) {
      float sums[tile * K];
      dense_tile(push.layers_quad + layer_weights(layer), layer, row, tile, sums);
      for (uint o = 0; o < tile; ++o) values[layer_to(layer) + row + o] = sums[o];
    }
    for (uint i = 0; i < layer_rows(layer); ++i) keep(at++, values[layer_to(layer) + i]);
    for (uint i = 0; i < layer_rows(layer); ++i) {
      const float sum = values[layer_to(layer) + i];
      const float value = layer < depth ? activate(sum, push.omega0).x : 1.0 / (1.0 + exp(-sum));
      values[layer_to(layer) + i] = value;
      keep(at++, value);
    }
  }
}
