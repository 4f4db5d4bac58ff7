#pragma once
#include <string>
#include <string_view>

#include "codec/codec.h"

namespace txs::app {

/// "parameters up to 3.2, gradients up to 0.0011", or how many of them are no numbers any more.
std::string health_text(const codec::Health& health);

inline constexpr std::string_view health_help =
    "The largest absolute value among the parameters (grids, weights, biases) and among their newest gradients. A training "
    "is stopped as soon as one of them is no number.";

}  // namespace txs::app
