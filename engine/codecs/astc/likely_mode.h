#pragma once
#include <cstdint>

#include "codecs/astc/astc_block.h"

namespace txs::astc {

/// The mode of one line, in the numbers of interop::AstcTrial (mode | models << astc_trial_mode_bits), that would leave least error
/// of blocks as photographs have them in the mean: weights whose neighbours correlate by 0.9, lines of 80 of 255.
std::uint32_t likely_mode(const Footprint& footprint, bool has_alpha);

}  // namespace txs::astc
