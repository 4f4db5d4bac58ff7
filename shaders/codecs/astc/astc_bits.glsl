// The bits of an ASTC block, and the integers that are stored in them (KDFS 23.12).
#ifndef TXS_ASTC_BITS_GLSL
#define TXS_ASTC_BITS_GLSL
#extension GL_EXT_control_flow_attributes : require
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

// 64 bits from `first`, below 128, on; beyond bit 127 they are 0.
uvec2 astc_bits_from(uvec4 bits, uint first) {
  const uint word = first >> 5, shift = first & 31u;
  const uint a = astc_word(bits, word), b = astc_word(bits, word + 1u), c = astc_word(bits, word + 2u);
  return uvec2(a >> shift | b << 1 << (31u - shift), b >> shift | c << 1 << (31u - shift));
}

// `count` bits, below 32, of 64, from `at` on.
uint astc_field(uvec2 bits, uint at, uint count) {
  const uint shift = at & 31u;
  const uint low = bits.x >> shift | bits.y << 1 << (31u - shift);
  return (at < 32u ? low : bits.y >> shift) & ((1u << count) - 1u);
}

// A sequence of integers (KDFS 23.12), as each of them is found in it.
struct AstcSequence {
  uint low_bits;           // of a value, below its trit or quint
  uint values;             // of a group: 5 with trits, 3 with quints, 1 without
  uint digit_bits;         // of a group
  uint digits_before;      // of the values of a group: how many of those bits lie before each, 4 bits a value
  uint digits_after;       // how many lie between it and the next one, likewise
  uint first_digit_entry;  // of AstcTables::digits
};

AstcSequence astc_sequence(uint range, AstcTablesMemory memory) {
  const uint shape = memory.tables.ranges[range];
  const bool trits = (shape & astc_range_has_trit) != 0u, quints = (shape & astc_range_has_quint) != 0u;
  AstcSequence sequence;
  sequence.low_bits = shape & 15u;
  sequence.values = trits ? 5u : quints ? 3u : 1u;
  sequence.digit_bits = trits ? 8u : quints ? 7u : 0u;
  sequence.digits_before = trits ? 0x75420u : quints ? 0x530u : 0u;
  sequence.digits_after = trits ? 0x12122u : quints ? 0x223u : 0u;
  sequence.first_digit_entry = quints ? 256u : 0u;
  return sequence;
}

// Integer `index`, below 64, of the sequence that lies in the bits [first, end): what a last group has beyond it is 0.
uint astc_sequence_value(uvec4 bits, uint first, uint end, AstcSequence sequence, uint index, AstcTablesMemory memory) {
  const uint group = sequence.values == 5u ? index * 13u >> 6 : sequence.values == 3u ? index * 171u >> 9 : index;
  const uint member = index - group * sequence.values;
  const uint group_first = first + group * (sequence.digit_bits + sequence.values * sequence.low_bits);
  uvec2 of_group = astc_bits_from(bits, min(group_first, 127u));
  const uint left = end - min(group_first, end);
  of_group &= uvec2(left < 32u ? (1u << left) - 1u : ~0u, left < 32u ? 0u : left < 64u ? (1u << left - 32u) - 1u : ~0u);

  const uint before = sequence.digits_before >> 4u * member & 15u;
  const uint low = astc_field(of_group, member * sequence.low_bits + before, sequence.low_bits);
  // The digits of a group are packed together, and their bits strewn between the values'.
  uint packed = 0u;
  [[unroll]] for (uint i = 0u; i < 5u; ++i) {
    const uint from = sequence.digits_before >> 4u * i & 15u;
    const uint some = astc_field(of_group, (i + 1u) * sequence.low_bits + from, sequence.digits_after >> 4u * i & 15u);
    packed |= some << from;
  }
  const uint digit = memory.tables.digits[sequence.first_digit_entry + packed] >> 3u * member & 7u;
  return digit << sequence.low_bits | low;
}
#endif
