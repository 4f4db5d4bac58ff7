#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "core/error.h"
#include "metrics/metrics.h"

namespace txs::metrics {

double psnr_from_mse(double mse) {
  return mse > 0 ? 10 * std::log10(255.0 * 255.0 / mse) : std::numeric_limits<double>::infinity();
}

Figures compare(const Rgba8Image& source, const Rgba8Image& decoded, bool with_ssim) {
  if (source.width != decoded.width || source.height != decoded.height)
    throw Error(Fault::input, fmt::format("compare: a picture of {}x{} against one of {}x{}; both must have one size",
                                          source.width, source.height, decoded.width, decoded.height));
  std::uint64_t squares_rgb = 0, squares_alpha = 0;
  int largest = 0;
  for (std::size_t i = 0; i < source.texels.size(); ++i) {
    const int difference = std::abs(source.texels[i] - decoded.texels[i]);
    (i % 4 == 3 ? squares_alpha : squares_rgb) += std::uint64_t(difference * difference);
    largest = std::max(largest, difference);
  }
  const double pixels = double(source.pixel_count());
  Figures figures;
  figures.mse_rgb = double(squares_rgb) / (3 * pixels);
  figures.psnr_rgb_db = psnr_from_mse(figures.mse_rgb);
  figures.mse_alpha = double(squares_alpha) / pixels;
  figures.psnr_alpha_db = psnr_from_mse(figures.mse_alpha);
  figures.max_error = largest / 255.0;
  if (with_ssim) figures.ssim = ssim(source, decoded);
  return figures;
}

}  // namespace txs::metrics
