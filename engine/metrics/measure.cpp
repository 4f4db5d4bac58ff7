#include <cmath>
#include <limits>

#include "metrics/metrics.h"

namespace txs::metrics {

double psnr_from_mse(double mse) {
  return mse > 0 ? 10 * std::log10(255.0 * 255.0 / mse) : std::numeric_limits<double>::infinity();
}

std::string_view psnr_name(Measure measure) {
  switch (measure) {
    case Measure::red: return "PSNR R";
    case Measure::red_green: return "PSNR RG";
    case Measure::rgb: return "PSNR RGB";
    case Measure::light: return "mPSNR";
  }
  return "";
}

std::string_view error_name(Measure measure) { return measure == Measure::light ? "max log error" : "max error"; }

std::string_view definition(Measure measure) {
  switch (measure) {
    case Measure::red:
      return "PSNR = 10 log10(255^2 / MSE) over all texels and R of the 8-bit values as stored; SSIM after Wang et al. "
             "2004 on R; max error over R in [0, 1]; all of pixels decoded from the bits of the file.";
    case Measure::red_green:
      return "PSNR = 10 log10(255^2 / MSE) over all texels and R, G of the 8-bit values as stored; max error over R, G in "
             "[0, 1]; angles between the normals (2 r - 1, 2 g - 1, z); all of pixels decoded from the bits of the file.";
    case Measure::rgb:
      return "PSNR = 10 log10(255^2 / MSE) over all texels and R, G, B of the 8-bit values as stored; SSIM after Wang "
             "et al. 2004 on luma; max error over R, G, B, A in [0, 1]; all of pixels decoded from the bits of the file.";
    case Measure::light:
      return "mPSNR = 10 log10(255^2 / MSE) over all texels, R, G, B and the exposures s = -10 .. +10 of "
             "255 min(1, (2^s v)^(1/2.2)), as astcenc; RMSLE over R, G, B with the log ln(1 + v), of negative values "
             "-ln(1 - v); max log error the largest such difference; all of pixels decoded from the bits of the file.";
  }
  return "";
}

}  // namespace txs::metrics
