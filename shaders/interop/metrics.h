// What the comparison kernels write and take.
#ifndef TXS_INTEROP_METRICS_H
#define TXS_INTEROP_METRICS_H
#include "interop.h"
TXS_INTEROP_BEGIN

// A workgroup of metrics/error.comp covers a square of this side. Its sum of squared differences is at most
// 64^2 * 3 * 255^2 < 2^30 and fits a word; that of the largest image (2^28 texels) is below 2^46.
TXS_CONST uint error_tile_side = 64;

// A workgroup of metrics/ssim.comp covers this many windows of the 11 x 11 texels of Wang et al. 2004.
TXS_CONST uint ssim_window_side = 11;
TXS_CONST uint ssim_tile_width = 54;
TXS_CONST uint ssim_tile_height = 21;
// SSIM is summed as 1 + SSIM (never negative) in fixed point, so that the order of the sum does not matter. A tile's
// sum is at most 54 * 21 * 2 * 2^20 < 2^32; that of the largest image is at most 2^28 * 2 * 2^20 = 2^49.
TXS_CONST uint ssim_fixed_point = 1 << 20;

// Float sums (light, angles): each invocation of an error tile sums a column, the tile sums its columns in one order, and
// what it comes to is added in fixed point, so that the order of the tiles does not matter. The unit is 2^-24. A tile is at
// most 64^2 * 3 * (2 * 11.1)^2 < 2^23, the largest image 2^16 of them: below 2^63 units.
TXS_CONST float sum_unit = 1.0f / 16777216.0f;

// Two words instead of one: the floor device has no 64-bit atomics.
struct Sum64 {
  uint low;
  uint high;
};

TXS_CONST uint sum_of_squares = 0;        // squared differences of the stored bytes, over the measured channels
TXS_CONST uint sum_of_squares_alpha = 1;
TXS_CONST uint sum_of_ssim = 2;           // (1 + SSIM) * ssim_fixed_point of every window
TXS_CONST uint sum_of_tone_mapped = 3;    // squared differences, of a peak of 1, over all exposures
TXS_CONST uint sum_of_logs = 4;           // squared differences of the logarithms
TXS_CONST uint sum_of_angles = 5;         // radians
TXS_CONST uint comparison_sums = 6;

struct ComparisonRecord {
  Sum64 sums[comparison_sums];
  uint largest_difference;  // of any measured channel, 0 .. 255; of light: the bits of a float, which order as it does
  uint largest_angle;       // the bits of a float
};
TXS_ASSERT_SIZE(ComparisonRecord, 56);

// Exposures of the mPSNR, in stops.
TXS_CONST int first_exposure = -10;
TXS_CONST int last_exposure = 10;

#ifndef __cplusplus
layout(buffer_reference, scalar) buffer ComparisonRecordAddress {
  ComparisonRecord record;
};
#endif

struct ComparisonPush {
  TXS_ADDRESS(ComparisonRecordAddress) to;
  uvec2 size;     // of both pictures, texels
  vec4 measured;  // 1 for each channel whose squares are summed, 0 for others; alpha is summed apart
  vec4 luma;      // weights of what SSIM is of
};
TXS_ASSERT_SIZE(ComparisonPush, 48);

TXS_INTEROP_END
#endif
