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

// Two words instead of one: the floor device has no 64-bit atomics.
struct Sum64 {
  uint low;
  uint high;
};

TXS_CONST uint sum_of_squares_rgb = 0;    // squared differences of the stored bytes, R + G + B
TXS_CONST uint sum_of_squares_alpha = 1;
TXS_CONST uint sum_of_ssim = 2;           // (1 + SSIM) * ssim_fixed_point of every window
TXS_CONST uint comparison_sums = 3;

struct ComparisonRecord {
  Sum64 sums[comparison_sums];
  uint largest_difference;  // of any channel, 0 .. 255
  uint unused;
};
TXS_ASSERT_SIZE(ComparisonRecord, 32);

#ifndef __cplusplus
layout(buffer_reference, scalar) buffer ComparisonRecordAddress {
  ComparisonRecord record;
};
#endif

struct ComparisonPush {
  TXS_ADDRESS(ComparisonRecordAddress) to;
  uvec2 size;  // of both pictures, texels
};
TXS_ASSERT_SIZE(ComparisonPush, 16);

TXS_INTEROP_END
#endif
