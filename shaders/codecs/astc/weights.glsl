// Weights of the texels, and of the grid points that they are blended from. All in 64ths: 0 low end, 64 high end.
#ifndef TXS_ASTC_WEIGHTS_GLSL
#define TXS_ASTC_WEIGHTS_GLSL
#include "codecs/astc/lines.glsl"

struct WeightGrid {
  uint width, height, planes;
};
uint point_count(WeightGrid grid) { return grid.width * grid.height; }

// Of plane p and texel t: p * texel_count + t. First what the texels wish, then what they get.
float texel_weights[2u * texel_count];
float row_points[texel_count];             // rows of texels solved for grid points across
float points[astc_most_weights];           // of grid point k and plane p of n: k * n + p, as they are stored
float reach[4];  // of each partition: the squared error of a texel of it whose weight in the plane in work is off by one

// Where a texel lies in the grid, and what its four points give to it in 16ths (KDFS 23.17).
struct Infill {
  uvec4 points;
  vec4 shares;
};

Infill infill_of(uint x, uint y, WeightGrid grid) {
  const uint gx = astc_grid_position(x, block_width, grid.width), gy = astc_grid_position(y, block_height, grid.height);
  const uint column = gx >> 4, row = gy >> 4, fx = gx & 15u, fy = gy & 15u;
  const uint both = (fx * fy + 8u) >> 4;
  // A point beyond the edge has no share; the one before it stands in.
  const uint right = column + 1u < grid.width ? 1u : 0u, below = row + 1u < grid.height ? grid.width : 0u;
  const uint corner = row * grid.width + column;
  Infill infill;
  infill.points = uvec4(corner, corner + right, corner + below, corner + right + below);
  infill.shares = vec4(16u - fx - fy + both, fx - both, fy - both, both);
  return infill;
}

// What the points' weights blend to, in 16ths of a 64th.
float blend_points(Infill infill, WeightGrid grid, uint plane) {
  const uvec4 at = infill.points * grid.planes + plane;
  return dot(infill.shares, vec4(points[at.x], points[at.y], points[at.z], points[at.w]));
}

// What the texels wish along the lines as they are, beyond the ends, too: so much nearer is the end to them.
void wish_weights(Division division, uint plane) {
  const vec4 channels = plane_channels(division, plane);
  for (uint p = 0u; p < 4u; ++p) {
    const vec4 along = (line_high[p] - line_low[p]) * channels;
    reach[p] = p < division.partitions ? dot(along, along) * (1.0 / 4096.0) : 0.0;
  }
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    const uint p = part_of(walk);
    float share;
    off_line(texel_of(walk), choose(line_low, p), choose(line_high, p), channels, share);
    texel_weights[plane * texel_count + walk.t] = clamp(share * 64.0, -32.0, 96.0);
  }
}
float reach_of(uint p) { return p < 2u ? (p == 0u ? reach[0] : reach[1]) : p == 2u ? reach[2] : reach[3]; }

// The grid's weights that come nearest to the texels' wishes, all texels alike: infill is bilinear but for its rounding, so
// that rows are solved first, then columns.
void solve_points(WeightGrid grid, uint plane) {
  for (uint y = 0u; y < block_height; ++y) {
    for (uint i = 0u; i < grid.width; ++i) {
      float sum = 0.0;
      for (uint x = 0u; x < block_width; ++x)
        sum += search_tables().search.across[grid.width - 2u][i][x] * texel_weights[plane * texel_count + y * block_width + x];
      row_points[y * grid.width + i] = sum;
    }
  }
  for (uint j = 0u; j < grid.height; ++j) {
    for (uint i = 0u; i < grid.width; ++i) {
      float sum = 0.0;
      for (uint y = 0u; y < block_height; ++y)
        sum += search_tables().search.down[grid.height - 2u][j][y] * row_points[y * grid.width + i];
      points[(j * grid.width + i) * grid.planes + plane] = clamp(sum, 0.0, 64.0);
    }
  }
}

float nearest_level(uint range, float weight) {
  return float(search_tables().search.weight_of[range][uint(clamp(weight + 0.5, 0.0, 64.0))] & 255u);
}

// Texels that the point `i` of `count` along a side gives to: from .x to .y, and perhaps one more at either end.
uvec2 span_of(uint i, uint count, uint side) {
  const float spacing = float(side - 1u) / float(count - 1u), at = float(i) * spacing;
  return uvec2(max(at - spacing + 0.5, 0.0), min(at + spacing + 0.5, float(side) - 0.5));
}

// Each point in turn goes to the level that suits its texels best, all others as they are. Worth 0.2 to 0.3 dB.
void improve_points(WeightGrid grid, uint range, uint plane) {
  for (uint j = 0u; j < grid.height; ++j) {
    for (uint i = 0u; i < grid.width; ++i) {
      const uint k = j * grid.width + i;
      const uvec2 columns = span_of(i, grid.width, block_width), rows = span_of(j, grid.height, block_height);
      float slope = 0.0, curvature = 0.0;
      for (uint y = rows.x; y <= rows.y; ++y) {
        for (uint x = columns.x; x <= columns.y; ++x) {
          const uint t = y * block_width + x;
          const Infill infill = infill_of(x, y, grid);
          const float share = dot(infill.shares, mix(vec4(0.0), vec4(1.0), equal(infill.points, uvec4(k))));
          const float off = blend_points(infill, grid, plane) * 0.0625 - texel_weights[plane * texel_count + t];
          const float pull = reach_of(part_of(t)) * share;
          slope += pull * off;
          curvature += pull * share;
        }
      }
      const uint at = k * grid.planes + plane;
      points[at] = nearest_level(range, points[at] - 16.0 * slope / max(curvature, 1e-6));
    }
  }
}

void round_points(WeightGrid grid, uint range, uint plane) {
  for (uint k = plane; k < point_count(grid) * grid.planes; k += grid.planes) points[k] = nearest_level(range, points[k]);
}

// The texels get what a decoder blends for them.
void take_weights(WeightGrid grid) {
  for (uint plane = 0u; plane < grid.planes; ++plane)
    for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk))
      texel_weights[plane * texel_count + walk.t] =
          floor(blend_points(infill_of(walk.x, walk.y, grid), grid, plane) * 0.0625 + 0.5);
}
#endif
