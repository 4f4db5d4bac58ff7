// The solvers of weight grids, by what defines them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "codecs/astc/least_squares.h"
#include "shaders/interop/astc_format.h"

namespace txs::astc {
namespace {

/// Row by row.
struct Matrix {
  std::uint32_t rows, columns;
  std::vector<double> values = std::vector<double>(std::size_t(rows) * columns);
  double& at(std::uint32_t r, std::uint32_t c) { return values[r * columns + c]; }
  double at(std::uint32_t r, std::uint32_t c) const { return values[r * columns + c]; }
};

Matrix operator*(const Matrix& a, const Matrix& b) {
  Matrix product{a.rows, b.columns};
  for (std::uint32_t r = 0; r < a.rows; ++r)
    for (std::uint32_t c = 0; c < b.columns; ++c)
      for (std::uint32_t k = 0; k < a.columns; ++k) product.at(r, c) += a.at(r, k) * b.at(k, c);
  return product;
}

double farthest(const Matrix& a, const Matrix& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) most = std::max(most, std::abs(a.values[i] - b.values[i]));
  return most;
}

Matrix transposed(const Matrix& a) {
  Matrix turned{a.columns, a.rows};
  for (std::uint32_t r = 0; r < a.rows; ++r)
    for (std::uint32_t c = 0; c < a.columns; ++c) turned.at(c, r) = a.at(r, c);
  return turned;
}

Matrix identity(std::uint32_t side) {
  Matrix one{side, side};
  for (std::uint32_t i = 0; i < side; ++i) one.at(i, i) = 1;
  return one;
}

/// Of each texel the shares of the points (KDFS 23.17), in 16ths there.
Matrix infill(std::uint32_t texels, std::uint32_t points) {
  Matrix blend{texels, points};
  for (std::uint32_t t = 0; t < texels; ++t) {
    const std::uint32_t at = interop::astc_grid_position(t, texels, points), share = at & 15;
    blend.at(t, at >> 4) += (16 - share) / 16.0;
    if (share > 0) blend.at(t, (at >> 4) + 1) += share / 16.0;
  }
  return blend;
}

template <typename Check>
void for_all_rows(const Check& check) {
  for (const std::uint32_t texels : {4u, 5u, 6u, 8u, 10u, 12u})
    for (std::uint32_t points = 2; points <= texels; ++points) {
      SCOPED_TRACE(std::to_string(points) + " points of " + std::to_string(texels) + " texels");
      check(texels, points);
    }
}

TEST(AstcLeastSquares, TheSolverIsThePseudoInverseOfInfill) {
  for_all_rows([](std::uint32_t texels, std::uint32_t points) {
    const Matrix blend = infill(texels, points), solver{points, texels, row_solver(texels, points)};
    EXPECT_LT(farthest(solver * blend, identity(points)), 1e-9) << "it finds points again";
    const Matrix kept = blend * solver;
    EXPECT_LT(farthest(kept, transposed(kept)), 1e-9) << "what it leaves is orthogonal to all blends (Moore, Penrose)";
  });
}

TEST(AstcLeastSquares, TheProjectorKeepsWhatItKept) {
  for_all_rows([](std::uint32_t texels, std::uint32_t points) {
    const Matrix projector{texels, texels, row_projector(texels, points)};
    const Matrix solver{points, texels, row_solver(texels, points)};
    EXPECT_LT(farthest(projector, infill(texels, points) * solver), 1e-9);
    EXPECT_LT(farthest(projector * projector, projector), 1e-9);
    EXPECT_LT(farthest(projector, transposed(projector)), 1e-9);
    double trace = 0;
    for (std::uint32_t t = 0; t < texels; ++t) trace += projector.at(t, t);
    EXPECT_NEAR(trace, points, 1e-9) << "of as many dimensions";
    if (points == texels) {
      EXPECT_LT(farthest(projector, identity(texels)), 1e-9);
    }
  });
}

TEST(AstcLeastSquares, CosinesAreOrthonormal) {
  for (const std::uint32_t texels : {4u, 5u, 6u, 8u, 10u, 12u}) {
    const Matrix rows{texels, texels, cosines(texels)};
    EXPECT_LT(farthest(rows * transposed(rows), identity(texels)), 1e-12);
    for (std::uint32_t t = 1; t < texels; ++t) EXPECT_NEAR(rows.at(0, t), rows.at(0, 0), 1e-12) << "the first is the mean";
    for (std::uint32_t u = 0; u < texels; ++u) {
      int changes = 0;
      for (std::uint32_t t = 1; t < texels; ++t) changes += rows.at(u, t) * rows.at(u, t - 1) < 0 ? 1 : 0;
      EXPECT_LE(changes, int(u)) << "they come in the order of their frequencies";
      EXPECT_GT(rows.at(u, 0), 0);
    }
  }
}

}  // namespace
}  // namespace txs::astc
