// The line through the colours of each partition: their mean and main axis, cut where the outermost texels project.
#ifndef TXS_ASTC_LINES_GLSL
#define TXS_ASTC_LINES_GLSL
#include "codecs/astc/search.glsl"

vec4 line_low[4], line_high[4];  // ends of the partitions' lines, 0..255
vec4 line_sum[4];                // of the partitions' colours

// Sums over a partition's texels of what lies about middle grey: whole numbers below 2^24, so that they are exact.
struct Moments {
  float count;
  vec4 sum, squares;
  vec3 products;    // green and blue, blue and red, red and green
  vec3 with_alpha;  // red, green and blue, each with alpha
};
const float middle = 128.0;

Moments moments_of(uint p) {
  Moments m = Moments(0.0, vec4(0.0), vec4(0.0), vec3(0.0), vec3(0.0));
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    const float inside = part_of(walk) == p ? 1.0 : 0.0;
    const vec4 texel = texel_of(walk) - middle, counted = texel * inside;
    m.count += inside;
    m.sum += counted;
    m.squares += counted * texel;
    m.products += counted.gbr * texel.brg;
    if (has_alpha) m.with_alpha += counted.rgb * texel.a;
  }
  return m;
}

mat4 covariance_of(Moments m, vec4 channels) {
  const vec4 mean = m.sum / max(m.count, 1.0);
  const vec4 own = (m.squares - m.sum * mean) * channels;
  const vec3 both = (m.products - m.sum.gbr * mean.brg) * channels.gbr * channels.brg;
  const vec3 alpha = has_alpha ? (m.with_alpha - m.sum.rgb * mean.a) * channels.rgb * channels.a : vec3(0.0);
  return mat4(own.r, both.b, both.g, alpha.r,
              both.b, own.g, both.r, alpha.g,
              both.g, both.r, own.b, alpha.b,
              alpha.r, alpha.g, alpha.b, own.a);
}

float trace_of(mat4 m) { return m[0][0] + m[1][1] + m[2][2] + m[3][3]; }

vec4 times(mat4 m, vec4 v) {
  const vec4 of_colour = m[0] * v.r + m[1] * v.g + m[2] * v.b;
  return has_alpha ? of_colour + m[3] * v.a : of_colour;
}

// The main axis of a covariance matrix, of unit length, by powers of it from its longest column. Zero: all colours are one.
vec4 main_axis(mat4 covariance) {
  vec4 axis = covariance[0];
  if (covariance[1][1] > covariance[0][0]) axis = covariance[1];
  if (covariance[2][2] > max(covariance[0][0], covariance[1][1])) axis = covariance[2];
  if (covariance[3][3] > max(covariance[0][0], max(covariance[1][1], covariance[2][2]))) axis = covariance[3];
  // The error of the direction falls by the ratio of the eigenvalues each time.
  for (uint i = 0u; i < 8u; ++i) {
    axis = times(covariance, axis);
    axis *= inversesqrt(max(dot(axis, axis), 1e-30));
  }
  return dot(axis, axis) > 0.5 ? axis : vec4(0.0);
}

// The line of partition p in the channels that are 1; the others get their range.
void fit_line(uint p, vec4 channels) {
  const Moments m = moments_of(p);
  vec4 axis = main_axis(covariance_of(m, channels));
  // Ends are told apart by their sums of red, green and blue: the high one must have the larger (KDFS 23.14).
  if (axis.r + axis.g + axis.b < 0.0) axis = -axis;
  line_sum[p] = m.sum + middle * m.count;
  const vec4 mean = m.sum / max(m.count, 1.0) + middle;
  float first = 0.0, last = 0.0;
  vec4 least = vec4(255.0), most = vec4(0.0);
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    const vec4 texel = part_of(walk) == p ? texel_of(walk) : mean;
    const float along = dot((texel - mean) * channels, axis);
    first = min(first, along);
    last = max(last, along);
    least = min(least, texel);
    most = max(most, texel);
  }
  line_low[p] = mix(least, mean + axis * first, channels);
  line_high[p] = mix(most, mean + axis * last, channels);
}

void fit_lines(uint partitions, vec4 channels) {
  for (uint p = 0u; p < partitions; ++p) fit_line(p, channels);
}

// The squared distance of a texel from its line, and where on it the nearest point lies: 0 low, 1 high, not clamped.
float off_line(vec4 texel, vec4 low, vec4 high, vec4 channels, out float share) {
  const vec4 along = (high - low) * channels, from = (texel - low) * channels;
  share = dot(from, along) / max(dot(along, along), 1e-6);
  const vec4 off = from - along * clamp(share, 0.0, 1.0);
  return dot(off, off);
}
#endif
