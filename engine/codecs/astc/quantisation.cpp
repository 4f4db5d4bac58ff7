#include "codecs/astc/quantisation.h"

#include <algorithm>
#include <string_view>

namespace txs::astc {
namespace {

using interop::AstcRange;

/// How the low bits of a value with a trit or quint are spread, and what its trit or quint counts: a row of table 23.21 or
/// 23.26. In `spread` a letter stands for a bit of the stored value, 'b' for the second lowest and so on, highest first.
struct Spread {
  std::uint32_t levels;
  std::string_view spread;
  std::uint32_t step;
};

constexpr std::array<Spread, 11> colour_spreads{{
    {6, "000000000", 204},
    {10, "000000000", 113},
    {12, "b000b0bb0", 93},
    {20, "b0000bb00", 54},
    {24, "cb000cbcb", 44},
    {40, "cb0000cbc", 26},
    {48, "dcb000dcb", 22},
    {80, "dcb0000dc", 13},
    {96, "edcb000ed", 11},
    {160, "edcb0000e", 6},
    {192, "fedcb000f", 5},
}};
constexpr std::array<Spread, 5> weight_spreads{{
    {6, "0000000", 50},
    {10, "0000000", 28},
    {12, "b000b0b", 23},
    {20, "b0000b0", 13},
    {24, "cb000cb", 11},
}};

/// Repeats the `bits` bits of `value` from the top of `width` bits down.
constexpr std::uint32_t replicate(std::uint32_t value, std::uint32_t bits, std::uint32_t width) {
  std::uint32_t out = 0;
  for (std::uint32_t i = 0; i < width; ++i) out = out << 1 | (value >> (bits - 1 - i % bits) & 1u);
  return out;
}

/// `width` bits, of which two are dropped at the end; the stored value's lowest bit turns all the others round.
template <std::size_t Rows>
std::uint32_t unscramble(const std::array<Spread, Rows>& rows, const AstcRange& range, std::uint32_t stored,
                         std::uint32_t width) {
  const Spread* row = rows.data();
  while (row->levels != range.levels) ++row;
  std::uint32_t spread = 0;
  for (const char letter : row->spread)
    spread = spread << 1 | (letter == '0' ? 0u : stored >> std::uint32_t(letter - 'a') & 1u);
  const std::uint32_t all = (1u << width) - 1, inverted = (stored & 1u) != 0 ? all : 0u;
  const std::uint32_t sum = (stored >> range.bits) * row->step + spread;
  return (inverted & 1u << (width - 2)) | (sum ^ inverted) >> 2;
}

}  // namespace

std::uint8_t colour_value(std::uint32_t range_index, std::uint32_t stored) {
  const AstcRange& range = interop::astc_ranges[range_index];
  if (range.trits + range.quints == 0) return std::uint8_t(replicate(stored, range.bits, 8));
  return std::uint8_t(unscramble(colour_spreads, range, stored, 9));
}

std::uint8_t weight_value(std::uint32_t range_index, std::uint32_t stored) {
  const AstcRange& range = interop::astc_ranges[range_index];
  constexpr std::array<std::uint8_t, 3> thirds{0, 32, 63};
  constexpr std::array<std::uint8_t, 5> fifths{0, 16, 32, 47, 63};
  std::uint32_t in_63rds = 0;
  if (range.levels == 3) in_63rds = thirds[stored];
  else if (range.levels == 5) in_63rds = fifths[stored];
  else if (range.trits + range.quints == 0) in_63rds = replicate(stored, range.bits, 6);
  else in_63rds = unscramble(weight_spreads, range, stored, 7);
  return std::uint8_t(in_63rds > 32 ? in_63rds + 1 : in_63rds);
}

std::vector<std::uint8_t> rising_weights(std::uint32_t range) {
  std::vector<std::uint8_t> weights;
  for (std::uint32_t q = 0; q < interop::astc_ranges[range].levels; ++q) weights.push_back(weight_value(range, q));
  std::ranges::sort(weights);
  return weights;
}

}  // namespace txs::astc
