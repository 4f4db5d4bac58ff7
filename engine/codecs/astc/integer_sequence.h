#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "codecs/astc/bits128.h"
#include "shaders/interop/astc_format.h"

/// Bounded integer sequence encoding: KDFS 23.12.
namespace txs::astc {

/// Five trits, the first in [0], of the 8 bits that hold them; three quints of 7 bits. Several bit patterns may hold the
/// same ones.
std::array<std::uint8_t, 5> trits_of(std::uint32_t packed);
std::array<std::uint8_t, 3> quints_of(std::uint32_t packed);

/// The least bits that hold them. Where the last ones are 0 the bits that only they would need are 0, so that a sequence
/// may end within a group.
std::uint32_t pack_trits(const std::array<std::uint8_t, 5>& trits);
std::uint32_t pack_quints(const std::array<std::uint8_t, 3>& quints);

/// `values.size()` integers of range `range` (an index of astc_ranges) that start at bit `first`.
void read_sequence(const Bits128& bits, std::uint32_t first, std::uint32_t range, std::span<std::uint8_t> values);
/// The same way back; each value below the range's levels.
void write_sequence(std::span<const std::uint8_t> values, std::uint32_t range, std::uint32_t first, Bits128& bits);

}  // namespace txs::astc
