#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numbers>

#include "core/error.h"
#include "core/half.h"
#include "metrics/metrics.h"

namespace txs::metrics {
namespace {

void require_one_size(const auto& source, const auto& decoded) {
  if (source.width != decoded.width || source.height != decoded.height)
    throw Error(Fault::input, fmt::format("compare: a picture of {}x{} against one of {}x{}; both must have one size",
                                          source.width, source.height, decoded.width, decoded.height));
}

std::size_t channels_of(Measure measure) { return measure == Measure::red ? 1 : measure == Measure::red_green ? 2 : 3; }

using Vector = std::array<double, 3>;

Vector normal_of(const std::uint8_t* texel) {
  const double x = texel[0] / 255.0 * 2 - 1, y = texel[1] / 255.0 * 2 - 1;
  const double z = std::sqrt(std::max(0.0, 1 - x * x - y * y)), length = std::sqrt(x * x + y * y + z * z);
  return {x / length, y / length, z / length};
}

/// By the chord, which keeps its digits where they are near to each other.
double degrees_between(const Vector& a, const Vector& b) {
  double squares = 0;
  for (std::size_t i = 0; i < 3; ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return 2 * std::asin(std::min(1.0, std::sqrt(squares) / 2)) * 180 / std::numbers::pi;
}

AngularError angular_error(const Rgba8Image& source, const Rgba8Image& decoded) {
  AngularError error;
  for (std::size_t i = 0; i < source.texels.size(); i += 4) {
    const double degrees = degrees_between(normal_of(&source.texels[i]), normal_of(&decoded.texels[i]));
    error.mean_degrees += degrees / double(source.pixel_count());
    error.max_degrees = std::max(error.max_degrees, degrees);
  }
  return error;
}

/// The squared differences of two values under all exposures, of a peak of 1.
double tone_mapped_squares(double a, double b) {
  const auto encoded = [](double value) { return std::pow(std::max(value, 0.0), 1 / 2.2); };
  const double encoded_a = encoded(a), encoded_b = encoded(b);
  double sum = 0;
  for (int stops = first_exposure; stops <= last_exposure; ++stops) {
    const double gain = std::exp2(stops / 2.2);
    const double difference = std::min(1.0, encoded_a * gain) - std::min(1.0, encoded_b * gain);
    sum += difference * difference;
  }
  return sum;
}

double signed_log(double value) { return std::copysign(std::log1p(std::abs(value)), value); }

}  // namespace

Figures compare(const Rgba8Image& source, const Rgba8Image& decoded, bool with_ssim, Measure measure) {
  require_one_size(source, decoded);
  const std::size_t channels = channels_of(measure);
  std::uint64_t squares = 0, squares_alpha = 0;
  int largest = 0;
  for (std::size_t i = 0; i < source.texels.size(); ++i) {
    const bool alpha = i % 4 == 3;
    if (alpha ? measure != Measure::rgb : i % 4 >= channels) continue;
    const int difference = std::abs(source.texels[i] - decoded.texels[i]);
    (alpha ? squares_alpha : squares) += std::uint64_t(difference * difference);
    largest = std::max(largest, difference);
  }
  const double pixels = double(source.pixel_count());
  Figures figures;
  figures.measure = measure;
  figures.mse = double(squares) / (double(channels) * pixels);
  figures.psnr_db = psnr_from_mse(figures.mse);
  figures.mse_alpha = double(squares_alpha) / pixels;
  figures.psnr_alpha_db = psnr_from_mse(figures.mse_alpha);
  figures.max_error = largest / 255.0;
  if (with_ssim && measure != Measure::red_green) figures.ssim = ssim(source, decoded, measure);
  if (measure == Measure::red_green) figures.angular = angular_error(source, decoded);
  return figures;
}

Figures compare(const Rgba16fImage& source, const Rgba16fImage& decoded) {
  require_one_size(source, decoded);
  double squares = 0, log_squares = 0;
  Figures figures;
  figures.measure = Measure::light;
  for (std::size_t i = 0; i < source.texels.size(); ++i) {
    if (i % 4 == 3) continue;
    const double a = half_to_float(source.texels[i]), b = half_to_float(decoded.texels[i]);
    if (a == b) continue;
    squares += tone_mapped_squares(a, b);
    const double log_difference = std::abs(signed_log(a) - signed_log(b));
    log_squares += log_difference * log_difference;
    figures.max_error = std::max(figures.max_error, log_difference);
  }
  const double samples = 3 * double(source.pixel_count());
  figures.mse = 255.0 * 255.0 * squares / (samples * (last_exposure - first_exposure + 1));
  figures.psnr_db = psnr_from_mse(figures.mse);
  figures.psnr_alpha_db = psnr_from_mse(0);
  figures.rmsle = std::sqrt(log_squares / samples);
  return figures;
}

}  // namespace txs::metrics
