#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "plots/simplex_plane.h"
#include "plots/symmetric_eigen.h"

namespace txs::app {
namespace {

constexpr std::size_t n = 8;
using Matrix = SquareMatrix<n>;

double dot(const std::array<double, n>& a, const std::array<double, n>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

Matrix random_symmetric(std::mt19937& random, double scale) {
  std::uniform_real_distribution<double> value(-scale, scale);
  Matrix a{};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i; j < n; ++j) a[i][j] = a[j][i] = value(random);
  }
  return a;
}

TEST(SymmetricEigen, SolvesRandomMatrices) {
  std::mt19937 random(3);
  for (int trial = 0; trial < 500; ++trial) {
    const double scale = std::pow(10.0, trial % 9 - 4);
    const Matrix a = random_symmetric(random, scale);
    const auto eigen = symmetric_eigen(a);
    double trace = 0, sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      trace += a[i][i];
      sum += eigen.values[i];
      if (i > 0) {
        EXPECT_GE(eigen.values[i - 1], eigen.values[i]);
      }
      for (std::size_t j = 0; j < n; ++j) {
        EXPECT_NEAR(dot(eigen.vectors[i], eigen.vectors[j]), i == j ? 1 : 0, 1e-12);
        EXPECT_NEAR(dot(a[j], eigen.vectors[i]), eigen.values[i] * eigen.vectors[i][j], 1e-11 * scale);
      }
    }
    EXPECT_NEAR(sum, trace, 1e-11 * scale);
  }
}

TEST(SymmetricEigen, SolvesWhatIsDiagonalOrOfLowRank) {
  Matrix diagonal{};
  for (std::size_t i = 0; i < n; ++i) diagonal[i][i] = double(i);
  const auto sorted = symmetric_eigen(diagonal);
  EXPECT_EQ(sorted.values.front(), 7);
  EXPECT_EQ(sorted.values.back(), 0);

  Matrix ones{};
  for (auto& row : ones) row.fill(1);
  const auto rank_one = symmetric_eigen(ones);
  EXPECT_NEAR(rank_one.values[0], 8, 1e-12);
  EXPECT_NEAR(rank_one.values[1], 0, 1e-12);
  EXPECT_NEAR(std::abs(rank_one.vectors[0][3]), 1 / std::sqrt(8.0), 1e-12);

  for (double value : symmetric_eigen(Matrix{}).values) EXPECT_EQ(value, 0);
}

codec::SimplexIteration simplex_at(const codec::SimplexIteration::Point& corner, float size) {
  codec::SimplexIteration it;
  for (std::size_t v = 0; v < it.vertices.size(); ++v) {
    it.vertices[v] = corner;
    if (v > 0) it.vertices[v][v - 1] += size / float(v);
  }
  return it;
}

TEST(SimplexPlanes, ShowAFlatSimplexWhole) {
  codec::SimplexIteration it;  // all vertices in the plane of dimensions 2 and 5
  for (std::size_t v = 0; v < it.vertices.size(); ++v) {
    it.vertices[v].fill(0.5f);
    it.vertices[v][2] += 0.1f * float(v % 3);
    it.vertices[v][5] += 0.05f * float(v / 3);
  }
  const auto planes = simplex_planes({{it}, false, 0});
  ASSERT_EQ(planes.size(), 1u);
  EXPECT_NEAR(planes[0].spread_shown, 1, 1e-9);
  const auto a = planes[0].project(it.vertices[0]), b = planes[0].project(it.vertices[8]);
  EXPECT_NEAR(std::hypot(a[0] - b[0], a[1] - b[1]), std::hypot(0.2, 0.1), 1e-6) << "lengths in the plane are kept";
}

TEST(SimplexPlanes, DoNotFlipFromOneIterationToTheNext) {
  codec::SimplexSearch search;
  std::mt19937 random(5);
  std::uniform_real_distribution<float> nudge(-0.01f, 0.01f);
  codec::SimplexIteration::Point corner;
  corner.fill(0.4f);
  for (int i = 0; i < 40; ++i) {
    search.iterations.push_back(simplex_at(corner, 0.1f));
    for (float& value : corner) value += nudge(random);
  }
  const auto planes = simplex_planes(search);
  for (std::size_t i = 1; i < planes.size(); ++i) {
    EXPECT_GT(dot(planes[i].right, planes[i - 1].right), 0.5);
    EXPECT_GT(dot(planes[i].up, planes[i - 1].up), 0.5);
    EXPECT_NEAR(dot(planes[i].right, planes[i].up), 0, 1e-9);
    EXPECT_NEAR(dot(planes[i].right, planes[i].right), 1, 1e-9);
  }
}

TEST(SimplexPlanes, TakeASimplexWithoutExtent) {
  const auto planes = simplex_planes({{simplex_at({}, 0), simplex_at({}, 0)}, true, 0});
  ASSERT_EQ(planes.size(), 2u);
  EXPECT_EQ(planes[1].spread_shown, 1);
  EXPECT_EQ(planes[1].project({})[0], 0);
}

}  // namespace
}  // namespace txs::app
