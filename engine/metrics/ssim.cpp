#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "metrics/metrics.h"

namespace txs::metrics {
namespace {

constexpr int side = 11;
constexpr double sigma = 1.5;
constexpr double c1 = (0.01 * 255) * (0.01 * 255);
constexpr double c2 = (0.03 * 255) * (0.03 * 255);

/// Gaussian-weighted means of a, b, a^2, b^2 and ab.
using Moments = std::array<double, 5>;

std::array<double, side> gaussian() {
  std::array<double, side> weights{};
  double sum = 0;
  for (int i = 0; i < side; ++i) sum += weights[i] = std::exp(-(i - side / 2) * (i - side / 2) / (2 * sigma * sigma));
  for (double& weight : weights) weight /= sum;
  return weights;
}

double luma(const Rgba8Image& image, int x, int y, Measure measure) {
  const auto texel = image.at(x, y);
  return measure == Measure::red ? texel[0] : 0.299 * texel[0] + 0.587 * texel[1] + 0.114 * texel[2];
}

/// The window's filter across row y: one entry for each of the width - 10 places.
std::vector<Moments> filtered_row(const Rgba8Image& source, const Rgba8Image& decoded, int y, Measure measure) {
  static const auto weights = gaussian();
  std::vector<Moments> row(std::size_t(source.width - side + 1));
  for (int x = 0; x < source.width; ++x) {
    const double a = luma(source, x, y, measure), b = luma(decoded, x, y, measure);
    const Moments texel{a, b, a * a, b * b, a * b};
    for (int k = 0; k < side; ++k) {
      const int place = x - k;
      if (place < 0 || place >= int(row.size())) continue;
      for (std::size_t m = 0; m < texel.size(); ++m) row[place][m] += weights[k] * texel[m];
    }
  }
  return row;
}

/// Equation 13 of the paper.
double ssim_of(const Moments& mean) {
  const auto [a, b, aa, bb, ab] = mean;
  return (2 * a * b + c1) * (2 * (ab - a * b) + c2) / ((a * a + b * b + c1) * (aa - a * a + bb - b * b + c2));
}

}  // namespace

std::optional<double> ssim(const Rgba8Image& source, const Rgba8Image& decoded, Measure measure) {
  if (source.width != decoded.width || source.height != decoded.height)
    throw std::invalid_argument("ssim: the pictures differ in size");
  if (source.width < side || source.height < side) return std::nullopt;

  static const auto weights = gaussian();
  const int windows_across = source.width - side + 1, windows_down = source.height - side + 1;
  std::array<std::vector<Moments>, side> rows;  // a ring: row y is in rows[y % side]
  double sum = 0;
  for (int y = 0; y < source.height; ++y) {
    rows[y % side] = filtered_row(source, decoded, y, measure);
    if (y < side - 1) continue;
    for (int x = 0; x < windows_across; ++x) {
      Moments mean{};
      for (int k = 0; k < side; ++k)
        for (std::size_t m = 0; m < mean.size(); ++m) mean[m] += weights[k] * rows[(y + 1 + k) % side][x][m];
      sum += ssim_of(mean);
    }
  }
  return sum / (double(windows_across) * windows_down);
}

}  // namespace txs::metrics
