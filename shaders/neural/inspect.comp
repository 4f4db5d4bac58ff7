#version 460
// How one pixel is decoded: the corners of each grid, then the features, the sums and the outputs of every layer.
#include "network.glsl"

layout(local_size_x = tile) in;
layout(binding = 3, r32f) uniform writeonly imageBuffer trace;
layout(push_constant, scalar) uniform Push { NeuralInspectPush push; };

void keep(uint at, float value) { imageStore(trace, int(at), vec4(value)); }

void main() {
  clear_padding(inputs - tile);
  for (uint k = 0; k < K; ++k) encode(k, push.pixel, push.grids);
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
  for (uint i = 0; i < inputs; ++i) keep(at++, values[i * K]);
  for (uint layer = 0; layer <= depth; ++layer) {
    for (uint row = 0; row < layer_rows(layer); row += tile) dense_tile(push.layers_quad + layer_weights(layer), layer, row);
    for (uint i = 0; i < layer_rows(layer); ++i) keep(at++, values[(layer_to(layer) + i) * K]);
    if (layer < depth)
      for (uint i = 0; i < hidden * K; ++i)
        values[layer_to(layer) * K + i] = activate(values[layer_to(layer) * K + i], push.omega0).x;
    for (uint i = 0; i < layer_rows(layer); ++i) {
      const float value = values[(layer_to(layer) + i) * K];
      keep(at++, layer < depth ? value : 1.0 / (1.0 + exp(-value)));
    }
  }
}
