#include "plots/axis.h"

#include <cmath>

namespace txs::app {

Range eased(Range shown, Range wanted, double seconds) {
  const double kept = std::exp(-seconds / 0.12);
  const Range next{wanted.low + (shown.low - wanted.low) * kept, wanted.high + (shown.high - wanted.high) * kept};
  const double off = std::abs(next.low - wanted.low) + std::abs(next.high - wanted.high);
  return off < 1e-3 * wanted.span() || !std::isfinite(off) ? wanted : next;
}

}  // namespace txs::app
