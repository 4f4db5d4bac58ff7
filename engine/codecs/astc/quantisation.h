#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "shaders/interop/astc_format.h"

/// What stored integers mean: KDFS 23.13 (colours) and 23.16 (weights).
namespace txs::astc {

/// The colour value, 0..255, of an integer of a colour range (an index of astc_ranges, from astc_first_colour_range on).
/// With trits or quints the values do not rise with the integers.
std::uint8_t colour_value(std::uint32_t range, std::uint32_t stored);

/// The weight in 64ths, 0..64, of an integer of a weight range (below astc_weight_ranges).
std::uint8_t weight_value(std::uint32_t range, std::uint32_t stored);
/// All weights of a range, from 0 to 64.
std::vector<std::uint8_t> rising_weights(std::uint32_t range);

}  // namespace txs::astc
