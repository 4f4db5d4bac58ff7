#include "image/downsample.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace txs {
namespace {

/// Half the width of the window in texels of the result, and its shape. Three lobes each side at alpha 4 are what
/// NVIDIA Texture Tools has shipped for years; a smaller alpha rings more, a larger one blurs.
constexpr double kaiser_radius = 3, kaiser_alpha = 4;

/// Modified Bessel function of the first kind, order 0, by its power series.
double bessel_i0(double x) {
  double sum = 1, term = 1;
  for (int k = 1; term > 1e-12 * sum; ++k) {
    term *= (x / 2 / k) * (x / 2 / k);
    sum += term;
  }
  return sum;
}

/// Kaiser and Schafer 1980, "On the use of the I0-sinh window for spectrum analysis".
double kaiser_sinc(double x) {
  const double inside = 1 - (x / kaiser_radius) * (x / kaiser_radius);
  if (inside <= 0) return 0;
  const double phase = std::numbers::pi * x;
  const double sinc = std::abs(phase) < 1e-6 ? 1 : std::sin(phase) / phase;
  return sinc * bessel_i0(kaiser_alpha * std::sqrt(inside)) / bessel_i0(kaiser_alpha);
}

struct Tap {
  int source;
  float weight;
};

/// Which texels of a line make each texel of the halved line. Weights sum to 1; places beyond the ends are the ends.
class LineFilter {
 public:
  LineFilter(int from, int to, MipFilter filter) {
    const double scale = double(from) / to;
    for (int i = 0; i < to; ++i) {
      const double begin = i * scale, end = (i + 1) * scale, centre = (begin + end) / 2;
      const double reach = filter == MipFilter::box ? scale / 2 : kaiser_radius * scale;
      std::vector<Tap> taps;
      double sum = 0;
      for (int s = int(std::floor(centre - reach)); s < centre + reach; ++s) {
        const double weight = filter == MipFilter::box ? std::min(s + 1.0, end) - std::max(double(s), begin)
                                                       : kaiser_sinc((s + 0.5 - centre) / scale);
        if (weight == 0) continue;
        taps.push_back({std::clamp(s, 0, from - 1), float(weight)});
        sum += weight;
      }
      for (Tap& tap : taps) tap.weight = float(tap.weight / sum);
      taps_.push_back(std::move(taps));
    }
  }

  std::span<const Tap> taps(int i) const { return taps_[std::size_t(i)]; }
  std::size_t most_taps() const {
    std::size_t most = 0;
    for (const auto& taps : taps_) most = std::max(most, taps.size());
    return most;
  }

 private:
  std::vector<std::vector<Tap>> taps_;
};

void accumulate(Texel& sum, const Texel& texel, float weight) {
  for (std::size_t c = 0; c < 4; ++c) sum[c] += weight * texel[c];
}

/// Rows filtered along x, each made once: the last few that the filter along y looks at are kept.
class FilteredRows {
 public:
  FilteredRows(const RowSource& source, const LineFilter& along_x, int width, std::size_t kept)
      : source_(source), along_x_(along_x), line_(std::size_t(source.width)), slots_(kept) {
    for (Slot& slot : slots_) slot.row.resize(std::size_t(width));
  }

  std::span<const Texel> row(int y) {
    Slot& slot = slots_[std::size_t(y) % slots_.size()];
    if (slot.y == y) return slot.row;
    source_.read(y, line_);
    for (std::size_t x = 0; x < slot.row.size(); ++x) {
      Texel sum{};
      for (const Tap& tap : along_x_.taps(int(x))) accumulate(sum, line_[std::size_t(tap.source)], tap.weight);
      slot.row[x] = sum;
    }
    slot.y = y;
    return slot.row;
  }

 private:
  struct Slot {
    int y = -1;
    std::vector<Texel> row;
  };
  const RowSource& source_;
  const LineFilter& along_x_;
  std::vector<Texel> line_;
  std::vector<Slot> slots_;
};

}  // namespace

FloatPicture downsample(const RowSource& source, MipFilter filter) {
  FloatPicture level{std::max(source.width / 2, 1), std::max(source.height / 2, 1), {}};
  level.texels.resize(std::size_t(level.width) * std::size_t(level.height));
  const LineFilter along_x(source.width, level.width, filter), along_y(source.height, level.height, filter);
  FilteredRows rows(source, along_x, level.width, along_y.most_taps());
  for (int y = 0; y < level.height; ++y) {
    Texel* const sums = level.texels.data() + std::size_t(y) * std::size_t(level.width);
    for (const Tap& tap : along_y.taps(y)) {
      const std::span<const Texel> row = rows.row(tap.source);
      for (std::size_t x = 0; x < row.size(); ++x) accumulate(sums[x], row[x], tap.weight);
    }
  }
  return level;
}

}  // namespace txs
