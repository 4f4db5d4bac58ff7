#include "codecs/astc/decode_tables.h"

#include <span>
#include <stdexcept>
#include <vector>

#include "codecs/astc/integer_sequence.h"
#include "codecs/astc/quantisation.h"

namespace txs::astc {
namespace {

using interop::astc_ranges;

std::uint32_t packed_mode(std::uint32_t number, const Footprint& footprint) {
  const auto grid = weight_grid(number);
  if (!grid || !grid->legal_in(footprint)) return 0;
  return grid->width << interop::astc_mode_width | grid->height << interop::astc_mode_height |
         grid->range << interop::astc_mode_range | std::uint32_t(grid->dual_plane) << interop::astc_mode_planes |
         grid->bits() << interop::astc_mode_bits;
}

/// The numbers by which the formulas of AstcTables give `values` of the integers of a range, found by trying: `width`
/// is that of the sum, 9 bits of colours and 7 of weights.
std::uint32_t steps_of(const interop::AstcRange& range, std::span<const std::uint8_t> values, std::uint32_t width) {
  const bool scrambled = range.trits + range.quints != 0 && range.bits != 0;
  const std::uint32_t all = (1u << width) - 1;
  const auto value = [&](std::uint32_t v, std::uint32_t step, std::uint32_t factor, std::uint32_t shift,
                         std::uint32_t bias) {
    if (!scrambled) return (v * factor + bias) >> shift;
    const std::uint32_t turned = (v & 1u) != 0 ? all : 0u;
    const std::uint32_t sum = (v >> range.bits) * step + (((v & ((1u << range.bits) - 1)) >> 1) * factor >> shift);
    return (turned & 1u << (width - 2)) | (sum ^ turned) >> 2;
  };
  for (std::uint32_t step = scrambled ? 1 : 0; step < (scrambled ? 256u : 1u); ++step)
    for (std::uint32_t shift = 0; shift < 8; ++shift)
      for (std::uint32_t bias = 0; bias < (scrambled ? 1u : 4u); ++bias)
        for (std::uint32_t factor = 0; factor < 512; ++factor) {
          std::uint32_t v = 0;
          while (v < values.size() && value(v, step, factor, shift, bias) == values[v]) ++v;
          if (v == values.size())
            return factor << interop::astc_steps_factor | shift << interop::astc_steps_shift |
                   bias << interop::astc_steps_bias | step << interop::astc_steps_step;
        }
  throw std::logic_error("a range whose values no formula gives");
}

std::uint32_t weight_steps(std::uint32_t range) {
  std::vector<std::uint8_t> in_63rds;
  for (std::uint32_t q = 0; q < astc_ranges[range].levels; ++q) {
    const std::uint8_t weight = weight_value(range, q);
    in_63rds.push_back(weight > 32 ? weight - 1 : weight);
  }
  return steps_of(astc_ranges[range], in_63rds, 7);
}

std::uint32_t colour_steps(std::uint32_t range) {
  std::vector<std::uint8_t> values;
  for (std::uint32_t q = 0; q < astc_ranges[range].levels; ++q) values.push_back(colour_value(range, q));
  return steps_of(astc_ranges[range], values, 9);
}

}  // namespace

void put_byte(std::uint32_t* words, std::uint32_t index, std::uint32_t byte) {
  words[index / 4] |= byte << (8 * (index % 4));
}

interop::AstcTables make_tables(const Footprint& footprint) {
  interop::AstcTables tables{};
  for (std::uint32_t mode = 0; mode < 2048; ++mode) tables.modes[mode] = packed_mode(mode, footprint);
  for (std::uint32_t range = 0; range < interop::astc_range_count; ++range) {
    const interop::AstcRange& shape = astc_ranges[range];
    tables.ranges[range] = shape.bits | shape.trits * interop::astc_range_has_trit |
                           shape.quints * interop::astc_range_has_quint;
    if (range >= interop::astc_first_colour_range) tables.colour_steps[range] = colour_steps(range);
    if (range < interop::astc_weight_ranges) tables.weight_steps[range] = weight_steps(range);
    for (std::uint32_t pairs = 1; pairs < 10; ++pairs)
      tables.sequence_bits[pairs][range] = interop::astc_sequence_bits(shape, 2 * pairs);
  }
  for (std::uint32_t pairs = 1; pairs < 10; ++pairs)
    for (std::uint32_t bits = 0; bits < 112; ++bits)
      put_byte(tables.colour_ranges[pairs], bits, colour_range(2 * pairs, bits).value_or(interop::astc_no_range));
  for (std::uint32_t submode = 0; submode < scale_submodes; ++submode)
    for (std::uint32_t i = 0; i < scale_extra_bits; ++i)
      put_byte(tables.scale_extra_places[submode], i, scale_extra_places[submode][i]);
  for (std::uint32_t submode = 0; submode < rgb_submodes; ++submode)
    for (std::uint32_t i = 0; i < rgb_extra_bits; ++i)
      put_byte(tables.rgb_extra_places[submode], i, rgb_extra_places[submode][i]);
  return tables;
}

}  // namespace txs::astc
