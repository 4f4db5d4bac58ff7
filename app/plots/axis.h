#pragma once
#include "core/ticks.h"

namespace txs::app {

/// `shown` on its way to `wanted` after `seconds` more: eases with a time constant of 0.12 s and arrives exactly.
Range eased(Range shown, Range wanted, double seconds);

}  // namespace txs::app
