// Lines through the texels of a subset, by principal components.
#ifndef TXS_BC6H_LINE_GLSL
#define TXS_BC6H_LINE_GLSL
#include "codecs/bc6h/block.glsl"

// A symmetric 3x3 matrix: xx, xy, xz and yy, yz, zz.
struct Scatter {
  vec3 first, rest;
};

vec3 times(Scatter m, vec3 v) {
  return vec3(dot(m.first, v), dot(vec3(m.first.y, m.rest.xy), v), dot(vec3(m.first.z, m.rest.yz), v));
}

// The direction of the largest eigenvalue, of unit length, by `rounds` steps of the power method from the longest
// column; 0 if the matrix is 0. `share`: the eigenvalue's estimate.
vec3 main_direction(Scatter m, uint rounds, out float share) {
  const vec3 columns[3] = vec3[3](m.first, vec3(m.first.y, m.rest.xy), vec3(m.first.z, m.rest.yz));
  const vec3 diagonal = vec3(m.first.x, m.rest.x, m.rest.z);
  vec3 v = diagonal.x >= diagonal.y && diagonal.x >= diagonal.z ? columns[0]
         : diagonal.y >= diagonal.z                             ? columns[1]
                                                                : columns[2];
  const float trace = diagonal.x + diagonal.y + diagonal.z;
  const float scale = trace > 0.0 ? 1.0 / trace : 0.0;
  for (uint i = 0u; i < rounds; ++i) v = times(m, v) * scale;
  const float length2 = dot(v, v);
  const vec3 direction = length2 > 0.0 ? v * inversesqrt(length2) : vec3(0.0);
  share = dot(direction, times(m, direction));
  return direction;
}

// Where the two ends of a subset's line are, and what the best line leaves of the error.
struct Line {
  vec3 low, high;
  float left;
};

// The line of the texels in `mask`, weighted by channel; its low end is the one nearer to texel `anchor`.
Line line_of(uint mask, uint anchor, vec3 weights) {
  float count = 0.0;
  vec3 sum = vec3(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const float inside = float(mask >> t & 1u);
    count += inside;
    sum += inside * texels[t];
  }
  const vec3 mean = sum / max(count, 1.0), scale = sqrt(weights);
  Scatter scatter = Scatter(vec3(0.0), vec3(0.0));
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec3 away = float(mask >> t & 1u) * scale * (texels[t] - mean);
    scatter.first += away.x * away;
    scatter.rest += vec3(away.y * away.yz, away.z * away.z);
  }
  float share;
  const vec3 direction = main_direction(scatter, 4u, share);
  float least = 0.0, most = 0.0, of_anchor = 0.0;  // the mean lies between them
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const float at = float(mask >> t & 1u) * dot(scale * (texels[t] - mean), direction);
    least = min(least, at);
    most = max(most, at);
    if (t == anchor) of_anchor = at;
  }
  const bool turned = of_anchor + of_anchor > least + most;
  const vec3 along = direction / max(scale, vec3(1e-6));
  Line line;
  line.low = mean + along * (turned ? most : least);
  line.high = mean + along * (turned ? least : most);
  line.left = max(scatter.first.x + scatter.rest.x + scatter.rest.z - share, 0.0);
  return line;
}
#endif
