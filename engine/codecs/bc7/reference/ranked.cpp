#include "codecs/bc7/reference/ranked.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "codecs/bc7/decode_tables.h"
#include "shaders/interop/bc7_ranked.h"

namespace txs::bc7::reference {
namespace {

using Vector = std::array<double, 4>;

Vector operator-(const Vector& a, const Vector& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]}; }
double dot(const Vector& a, const Vector& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]; }
Vector along(const Vector& from, const Vector& direction, double by) {
  Vector v = from;
  for (std::size_t c = 0; c < 4; ++c) v[c] += direction[c] * by;
  return v;
}

/// A part: its texels, 0 in channels that its line does not have, and how its endpoints are stored.
struct Part {
  std::vector<Vector> texels;
  int bits = 8;  // of an endpoint, p-bit included
  int index_bits = 4;
  std::vector<std::array<int, 2>> p_bits{{0, 0}};  // that low and high end may have
  int step = 1;                                    // between values of a p-bit
  bool alpha = false;

  int top() const { return (1 << bits) - 1; }
  int last_entry() const { return (1 << index_bits) - 1; }
  double widen(int stored) const { return (stored << (8 - bits)) | (stored >> (2 * bits - 8)); }
};

bool opaque(const BlockTexels& texels) {
  return std::ranges::all_of(texels, [](const Texel& texel) { return texel[3] == 255; });
}

Part line_part(const BlockTexels& texels, const interop::Bc7Mode& mode, std::uint32_t subsets_of_texels,
               std::uint32_t subset) {
  const bool pinned = opaque(texels);
  Part part;
  const std::uint32_t p = mode.endpoint_p_bits | mode.shared_p_bits;
  part.bits = int(mode.colour_bits + p);
  part.index_bits = int(mode.index_bits);
  part.alpha = mode.alpha_bits > 0 && !pinned;
  part.step = p != 0 ? 2 : 1;
  if (mode.alpha_bits > 0 && pinned) part.p_bits = {{1, 1}};
  else if (mode.endpoint_p_bits != 0) part.p_bits = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
  else if (mode.shared_p_bits != 0) part.p_bits = {{0, 0}, {1, 1}};
  for (std::uint32_t t = 0; t < 16; ++t) {
    const Texel& x = texels[t];
    if ((subsets_of_texels >> 2 * t & 3) == subset)
      part.texels.push_back({double(x[0]), double(x[1]), double(x[2]), part.alpha ? double(x[3]) : 0.0});
  }
  return part;
}

Part dual_part(const BlockTexels& texels, Candidate candidate, bool apart) {
  const interop::Bc7Mode& mode = interop::bc7_modes[candidate.mode];
  const int rotation = candidate.mode == 4 ? candidate.shape >> 1 : candidate.shape;
  const bool exchanged = candidate.mode == 4 && (candidate.shape & 1) != 0;
  Part part;
  part.bits = int(apart ? mode.alpha_bits : mode.colour_bits);
  part.index_bits = int(apart != exchanged ? mode.secondary_index_bits : mode.index_bits);
  for (Texel x : texels) {
    if (rotation > 0) std::swap(x[3], x[std::size_t(rotation - 1)]);
    part.texels.push_back(apart ? Vector{double(x[3])} : Vector{double(x[0]), double(x[1]), double(x[2])});
  }
  return part;
}

std::vector<Part> parts_of(const BlockTexels& texels, Candidate candidate) {
  const interop::Bc7Mode& mode = interop::bc7_modes[candidate.mode];
  if (mode.secondary_index_bits > 0) return {dual_part(texels, candidate, false), dual_part(texels, candidate, true)};
  std::vector<Part> parts;
  const std::uint32_t subsets = partition(mode.subsets, std::uint32_t(candidate.shape)).subsets;
  for (std::uint32_t s = 0; s < mode.subsets; ++s) parts.push_back(line_part(texels, mode, subsets, s));
  return parts;
}

/// Of alpha in modes that always decode it to 255.
double alpha_error(const BlockTexels& texels, Candidate candidate) {
  double error = 0;
  if (candidate.mode < 4)
    for (const Texel& texel : texels) error += (255.0 - texel[3]) * (255.0 - texel[3]);
  return error;
}

struct Axis {
  Vector mean{}, direction{};
  double along = 0, off = 0;  // squared distances, summed
};

/// By power iteration from the longest column.
Axis main_axis(const std::vector<Vector>& texels) {
  Axis axis;
  for (const Vector& texel : texels) axis.mean = along(axis.mean, texel, 1.0 / double(texels.size()));
  std::array<Vector, 4> covariance{};
  double trace = 0;
  for (const Vector& texel : texels) {
    const Vector d = texel - axis.mean;
    for (std::size_t c = 0; c < 4; ++c) covariance[c] = along(covariance[c], d, d[c]);
    trace += dot(d, d);
  }
  if (trace == 0) return axis;
  Vector v = *std::ranges::max_element(covariance, {}, [](const Vector& column) { return dot(column, column); });
  for (int i = 0; i < 500; ++i) {
    Vector next{};
    for (std::size_t c = 0; c < 4; ++c) next = along(next, covariance[c], v[c]);
    const double length = std::sqrt(dot(next, next));
    for (std::size_t c = 0; c < 4; ++c) v[c] = next[c] / length;
    axis.along = std::min(length, trace);  // |C v|, v of unit length from the second turn on
  }
  axis.direction = v;
  axis.off = trace - axis.along;
  return axis;
}

struct Ends {
  std::array<int, 4> low{}, high{};
};
struct Widened {
  Vector low{}, high{};
};

Widened widened(const Part& part, const Ends& ends) {
  Widened bytes;
  for (std::size_t c = 0; c < (part.alpha ? 4u : 3u); ++c) {
    bytes.low[c] = part.widen(ends.low[c]);
    bytes.high[c] = part.widen(ends.high[c]);
  }
  return bytes;
}

int storable(const Part& part, double steps, int p) {
  return int(std::clamp(steps, 0.0, double(part.top() / part.step))) * part.step + p;
}

/// The cheapest ends over all pairs of p-bits: of each channel those of `roundings`, added to its steps, that cost
/// least.
template <typename Steps, typename Cost>
Ends cheapest(const Part& part, const Steps& steps_of, const Cost& cost,
              const std::vector<std::array<int, 2>>& roundings) {
  Ends best;
  double best_cost = std::numeric_limits<double>::infinity();
  for (const auto& [p_low, p_high] : part.p_bits) {
    Ends ends;
    double sum = 0;
    for (std::size_t c = 0; c < (part.alpha ? 4u : 3u); ++c) {
      double least = std::numeric_limits<double>::infinity();
      for (const auto& [up_low, up_high] : roundings) {
        const int low = storable(part, steps_of(c, false, p_low) + up_low, p_low);
        const int high = storable(part, steps_of(c, true, p_high) + up_high, p_high);
        const double now = cost(c, part.widen(low), part.widen(high));
        if (now >= least) continue;
        least = now;
        ends.low[c] = low;
        ends.high[c] = high;
      }
      sum += least;
    }
    if (sum >= best_cost) continue;
    best_cost = sum;
    best = ends;
  }
  return best;
}

Ends quantise(const Part& part, const Widened& bytes) {
  const auto steps = [&](std::size_t c, bool high, int p) {
    const double stored = (high ? bytes.high[c] : bytes.low[c]) * part.top() / 255.0;
    return std::floor((stored - p) / part.step + 0.5);
  };
  const auto cost = [&](std::size_t c, double low, double high) {
    return (low - bytes.low[c]) * (low - bytes.low[c]) + (high - bytes.high[c]) * (high - bytes.high[c]);
  };
  return cheapest(part, steps, cost, {{0, 0}});
}

Ends principal_ends(const Part& part) {
  const Axis axis = main_axis(part.texels);
  double least = 0, most = 0;
  for (const Vector& texel : part.texels) {
    least = std::min(least, dot(texel - axis.mean, axis.direction));
    most = std::max(most, dot(texel - axis.mean, axis.direction));
  }
  Widened line{along(axis.mean, axis.direction, least), along(axis.mean, axis.direction, most)};
  for (std::size_t c = 0; c < 4; ++c) {
    line.low[c] = std::clamp(line.low[c], 0.0, 255.0);
    line.high[c] = std::clamp(line.high[c], 0.0, 255.0);
  }
  return quantise(part, line);
}

/// The error of the part with these ends, and the sums of the least squares.
struct Assigned {
  double error = 0, w = 0, ww = 0;
  Vector x{}, wx{};
};

Assigned assign(const Part& part, const Ends& ends) {
  const Widened line = widened(part, ends);
  const Vector direction = line.high - line.low;
  const double length2 = dot(direction, direction);
  Assigned sums;
  for (const Vector& texel : part.texels) {
    const double place = length2 > 0 ? dot(texel - line.low, direction) / length2 * part.last_entry() : 0;
    const int below = int(std::clamp(place, 0.0, part.last_entry() - 1.0));
    double least = std::numeric_limits<double>::infinity(), weight = 0;
    for (const int index : {below, below + 1}) {
      const double w = interop::bc7_weights[(1 << part.index_bits) - 4 + index];
      double error = 0;
      for (std::size_t c = 0; c < 4; ++c) {
        const double entry = std::floor(line.low[c] + direction[c] * w / 64 + 0.5);
        error += (texel[c] - entry) * (texel[c] - entry);
      }
      if (error >= least) continue;
      least = error;
      weight = w;
    }
    sums.error += least;
    sums.w += weight;
    sums.ww += weight * weight;
    sums.x = along(sums.x, texel, 1);
    sums.wx = along(sums.wx, texel, weight);
  }
  return sums;
}

Ends refit(const Part& part, const Assigned& sums) {
  const double n = double(part.texels.size()), spread = n * sums.ww - sums.w * sums.w;
  Widened line;
  for (std::size_t c = 0; c < 4; ++c) {
    const double slope = (n * sums.wx[c] - sums.w * sums.x[c]) / spread;
    line.low[c] = (sums.x[c] - slope * sums.w) / n;
    line.high[c] = line.low[c] + slope * 64;
  }
  const double low_low = 4096 * n - 128 * sums.w + sums.ww, low_high = 64 * sums.w - sums.ww;
  const auto steps = [&](std::size_t c, bool high, int p) {
    return std::floor(((high ? line.high[c] : line.low[c]) * part.top() / 255.0 - p) / part.step);
  };
  const auto cost = [&](std::size_t c, double low, double high) {
    const double l = low - line.low[c], h = high - line.high[c];
    return low_low * l * l + 2 * low_high * l * h + sums.ww * h * h;
  };
  return cheapest(part, steps, cost, {{0, 0}, {1, 0}, {0, 1}, {1, 1}});
}

double refitted_error(const Part& part, int refit_rounds) {
  Ends ends = principal_ends(part);
  double best = std::numeric_limits<double>::infinity();
  for (int round = 0; round <= refit_rounds; ++round) {
    const Assigned sums = assign(part, ends);
    const bool better = sums.error < best;
    best = std::min(best, sums.error);
    if (!better || double(part.texels.size()) * sums.ww == sums.w * sums.w) break;
    ends = refit(part, sums);
  }
  return best;
}

}  // namespace

double estimated_error(const BlockTexels& texels, Candidate candidate) {
  const interop::Bc7ErrorModel& model = interop::bc7_line_models[candidate.mode];
  double error = alpha_error(texels, candidate) + 16 * double(model.rounding);
  for (const Part& part : parts_of(texels, candidate)) {
    const Axis axis = main_axis(part.texels);
    error += double(model.off) * axis.off + double(model.along) * axis.along;
  }
  return error;
}

double refitted_error(const BlockTexels& texels, Candidate candidate, int refit_rounds) {
  double error = alpha_error(texels, candidate);
  for (const Part& part : parts_of(texels, candidate)) error += refitted_error(part, refit_rounds);
  return error;
}

}  // namespace txs::bc7::reference
