#include "codecs/astc/reference/descent.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace txs::astc::reference {
namespace {

Point plus(Point a, const Point& b, double times) {
  for (std::size_t c = 0; c < 4; ++c) a[c] += b[c] * times;
  return a;
}
double dot(const Point& a, const Point& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]; }
Point from_to(const Point& from, const Point& to) { return plus(to, from, -1); }
Point times(const Point& a, double factor) { return plus({}, a, factor); }

Point rounded(Point point, double levels) {
  for (double& value : point) value = std::floor(std::clamp(value, 0.0, 1.0) * levels + 0.5) / levels;
  return point;
}

double weight_on(const Point& texel, const Line& line) {
  const Point along = from_to(line.low, line.high);
  const double length2 = dot(along, along);
  return length2 > 1e-9 ? std::clamp(dot(from_to(line.low, texel), along) / length2, 0.0, 1.0) : 0;
}

Point blend(const Line& line, double weight) { return plus(line.low, from_to(line.low, line.high), weight); }

/// The main axis of what is left of the points about their mean, by powers; of unit length, or 0.
Point main_axis(std::span<const Point> about_mean) {
  std::array<Point, 4> covariance{};
  for (const Point& point : about_mean)
    for (std::size_t c = 0; c < 4; ++c) covariance[c] = plus(covariance[c], point, point[c]);
  std::size_t longest = 0;
  for (std::size_t c = 1; c < 4; ++c)
    if (covariance[c][c] > covariance[longest][longest]) longest = c;
  if (covariance[longest][longest] <= 1e-9) return {};
  Point axis = covariance[longest];
  for (int i = 0; i < 12; ++i) {
    Point next{};
    for (std::size_t c = 0; c < 4; ++c) next = plus(next, covariance[c], axis[c]);
    axis = times(next, 1 / std::sqrt(dot(next, next)));
  }
  return axis;
}

Line principal(std::span<const Point> texels) {
  Point mean{};
  for (const Point& texel : texels) mean = plus(mean, texel, 1.0 / double(texels.size()));
  std::vector<Point> about_mean;
  for (const Point& texel : texels) about_mean.push_back(from_to(mean, texel));
  const Point axis = main_axis(about_mean);
  double first = 0, last = 0;
  for (const Point& point : about_mean) {
    first = std::min(first, dot(point, axis));
    last = std::max(last, dot(point, axis));
  }
  return {plus(mean, axis, first), plus(mean, axis, last)};
}

Line least_squares(std::span<const Point> texels, const Line& line) {
  double low_low = 0, low_high = 0, high_high = 0;
  Point low_sum{}, high_sum{};
  for (const Point& texel : texels) {
    const double h = weight_on(texel, line), l = 1 - h;
    low_low += l * l;
    low_high += l * h;
    high_high += h * h;
    low_sum = plus(low_sum, texel, l);
    high_sum = plus(high_sum, texel, h);
  }
  const double determinant = low_low * high_high - low_high * low_high;
  if (determinant < 1e-4) {
    const Point mean = times(plus(low_sum, high_sum, 1), 1 / (low_low + 2 * low_high + high_high));
    return {mean, mean};
  }
  return {times(plus(times(low_sum, high_high), high_sum, -low_high), 1 / determinant),
          times(plus(times(high_sum, low_low), low_sum, -low_high), 1 / determinant)};
}

Line down_the_gradient(std::span<const Point> texels, const Line& line, double learning_rate) {
  Point of_low{}, of_high{};
  for (const Point& texel : texels) {
    const double weight = weight_on(texel, line);
    const Point off = from_to(texel, blend(line, weight));
    of_low = plus(of_low, off, 2 * (1 - weight));
    of_high = plus(of_high, off, 2 * weight);
  }
  return {plus(line.low, of_low, -learning_rate), plus(line.high, of_high, -learning_rate)};
}

}  // namespace

double off_line(const Point& texel, const Line& line) {
  const Point off = from_to(texel, blend(line, weight_on(texel, line)));
  return dot(off, off);
}

PartitionMap assigned(std::span<const Point> texels, const Lines& lines, std::span<const std::uint8_t> before,
                      double least_gain) {
  PartitionMap map(texels.size());
  for (std::size_t t = 0; t < texels.size(); ++t) {
    double least = INFINITY;
    for (std::size_t p = 0; p < lines.size(); ++p) {
      const double off = off_line(texels[t], lines[p]) - (!before.empty() && before[t] == p ? least_gain : 0);
      if (off >= least) continue;
      least = off;
      map[t] = std::uint8_t(p);
    }
  }
  return map;
}

std::uint32_t distance_to(std::span<const Point> texels, const Lines& lines, std::span<const std::uint8_t> pattern) {
  std::vector<std::array<bool, 4>> on_line(texels.size());
  for (std::size_t t = 0; t < texels.size(); ++t) {
    double least = INFINITY;
    for (const Line& line : lines) least = std::min(least, off_line(texels[t], line));
    for (std::size_t p = 0; p < lines.size(); ++p) on_line[t][p] = off_line(texels[t], lines[p]) <= least + equally_near;
  }
  std::vector<std::size_t> line_of(lines.size());
  std::iota(line_of.begin(), line_of.end(), 0);
  auto least = std::uint32_t(texels.size());
  do {
    std::uint32_t off = 0;
    for (std::size_t t = 0; t < texels.size(); ++t) off += on_line[t][line_of[pattern[t]]] ? 0 : 1;
    least = std::min(least, off);
  } while (std::ranges::next_permutation(line_of).found);
  return least;
}

Lines solved(std::span<const Point> texels, const Lines& lines, std::span<const std::uint8_t> map, Solver solver,
             double learning_rate) {
  Lines fitted = lines;
  for (std::size_t p = 0; p < lines.size(); ++p) {
    std::vector<Point> own;
    for (std::size_t t = 0; t < texels.size(); ++t)
      if (map[t] == p) own.push_back(texels[t]);
    if (own.empty()) continue;
    const Line line = solver == Solver::pca             ? principal(own)
                      : solver == Solver::least_squares ? least_squares(own, lines[p])
                                                        : down_the_gradient(own, lines[p], learning_rate);
    fitted[p] = {rounded(line.low, 65535), rounded(line.high, 65535)};
  }
  return fitted;
}

double loss_of(std::span<const Point> texels, const Lines& lines, std::span<const std::uint8_t> map, bool at_8_bits) {
  double loss = 0;
  for (std::size_t t = 0; t < texels.size(); ++t) {
    Line line = lines[map[t]];
    if (at_8_bits) line = {rounded(line.low, 255), rounded(line.high, 255)};
    double weight = weight_on(texels[t], line);
    if (at_8_bits) weight = std::floor(weight * 255 + 0.5) / 255;
    const Point off = from_to(texels[t], blend(line, weight));
    loss += dot(off, off);
  }
  return loss;
}

}  // namespace txs::astc::reference
