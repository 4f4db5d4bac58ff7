#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace txs::app {

template <std::size_t N>
using SquareMatrix = std::array<std::array<double, N>, N>;

template <std::size_t N>
struct SymmetricEigen {
  std::array<double, N> values{};  ///< largest first
  SquareMatrix<N> vectors{};       ///< vectors[i] belongs to values[i]; unit length, mutually orthogonal
};

/// Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van Loan, Matrix
/// Computations, 8.5): slow for large matrices, and as accurate as any for the small ones of this program.
template <std::size_t N>
SymmetricEigen<N> symmetric_eigen(SquareMatrix<N> a) {
  SquareMatrix<N> v{};
  for (std::size_t i = 0; i < N; ++i) v[i][i] = 1;

  const auto rotate = [&](std::size_t p, std::size_t q) {
    if (a[p][q] == 0) return;
    const double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    const double t = std::copysign(1.0, theta) / (std::abs(theta) + std::hypot(1.0, theta));
    const double c = 1 / std::hypot(1.0, t), s = t * c;
    for (std::size_t k = 0; k < N; ++k) {
      const double akp = a[k][p], akq = a[k][q];
      a[k][p] = c * akp - s * akq;
      a[k][q] = s * akp + c * akq;
    }
    for (std::size_t k = 0; k < N; ++k) {
      const double apk = a[p][k], aqk = a[q][k];
      a[p][k] = c * apk - s * aqk;
      a[q][k] = s * apk + c * aqk;
    }
    for (std::size_t k = 0; k < N; ++k) {
      const double vpk = v[p][k], vqk = v[q][k];
      v[p][k] = c * vpk - s * vqk;
      v[q][k] = s * vpk + c * vqk;
    }
  };
  // Convergence is quadratic: 8 x 8 takes 5 or 6 sweeps; the bound is for matrices with NaN.
  constexpr int most_sweeps = 32;
  for (int sweep = 0; sweep < most_sweeps; ++sweep) {
    double off = 0, diagonal = 0;
    for (std::size_t p = 0; p < N; ++p) {
      diagonal += a[p][p] * a[p][p];
      for (std::size_t q = p + 1; q < N; ++q) off += a[p][q] * a[p][q];
    }
    if (off <= 1e-30 * diagonal) break;
    for (std::size_t p = 0; p < N; ++p) {
      for (std::size_t q = p + 1; q < N; ++q) rotate(p, q);
    }
  }

  std::array<std::size_t, N> order;
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return a[i][i] > a[j][j]; });
  SymmetricEigen<N> result;
  for (std::size_t i = 0; i < N; ++i) {
    result.values[i] = a[order[i]][order[i]];
    result.vectors[i] = v[order[i]];
  }
  return result;
}

}  // namespace txs::app
