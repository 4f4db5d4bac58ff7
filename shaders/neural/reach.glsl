// Which samples a part of a grid has to do with, by the cells of the image. Needs work.glsl, `push` (GridGradientPush),
// `grids`, and of independent sampling `cell_starts`: where each cell's samples begin, and the end of the last one's.
#extension GL_EXT_control_flow_attributes : require
#include "fetch_grid.glsl"

uint cell_of(uint pixel, uint cells, uint side) { return divided((pixel + 1) * cells - 1, side).x; }

// The first and last cell of an axis with pixels between two places of the grid.
uvec2 sample_cells(float from, float to, float scale, uint cells, uint side) {
  if (scale == 0.0) return uvec2(0, cells - 1);
  const float low = from / scale, high = to / scale;
  const uint first = low > 0.0 ? min(uint(ceil(low)), side - 1) : 0;
  return uvec2(cell_of(first, cells, side), cell_of(min(uint(max(high, 0.0)), side - 1), cells, side));
}

// The samples, from the first up to the end, of cells columns.x .. columns.y of a row of cells.
uvec2 samples_of(uint row, uvec2 columns) {
  const uvec2 range = row * push.cells.x + columns + uvec2(0, 1);
  if (!independent) return range;
  return uvec2(texelFetch(cell_starts, int(range.x)).x, texelFetch(cell_starts, int(range.y)).x);
}

int gradient_texel(uint sample_index, uint quad) {
  return int(((sample_index / neural_block) * push.input_quads + quad) * neural_block + sample_index % neural_block);
}
