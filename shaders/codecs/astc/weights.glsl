// Weights of the texels and of the grid points that they are blended from.
#ifndef TXS_ASTC_WEIGHTS_GLSL
#define TXS_ASTC_WEIGHTS_GLSL
#include "codecs/astc/search.glsl"

shared float ideal[2][most_texels];   // of each plane, 0..64: what the texels would like
shared float solved_rows[2][144];     // rows of texels solved for grid points across
shared float point[2][64];            // of each plane, 0..64: at the grid points
shared uint level[128];               // of grid point k and plane p of n: number k * n + p of its range's levels, rising

struct WeightGrid {
  uint width, height, planes;
};

uint point_count(WeightGrid grid) { return grid.width * grid.height; }

// Where a texel lies in the grid, and what its four points give to it in 16ths.
struct Infill {
  uvec4 points;
  uvec4 shares;
};

Infill infill_of(uint t, WeightGrid grid) {
  const uint row = quotient(t, block_width);
  const uint gx = astc_grid_position(t - row * block_width, block_width, grid.width);
  const uint gy = astc_grid_position(row, block_height, grid.height);
  const uint x = gx >> 4, y = gy >> 4, fx = gx & 15u, fy = gy & 15u;
  const uint both = (fx * fy + 8u) >> 4;
  const uint x1 = min(x + 1u, grid.width - 1u), y1 = min(y + 1u, grid.height - 1u);
  Infill infill;
  infill.points = uvec4(y * grid.width + x, y * grid.width + x1, y1 * grid.width + x, y1 * grid.width + x1);
  infill.shares = uvec4(16u - fx - fy + both, fx - both, fy - both, both);
  return infill;
}

// Rows of texels to grid points across.
void solve_rows(WeightGrid grid) {
  const uint count = block_height * grid.width;
  for (uint k = lane(); k < count; k += group_size) {
    const uint y = quotient(k, grid.width), i = k - y * grid.width;
    vec2 sum = vec2(0.0);
    for (uint x = 0u; x < block_width; ++x) {
      const float share = search_tables().search.across[grid.width - 2u][i][x];
      sum += share * vec2(ideal[0][y * block_width + x], ideal[1][y * block_width + x]);
    }
    solved_rows[0][k] = sum.x;
    solved_rows[1][k] = sum.y;
  }
  together();
}

// The grid's weights that come nearest to the texels' (but for the infill's rounding), from solved rows.
void solve_points(WeightGrid grid) {
  for (uint k = lane(); k < point_count(grid); k += group_size) {
    const uint j = quotient(k, grid.width), i = k - j * grid.width;
    vec2 sum = vec2(0.0);
    for (uint y = 0u; y < block_height; ++y) {
      const float share = search_tables().search.down[grid.height - 2u][j][y];
      sum += share * vec2(solved_rows[0][y * grid.width + i], solved_rows[1][y * grid.width + i]);
    }
    point[0][k] = clamp(sum.x, 0.0, 64.0);
    point[1][k] = clamp(sum.y, 0.0, 64.0);
  }
  together();
}

// What blending the points' weights leaves of the texels' in this plane, unrounded.
float blend_points(Infill infill, uint plane) {
  const vec4 shares = vec4(infill.shares) * 0.0625;
  return dot(shares, vec4(point[plane][infill.points.x], point[plane][infill.points.y], point[plane][infill.points.z],
                          point[plane][infill.points.w]));
}

uint level_weight(uint range, uint number) {
  return astc_byte(search_tables().search.weight_levels[range][number >> 2], number);
}

// The nearest level of each point.
void round_points(WeightGrid grid, uint range) {
  const uint last = search_tables().search.weight_last[range];
  for (uint k = lane(); k < point_count(grid); k += group_size) {
    for (uint p = 0u; p < grid.planes; ++p) {
      // Levels lie about evenly: the nearest is next to where it would be if they did.
      const float wanted = point[p][k];
      const uint guess = min(uint(wanted * (float(last) / 64.0)), last);
      const uint next = min(guess + 1u, last), before = guess > 0u ? guess - 1u : 0u;
      const float off_guess = abs(float(level_weight(range, guess)) - wanted);
      const float off_next = abs(float(level_weight(range, next)) - wanted);
      const float off_before = abs(float(level_weight(range, before)) - wanted);
      uint best = off_next < off_guess ? next : guess;
      best = off_before < min(off_next, off_guess) ? before : best;
      level[k * grid.planes + p] = best;
    }
  }
  together();
}

// The weights by which a texel's colour is blended, one a plane, as a decoder has them.
uvec2 texel_weights(Infill infill, WeightGrid grid, uint range) {
  uvec2 sum = uvec2(8u);
  for (uint corner = 0u; corner < 4u; ++corner) {
    const uint k = infill.points[corner] * grid.planes;
    sum += infill.shares[corner] *
           uvec2(level_weight(range, level[k]), level_weight(range, level[k + grid.planes - 1u]));
  }
  return sum >> 4;
}
#endif
