#include "codecs/astc/least_squares.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "shaders/interop/astc_format.h"

namespace txs::astc {
namespace {

/// Solves a x = b for x in place of b, column by column; `a` is n x n and positive definite, b n x m.
void solve(std::vector<double>& a, std::vector<double>& b, std::uint32_t n, std::uint32_t m) {
  for (std::uint32_t k = 0; k < n; ++k) {  // Gauss-Jordan; definite matrices need no pivots
    const double inverse = 1 / a[k * n + k];
    for (std::uint32_t c = 0; c < n; ++c) a[k * n + c] *= inverse;
    for (std::uint32_t c = 0; c < m; ++c) b[k * m + c] *= inverse;
    for (std::uint32_t r = 0; r < n; ++r) {
      const double factor = r == k ? 0 : a[r * n + k];
      for (std::uint32_t c = 0; c < n; ++c) a[r * n + c] -= factor * a[k * n + c];
      for (std::uint32_t c = 0; c < m; ++c) b[r * m + c] -= factor * b[k * m + c];
    }
  }
}

/// What each point gives to each texel: texel x point (KDFS 23.17, but for the rounding of two axes together).
std::vector<double> row_infill(std::uint32_t texels, std::uint32_t points) {
  std::vector<double> blend(std::size_t(texels) * points, 0);
  for (std::uint32_t t = 0; t < texels; ++t) {
    const std::uint32_t at = interop::astc_grid_position(t, texels, points);
    blend[t * points + at / 16] += (16 - at % 16) / 16.0;
    if (at % 16 != 0) blend[t * points + at / 16 + 1] += at % 16 / 16.0;
  }
  return blend;
}

}  // namespace

std::vector<double> row_solver(std::uint32_t texels, std::uint32_t points) {
  const std::vector<double> blend = row_infill(texels, points);
  std::vector<double> normal(std::size_t(points) * points, 0), solver(std::size_t(points) * texels);
  for (std::uint32_t i = 0; i < points; ++i) {
    for (std::uint32_t t = 0; t < texels; ++t) {
      solver[i * texels + t] = blend[t * points + i];
      for (std::uint32_t j = 0; j < points; ++j) normal[i * points + j] += blend[t * points + i] * blend[t * points + j];
    }
  }
  solve(normal, solver, points, texels);
  return solver;
}

std::vector<double> row_projector(std::uint32_t texels, std::uint32_t points) {
  const std::vector<double> blend = row_infill(texels, points), solver = row_solver(texels, points);
  std::vector<double> projector(std::size_t(texels) * texels);
  for (std::uint32_t t = 0; t < texels; ++t)
    for (std::uint32_t i = 0; i < points; ++i)
      for (std::uint32_t s = 0; s < texels; ++s)
        projector[t * texels + s] += blend[t * points + i] * solver[i * texels + s];
  return projector;
}

std::vector<double> cosines(std::uint32_t texels) {
  std::vector<double> rows(std::size_t(texels) * texels);
  for (std::uint32_t u = 0; u < texels; ++u)
    for (std::uint32_t t = 0; t < texels; ++t)
      rows[u * texels + t] = std::sqrt((u == 0 ? 1.0 : 2.0) / texels) * std::cos(std::numbers::pi * u * (t + 0.5) / texels);
  return rows;
}

}  // namespace txs::astc
