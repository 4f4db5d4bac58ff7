// The bits of an ASTC block, and the integers that are stored in them (KDFS 23.12).
#ifndef TXS_ASTC_BITS_GLSL
#define TXS_ASTC_BITS_GLSL
#include "interop/astc_decode.h"

uint astc_word(uvec4 bits, uint word) {
  return word == 0u ? bits.x : word == 1u ? bits.y : word == 2u ? bits.z : word == 3u ? bits.w : 0u;
}

// `count` bits from `first` on, 0..31 of them; beyond bit 127 they are 0.
uint astc_field(uvec4 bits, uint first, uint count) {
  const uint word = first >> 5, shift = first & 31u;
  // Two shifts: one by 32 would be undefined.
  const uint value = astc_word(bits, word) >> shift | astc_word(bits, word + 1u) << 1 << (31u - shift);
  return value & ((1u << count) - 1u);
}

uint astc_byte(uint word, uint index) { return word >> 8u * (index & 3u) & 255u; }

uint astc_colour_value(AstcTablesMemory memory, uint range, uint stored) {
  return astc_byte(memory.tables.colour_values[range][stored >> 2], stored);
}

uint astc_weight_value(AstcTablesMemory memory, uint range, uint stored) {
  return astc_byte(memory.tables.weight_values[range][stored >> 2], stored);
}

// Integer `index`, below 64, of the sequence of `range` that lies in the bits [first, end): what a last group has beyond it
// is 0.
uint astc_sequence_value(uvec4 bits, uint first, uint end, uint range, uint index, AstcTablesMemory memory) {
  const uint shape = memory.tables.ranges[range], low_bits = shape & 15u;
  if (shape < astc_range_has_trit) return astc_field(bits, first + low_bits * index, low_bits);

  // The digits of a group are packed together, and their bits strewn between the values'.
  const bool has_trit = (shape & astc_range_has_trit) != 0u;
  const uint values = has_trit ? 5u : 3u;
  const uint group = has_trit ? index * 13u >> 6 : index * 171u >> 9;  // index / 5, / 3
  const uint member = index - group * values;
  uint at = first + group * ((has_trit ? 8u : 7u) + values * low_bits);
  uint packed = 0u, from = 0u, low = 0u;
  for (uint i = 0u; i < values; ++i) {
    if (i == member) low = astc_field(bits, at, low_bits);
    at += low_bits;
    const uint digit_bits = has_trit ? (i == 2u || i == 4u ? 1u : 2u) : i == 0u ? 3u : 2u;
    packed |= astc_field(bits, at, min(digit_bits, at < end ? end - at : 0u)) << from;
    at += digit_bits;
    from += digit_bits;
  }
  const uint digits = has_trit ? memory.tables.trits[packed] : memory.tables.quints[packed];
  const uint digit = has_trit ? digits >> 2u * member & 3u : digits >> 3u * member & 7u;
  return digit << low_bits | low;
}
#endif
