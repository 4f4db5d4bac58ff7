#pragma once
#include <string>
#include <vector>

/// The axes of plots, in the window and in pictures alike.
namespace txs {

/// An interval of an axis; low < high where it is drawn.
struct Range {
  double low = 0, high = 1;

  double span() const { return high - low; }
  bool contains(double value) const { return value >= low && value <= high; }
};

/// The values that an axis names.
struct Ticks {
  std::vector<double> values;  ///< ascending, within the range
  double step = 0;             ///< 0 on a logarithmic axis
};

/// Multiples of 1, 2 or 5 times a power of ten within the range: the finest such step that gives at most `at_most` of
/// them (at least 3 are allowed for), and never none. Empty for a range that is empty or not finite.
Ticks linear_ticks(Range range, int at_most);

/// As linear_ticks, of whole numbers only.
Ticks whole_ticks(Range range, int at_most);

/// Powers of ten within a positive range, thinned to at most `at_most`; below two decades 5 or 2 and 5 times them as
/// well where these fit, and linear ones where there are fewer than two.
Ticks log_ticks(Range range, int at_most);

/// A tick's text with just the decimals that its step needs; "1e-05" style only beyond four zeros, and for steps of 1e9
/// or more.
std::string tick_text(double value, const Ticks& ticks);

/// The range widened to whole steps of linear_ticks, so that an axis moves in steps and not with every point.
/// A range without extent is widened by `least_span` around it first.
Range widened_to_ticks(Range data, int at_most, double least_span);

/// Where a value lies on an axis: 0 at its low end, 1 at its high end. A logarithmic axis has a positive range; what
/// has no place on it (a loss of exactly 0) lies on its low end.
double axis_share(Range range, double value, bool logarithmic);

}  // namespace txs
