#version 460
// The decoder's weights as matrices of halves, and its biases in whole tiles of them.
#include "matrix.glsl"
#include "../interop/neural_matrix.h"

layout(constant_id = 0) const uint input_quads = 8;
layout(constant_id = 1) const uint hidden_quads = 16;
layout(constant_id = 2) const uint depth = 2;
layout(local_size_x = neural_group) in;
layout(binding = 0) uniform samplerBuffer arena_floats;
layout(push_constant, scalar) uniform Push { MatrixWeightsPush push; };

uint tiles_of(uint floats) { return (floats + matrix_side - 1) / matrix_side; }

void main() {
  uint at = gl_GlobalInvocationID.x;  // of the halves, then of the biases
  uint from = push.layers_quad * 4, to_bias = 0;
  const uint halves_of_first = tiles_of(input_quads * 4) * tiles_of(hidden_quads * 4) * matrix_halves;
  for (uint layer = 0; layer <= depth; ++layer) {
    const uint columns = layer == 0 ? input_quads * 4 : hidden_quads * 4, rows = layer == depth ? neural_tile : hidden_quads * 4;
    const uint column_tiles = tiles_of(columns), row_tiles = tiles_of(rows);
    const uint halves = column_tiles * row_tiles * matrix_halves;
    if (at < halves) {
      const uint tile = at / matrix_halves, within = at % matrix_halves;
      const uint row = tile / column_tiles * matrix_side + within / matrix_side;
      const uint column = tile % column_tiles * matrix_side + within % matrix_side;
      const bool there = row < rows && column < columns;
      push.weights.v[gl_GlobalInvocationID.x - to_bias] =
          float16_t(there ? texelFetch(arena_floats, int(from + row * columns + column)).x : 0.0);
      return;
    }
    at -= halves;
    if (at < row_tiles * matrix_side) {
      // Biases count from 0 on over all layers, as weights do: each is ahead of its invocation by the others.
      push.biases.v[to_bias + at] = at < rows ? texelFetch(arena_floats, int(from + rows * columns + at)).x : 0.0;
      return;
    }
    at -= row_tiles * matrix_side;
    to_bias += row_tiles * matrix_side;
    from += (columns + 1) * rows;
  }
}
