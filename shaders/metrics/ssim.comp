// SSIM of the luma of two 8-bit pictures after Wang, Bovik, Sheikh, Simoncelli 2004, summed over all windows.
//
// The Gaussian window is separable: each invocation filters one column of texels downwards, in registers, into shared
// memory; then each filters a run of windows of one row across. No plane of intermediate values is ever held.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/metrics.h"
#include "metrics/accumulate.glsl"

const uint columns = ssim_tile_width + ssim_window_side - 1;
layout(local_size_x = columns) in;
layout(binding = 0) uniform sampler2D source;
layout(binding = 1) uniform sampler2D decoded;

const uint runs = 3;  // of windows across a row: 21 rows of 3 runs employ 63 of 64 invocations
const uint run_length = ssim_tile_width / runs;

// exp(-x^2 / (2 * 1.5^2)) for x in -5 .. 5, divided by their sum.
const float gaussian[ssim_window_side] = {0.00102838008, 0.00759875814, 0.0360007721, 0.109360690,
                                          0.213005538,   0.266011725,   0.213005538,  0.109360690,
                                          0.0360007721,  0.00759875814, 0.00102838008};
const float c1 = 0.01 * 255.0 * 0.01 * 255.0;
const float c2 = 0.03 * 255.0 * 0.03 * 255.0;

shared vec4 filtered[ssim_tile_height][columns];
shared uint tile_ssim;

// Luma about mid grey, where variances by E[x^2] - E[x]^2 lose least, and its difference: with d = a - b,
//   SSIM = (1 - E[d]^2 / (E[a]^2 + E[b]^2 + C1)) (1 - var(d) / (var(a) + var(b) + C2))
// is Wang's formula rearranged, and exactly 1 for equal windows.
vec4 moments(ivec2 at) {
  const vec3 a = texelFetch(source, at, 0).rgb;
  const vec3 b = texelFetch(decoded, at, 0).rgb;
  const float luma_a = dot(a, push.luma.rgb) * 255.0 - 128.0;
  const float difference = dot(a - b, push.luma.rgb) * 255.0;
  const float luma_b = luma_a - difference;
  return vec4(luma_a, difference, luma_a * luma_a + luma_b * luma_b, difference * difference);
}

void filter_column(ivec2 corner) {
  const ivec2 last = ivec2(push.size) - 1;
  const int x = min(corner.x + int(gl_LocalInvocationID.x), last.x);
  vec4 window[ssim_window_side];
  for (uint k = 1; k < ssim_window_side; ++k) window[k] = moments(ivec2(x, min(corner.y + int(k) - 1, last.y)));
  for (uint row = 0; row < ssim_tile_height; ++row) {
    for (uint k = 1; k < ssim_window_side; ++k) window[k - 1] = window[k];
    window[ssim_window_side - 1] = moments(ivec2(x, min(corner.y + int(row + ssim_window_side) - 1, last.y)));
    vec4 sum = vec4(0);
    for (uint k = 0; k < ssim_window_side; ++k) sum += gaussian[k] * window[k];
    filtered[row][gl_LocalInvocationID.x] = sum;
  }
}

float ssim_of(vec4 mean) {
  const float mean_a = mean.x;
  const float mean_b = mean.x - mean.y;
  const float variances = max(mean.z - mean_a * mean_a - mean_b * mean_b, 0.0);
  const float variance_of_difference = max(mean.w - mean.y * mean.y, 0.0);
  const float light_a = mean_a + 128.0;
  const float light_b = mean_b + 128.0;
  return (1.0 - mean.y * mean.y / (light_a * light_a + light_b * light_b + c1)) *
         (1.0 - variance_of_difference / (variances + c2));
}

// The sum of 1 + SSIM over the run's windows.
float filter_run(ivec2 corner, uint row, uint start) {
  const ivec2 windows = ivec2(push.size) - int(ssim_window_side - 1);
  const int in_image = corner.y + int(row) < windows.y ? windows.x - corner.x - int(start) : 0;
  float total = 0;
  vec4 window[ssim_window_side];
  for (uint k = 1; k < ssim_window_side; ++k) window[k] = filtered[row][start + k - 1];
  for (uint i = 0; i < run_length; ++i) {
    for (uint k = 1; k < ssim_window_side; ++k) window[k - 1] = window[k];
    window[ssim_window_side - 1] = filtered[row][start + i + ssim_window_side - 1];
    vec4 mean = vec4(0);
    for (uint k = 0; k < ssim_window_side; ++k) mean += gaussian[k] * window[k];
    if (int(i) < in_image) total += max(1.0 + ssim_of(mean), 0.0);
  }
  return total;
}

void main() {
  if (gl_LocalInvocationIndex == 0) tile_ssim = 0;
  const ivec2 corner = ivec2(gl_WorkGroupID.xy * uvec2(ssim_tile_width, ssim_tile_height));
  filter_column(corner);
  barrier();

  const uint row = gl_LocalInvocationID.x / runs;
  const uint start = gl_LocalInvocationID.x % runs * run_length;
  if (row < ssim_tile_height)
    atomicAdd(tile_ssim, uint(filter_run(corner, row, start) * float(ssim_fixed_point) + 0.5));
  barrier();

  if (gl_LocalInvocationIndex == 0) add_to_record(sum_of_ssim, tile_ssim);
}
