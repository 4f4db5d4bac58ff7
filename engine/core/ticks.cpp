#include "core/ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace txs {
namespace {

constexpr double eps = 1e-9;  // of a step: a tick that rounding put just outside the range still belongs to it

bool drawable(Range range) { return std::isfinite(range.low) && std::isfinite(range.high) && range.low < range.high; }

/// The smallest of 1, 2, 5 times a power of ten that is not below `least`.
double nice_step(double least) {
  const double power = std::pow(10.0, std::floor(std::log10(least)));
  for (double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= least * (1 - eps)) return factor * power;
  }
  return 10 * power;
}

Ticks multiples(Range range, double step) {
  Ticks ticks{{}, step};
  const double first = std::ceil(range.low / step - eps), last = std::floor(range.high / step + eps);
  for (double i = first; i <= last; ++i) ticks.values.push_back(i == 0 ? 0.0 : i * step);
  return ticks;
}

Ticks ticks_from_step(Range range, int at_most, double least_step) {
  if (!drawable(range)) return {};
  // With 3, the next larger step still has a multiple in the range wherever it lies; with 2 it may have none.
  const auto most = static_cast<std::size_t>(std::max(at_most, 3));
  // A step of span / (n - 1) gives at most n multiples; one of span / n may give n or n + 1, so it is tried first.
  double step = std::max(nice_step(range.span() / double(most)), least_step);
  Ticks ticks = multiples(range, step);
  while (ticks.values.size() > most) {
    step = nice_step(step * 1.5);
    ticks = multiples(range, step);
  }
  return ticks;
}

/// Factors times powers of ten within the range.
std::vector<double> decades(Range range, const std::vector<double>& factors) {
  std::vector<double> values;
  const int first = static_cast<int>(std::floor(std::log10(range.low)));
  const int last = static_cast<int>(std::ceil(std::log10(range.high)));
  for (int power = first; power <= last; ++power) {
    for (double factor : factors) {
      const double value = factor * std::pow(10.0, power);
      if (value >= range.low * (1 - eps) && value <= range.high * (1 + eps)) values.push_back(value);
    }
  }
  return values;
}

}  // namespace

Ticks linear_ticks(Range range, int at_most) { return ticks_from_step(range, at_most, 0); }

Ticks whole_ticks(Range range, int at_most) { return ticks_from_step(range, at_most, 1); }

Ticks log_ticks(Range range, int at_most) {
  if (!drawable(range) || range.low <= 0) return {};
  const auto most = static_cast<std::size_t>(std::max(at_most, 2));
  Ticks ticks{decades(range, {1}), 0};
  if (range.high / range.low < 100) {
    for (const std::vector<double>& factors : std::vector<std::vector<double>>{{1, 5}, {1, 2, 5}}) {
      const std::vector<double> finer = decades(range, factors);
      if (finer.size() <= most) ticks.values = finer;
    }
  }
  if (ticks.values.size() < 2) return linear_ticks(range, at_most);
  const std::size_t stride = (ticks.values.size() + most - 1) / most;
  std::vector<double> thinned;
  for (std::size_t i = 0; i < ticks.values.size(); i += stride) thinned.push_back(ticks.values[i]);
  ticks.values = std::move(thinned);
  return ticks;
}

std::string tick_text(double value, const Ticks& ticks) {
  if (ticks.step == 0 || ticks.step >= 1e9) return fmt::format("{:g}", value);
  const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(ticks.step) - eps)));
  if (decimals > 5) return fmt::format("{:g}", value);
  return fmt::format("{:.{}f}", value, decimals);
}

Range widened_to_ticks(Range data, int at_most, double least_span) {
  if (!(data.span() >= least_span)) {
    const double middle = (data.low + data.high) / 2;
    data = {middle - least_span / 2, middle + least_span / 2};
  }
  const double step = linear_ticks(data, at_most).step;
  if (step == 0) return data;
  return {std::floor(data.low / step + eps) * step, std::ceil(data.high / step - eps) * step};
}

double axis_share(Range range, double value, bool logarithmic) {
  if (!logarithmic) return (value - range.low) / range.span();
  return std::log(std::max(value, range.low) / range.low) / std::log(range.high / range.low);
}

}  // namespace txs
