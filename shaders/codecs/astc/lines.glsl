// The line through the colours of each partition: their mean and main axis, cut where the outermost texels project.
#ifndef TXS_ASTC_LINES_GLSL
#define TXS_ASTC_LINES_GLSL
#include "codecs/astc/search.glsl"

// The main axis of a covariance matrix, by powers of it from its longest column; not of unit length. Zero: all colours are
// one.
vec4 main_axis(mat4 covariance) {
  const vec4 diagonal = vec4(covariance[0][0], covariance[1][1], covariance[2][2], covariance[3][3]);
  const float largest = max(max(diagonal.x, diagonal.y), max(diagonal.z, diagonal.w));
  if (largest < 1e-3) return vec4(0.0);
  vec4 axis = diagonal.x == largest ? covariance[0]
              : diagonal.y == largest ? covariance[1]
              : diagonal.z == largest ? covariance[2]
                                      : covariance[3];
  // Twelve steps: the error of the direction falls by the ratio of the eigenvalues each time.
  for (uint i = 0u; i < 12u; ++i) {
    axis = covariance * axis;
    axis /= max(max(abs(axis.x), abs(axis.y)), max(abs(axis.z), max(abs(axis.w), 1e-20)));
  }
  return axis;
}

// An invocation a partition. `channels`: 1 for those that the line is in, 0 for the others; those get their range.
void fit_lines(uint partitions, vec4 channels) {
  if (lane() < partitions) {
    const uint p = lane();
    float count = 0.0;
    vec4 sum = vec4(0.0), least = vec4(255.0), most = vec4(0.0);
    for (uint t = 0u; t < texel_count; ++t) {
      const float inside = part_of[t] == p ? 1.0 : 0.0;
      const vec4 texel = texels[t];
      count += inside;
      sum += texel * inside;
      least = min(least, inside > 0.0 ? texel : vec4(255.0));
      most = max(most, inside > 0.0 ? texel : vec4(0.0));
    }
    const vec4 mean = sum / max(count, 1.0);
    mat4 covariance = mat4(0.0);
    for (uint t = 0u; t < texel_count; ++t) {
      const vec4 d = (texels[t] - mean) * channels * (part_of[t] == p ? 1.0 : 0.0);
      covariance[0] += d * d.x;
      covariance[1] += d * d.y;
      covariance[2] += d * d.z;
      covariance[3] += d * d.w;
    }
    vec4 axis = main_axis(covariance);
    // Endpoints are told apart by their sums of red, green and blue: the high one must have the larger (KDFS 23.14).
    if (axis.r + axis.g + axis.b < 0.0) axis = -axis;
    const float length2 = dot(axis, axis);
    axis *= length2 > 0.0 ? inversesqrt(length2) : 0.0;
    float first = 0.0, last = 0.0;
    for (uint t = 0u; t < texel_count; ++t) {
      const float along = part_of[t] == p ? dot((texels[t] - mean) * channels, axis) : 0.0;
      first = min(first, along);
      last = max(last, along);
    }
    line_low[p] = mix(least, mean + axis * first, channels);
    line_high[p] = mix(most, mean + axis * last, channels);
  }
  together();
}

// The squared distance of a texel from its line, and where on it the nearest point lies: 0 low, 64 high.
float off_line(vec4 texel, vec4 low, vec4 high, vec4 channels, out float weight) {
  const vec4 along = (high - low) * channels, from = (texel - low) * channels;
  const float length2 = dot(along, along);
  const float share = length2 > 0.0 ? clamp(dot(from, along) / length2, 0.0, 1.0) : 0.0;
  weight = share * 64.0;
  const vec4 off = from - along * share;
  return dot(off, off);
}
#endif
