#include "codecs/astc/likely_mode.h"

#include <cmath>
#include <limits>
#include <vector>

#include "codecs/astc/least_squares.h"
#include "codecs/astc/search_tables.h"

namespace txs::astc {
namespace {

constexpr double correlation = 0.9;
constexpr double line_length = 80;      // 8-bit units
constexpr double weight_variance = 0.1;  // of weights in [0, 1]; evenly spread ones have 1/12

/// The part of the variance of a row of texels that `points` grid points keep: the mean square of what they blend back
/// of a row in which neighbours correlate.
double kept_variance(std::uint32_t texels, std::uint32_t points) {
  const std::vector<double> projector = row_projector(texels, points);
  double lost = 0;
  for (std::uint32_t t = 0; t < texels; ++t) {
    const auto loses = [&](std::uint32_t s) { return (s == t ? 1 : 0) - projector[t * texels + s]; };
    for (std::uint32_t a = 0; a < texels; ++a)
      for (std::uint32_t b = 0; b < texels; ++b)
        lost += loses(a) * loses(b) * std::pow(correlation, std::abs(double(a) - double(b)));
  }
  return 1 - lost / texels;
}

/// The same by the number of points, 2 .. texels.
std::vector<double> kept_variances(std::uint32_t texels) {
  std::vector<double> kept(2);
  while (kept.size() <= texels) kept.push_back(kept_variance(texels, std::uint32_t(kept.size())));
  return kept;
}

}  // namespace

std::uint32_t likely_mode(const Footprint& footprint, bool has_alpha) {
  const Tables& tables = tables_of(footprint);
  const std::uint32_t model = interop::astc_model_rgb + (has_alpha ? interop::astc_model_alpha : 0);
  const std::uint32_t values = has_alpha ? 8 : 6;
  const std::vector<double> across = kept_variances(footprint.width), down = kept_variances(footprint.height);
  double least = std::numeric_limits<double>::max();
  std::uint32_t likely = 0;
  for (std::uint32_t g = 0; g < tables.search.grid_count; ++g) {
    const interop::AstcGrid& grid = tables.search.grids[g];
    const double blurred = weight_variance * (1 - across[grid.width] * down[grid.height]);
    for (std::uint32_t range = 0; range < interop::astc_weight_ranges; ++range) {
      if (grid.modes[range] == interop::astc_no_mode) continue;
      const auto colours = colour_range(values, 128 - 17 - (grid.modes[range] >> 16));
      if (!colours) continue;
      const double step = 1.0 / (tables.search.weight_levels[range] - 1);
      const double colour_step = 255.0 / (tables.search.colour_levels[*colours] - 1);
      const double error = line_length * line_length * (blurred + step * step / 12 * grid.noise) +
                           values / 2.0 * colour_step * colour_step / 24;
      if (error >= least) continue;
      least = error;
      likely = g * 12 + range;
    }
  }
  return likely | (interop::astc_one_model + model) << interop::astc_trial_mode_bits;
}

}  // namespace txs::astc
