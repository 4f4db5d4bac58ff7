// Lines through the colours of a block, where the search of a half starts.
#ifndef TXS_COLOUR_LINE_GLSL
#define TXS_COLOUR_LINE_GLSL
#include "block/colour_search.glsl"

float opaque_texels() {
  float count = 0.0;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) count += opaque[t];
  return count;
}

vec3 mean_colour() {
  vec3 sum = vec3(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) sum += texels[t] * opaque[t];
  precise vec3 mean = sum / max(opaque_texels(), 1.0);
  return mean;
}

// Channels scaled so that their plain distance is the weighted one.
vec3 root_weights() { return HalfSettingsRef(push.settings).settings.root_weights.rgb; }

// The main axis of the scaled covariance matrix C. C^(2^k), scaled to trace 1, tends to the projector on that axis, whose
// every column is a multiple of it; the longest is far from zero. After 8 squarings an eigenvalue 3 % smaller counts for
// 0.0004. Grey where the block is flat.
vec3 principal_axis(vec3 mean) {
  const vec3 roots = root_weights();
  precise vec3 x = vec3(0.0), y = vec3(0.0), z = vec3(0.0);  // columns
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    precise vec3 d = (texels[t] - mean) * roots * opaque[t];
    x += d * d.x;
    y += d * d.y;
    z += d * d.z;
  }
  for (uint squaring = 0u; squaring < 8u; ++squaring) {
    precise float trace = (x.x + y.y) + z.z;
    precise float scale = trace > 0.0 ? 1.0 / trace : 0.0;
    precise vec3 sx = x * scale, sy = y * scale, sz = z * scale;
    x = (sx * sx.x + sy * sx.y) + sz * sx.z;
    y = (sx * sy.x + sy * sy.y) + sz * sy.z;
    z = (sx * sz.x + sy * sz.y) + sz * sz.z;
  }
  const float xx = sum3(x * x), yy = sum3(y * y), zz = sum3(z * z);
  const vec3 longest = xx >= yy && xx >= zz ? x : yy >= zz ? y : z;
  precise float length2 = max(xx, max(yy, zz));
  precise vec3 axis = longest / sqrt(length2);
  return length2 > 0.0 ? axis : vec3(0.57735027);
}

// The scaled direction that a stage of cuts sorts by.
vec3 sorting_axis(uint number, vec3 mean, ColourEnds best) {
  const vec3 roots = root_weights();
  const vec3 line = (expand_565(best.b) - expand_565(best.a)) * roots;
  const vec3 principal = principal_axis(mean);
  if (number == colour_axis_line && sum3(line * line) > 0.0) return line;
  if (number < colour_axis_turned) return principal;
  const uint turn = number - colour_axis_turned;
  const vec3 channel = vec3(equal(uvec3(turn % 3u), uvec3(0u, 1u, 2u)));
  return principal + channel * (turn < 3u ? 0.5 : -0.5);
}
#endif
