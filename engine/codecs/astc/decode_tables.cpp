#include "codecs/astc/decode_tables.h"

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

}  // namespace

void put_byte(std::uint32_t* words, std::uint32_t index, std::uint32_t byte) {
  words[index / 4] |= byte << (8 * (index % 4));
}

interop::AstcTables make_tables(const Footprint& footprint) {
  interop::AstcTables tables{};
  for (std::uint32_t mode = 0; mode < 2048; ++mode) tables.modes[mode] = packed_mode(mode, footprint);
  for (std::uint32_t packed = 0; packed < 256; ++packed)
    for (std::uint32_t i = 0; i < 5; ++i) tables.digits[packed] |= std::uint32_t(trits_of(packed)[i]) << (3 * i);
  for (std::uint32_t packed = 0; packed < 128; ++packed)
    for (std::uint32_t i = 0; i < 3; ++i) tables.digits[256 + packed] |= std::uint32_t(quints_of(packed)[i]) << (3 * i);
  for (std::uint32_t range = 0; range < interop::astc_range_count; ++range) {
    const interop::AstcRange& shape = astc_ranges[range];
    tables.ranges[range] = shape.bits | shape.trits * interop::astc_range_has_trit |
                           shape.quints * interop::astc_range_has_quint;
    for (std::uint32_t q = 0; q < shape.levels; ++q) {
      if (range >= interop::astc_first_colour_range) put_byte(tables.colour_values[range], q, colour_value(range, q));
      if (range < interop::astc_weight_ranges) put_byte(tables.weight_values[range], q, weight_value(range, q));
    }
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
