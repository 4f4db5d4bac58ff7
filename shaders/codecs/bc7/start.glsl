// Where the search starts: a line through the colours of a block.
#ifndef TXS_BC7_START_GLSL
#define TXS_BC7_START_GLSL
#include "codecs/bc7/block.glsl"

vec4 mean_colour() {
  vec4 sum = vec4(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) sum += texels[t];
  return sum * 0.0625;
}

vec4 times(vec4 columns[4], vec4 v) {
  precise vec4 product = (columns[0] * v.x + columns[1] * v.y) + (columns[2] * v.z + columns[3] * v.w);
  return product;
}

// The longest of four vectors, of unit length; 0 if all are 0. The first of equals.
vec4 longest_direction(vec4 columns[4]) {
  vec4 longest = columns[0];
  precise float length2 = sum4(columns[0] * columns[0]);
  [[unroll]] for (uint c = 1u; c < 4u; ++c) {
    precise float other = sum4(columns[c] * columns[c]);
    if (other > length2) {
      length2 = other;
      longest = columns[c];
    }
  }
  precise vec4 direction = longest / sqrt(length2);
  return length2 > 0.0 ? direction : vec4(0.0);
}

// The main axis of the covariance matrix C. C^(2^k), scaled to trace 1, tends to the projector on that axis, whose
// every column is a multiple of it; the longest is far from zero. After 8 squarings an eigenvalue 3 % smaller counts
// for 0.0004.
vec4 principal_axis(vec4 mean) {
  precise vec4 columns[4];
  [[unroll]] for (uint c = 0u; c < 4u; ++c) columns[c] = vec4(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec4 from_mean = texels[t] - mean;
    [[unroll]] for (uint c = 0u; c < 4u; ++c) columns[c] += from_mean * from_mean[c];
  }
  for (uint squaring = 0u; squaring < 8u; ++squaring) {
    precise float trace = (columns[0].x + columns[1].y) + (columns[2].z + columns[3].w);
    precise float scale = trace > 0.0 ? 1.0 / trace : 0.0;
    vec4 scaled[4];
    [[unroll]] for (uint c = 0u; c < 4u; ++c) scaled[c] = columns[c] * scale;
    [[unroll]] for (uint c = 0u; c < 4u; ++c) columns[c] = times(scaled, scaled[c]);
  }
  return longest_direction(columns);
}

// The published estimate: for each channel the sum of the centred colours that are positive in it; the longest.
vec4 published_axis(vec4 mean) {
  vec4 sums[4];
  [[unroll]] for (uint c = 0u; c < 4u; ++c) sums[c] = vec4(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec4 from_mean = texels[t] - mean;
    [[unroll]] for (uint c = 0u; c < 4u; ++c) sums[c] += from_mean[c] > 0.0 ? from_mean : vec4(0.0);
  }
  return longest_direction(sums);
}

struct Start {
  vec4 mean;  // 0..255
  vec4 axis;
  Ends ends;  // [0, 1]
};

// The extremes of the texels' projections on the axis, clamped to the unit cube. (Cutting the line at the cube's faces
// instead keeps its direction and loses 0.5 dB.) The published code takes the component-wise minimum and maximum of the
// two offsets, which loses the signs of the axis: where channels run against each other its line crosses the colours.
Start start_of(uint kind) {
  Start start;
  start.mean = mean_colour();
  start.axis = kind == bc7_start_principal ? principal_axis(start.mean) : published_axis(start.mean);
  float least = 0.0, most = 0.0;  // the mean lies between them
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    precise vec4 products = (texels[t] - start.mean) * start.axis;
    least = min(least, sum4(products));
    most = max(most, sum4(products));
  }
  precise vec4 to_low = start.axis * least, to_high = start.axis * most;
  if (kind == bc7_start_published) {
    const vec4 smaller = min(to_low, to_high);
    to_high = max(to_low, to_high);
    to_low = smaller;
  }
  precise vec4 low = clamp((start.mean + to_low) * from_byte, 0.0, 1.0);
  precise vec4 high = clamp((start.mean + to_high) * from_byte, 0.0, 1.0);
  start.ends = Ends(low, high);
  if (pinned) start.ends.low.a = start.ends.high.a = 1.0;
  return start;
}
#endif
