#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "codec/inspection.h"

namespace txs::app {

/// "Reflect", "Contract outside", ...
std::string_view move_name(codec::SimplexMove move);

/// Why an iteration took its move: the comparisons of losses that led to it, in their order, the last with its outcome,
/// as "reflected 0.0121 < second worst 0.0133: accepted". Every sign is that of the numbers; no rule is taken for
/// granted. One or two lines.
std::vector<std::string> move_reasons(const codec::SimplexIteration& iteration);

/// "0.0121 < second worst 0.0133" with four digits, or as many as it takes for the two to differ.
std::string compared(double a, std::string_view b_name, double b);

/// Four significant digits, no exponent above 1e-5.
std::string loss_text(double loss, int digits = 4);

}  // namespace txs::app
