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

// Five trits of 8 bits, the first lowest, 3 bits each (KDFS 23.12).
uint astc_trits(uint packed) {
  const uint high = packed >> 5, pair = high & 3u;
  const bool both_two = (packed & 0x1cu) == 0x1cu;
  const uint c = both_two ? high << 2 | (packed & 3u) : packed & 31u;
  const uint t4 = both_two || pair == 3u ? 2u : packed >> 7;
  const uint t3 = both_two ? 2u : pair == 3u ? packed >> 7 : pair;
  const bool low_three = (c & 3u) == 3u, middle_three = (c & 12u) == 12u;
  const uint t2 = low_three || middle_three ? 2u : c >> 4;
  const uint t1 = low_three ? c >> 4 : middle_three ? 2u : c >> 2 & 3u;
  const uint t0 = min(low_three ? c >> 2 & 3u : c & 3u, 2u);
  return t0 | t1 << 3 | t2 << 6 | t3 << 9 | t4 << 12;
}

// Three quints of 7 bits.
uint astc_quints(uint packed) {
  const uint high = packed >> 5, low = packed & 1u;
  const bool last_four = (packed & 6u) == 6u, first_fours = last_four && high == 0u;
  const uint c = last_four ? (packed & 0x18u) | (~high & 3u) << 1 | low : packed & 31u;
  const bool second_four = (c & 7u) == 5u;
  const uint q2 = first_fours ? (low != 0u ? 4u : packed >> 3 & 3u) : last_four ? 4u : high;
  const uint q1 = first_fours || second_four ? 4u : c >> 3;
  const uint q0 = first_fours ? 4u : second_four ? c >> 3 : c & 7u;
  return q0 | q1 << 3 | q2 << 6;
}

// A sequence of integers (KDFS 23.12): how each of them is found in it, and what it means.
struct AstcSequence {
  uint low_bits;       // of a value, below its trit or quint
  uint values;         // of a group: 5 with trits, 3 with quints, 1 without
  uint digit_bits;     // of a group
  uint digits_before;  // of the values of a group: how many of those bits lie before each, 4 bits a value
  uint digits_after;   // how many lie between it and the next one, likewise
  uint steps;          // AstcTables::colour_steps or weight_steps
};

AstcSequence astc_sequence(uint range, uint steps, AstcTablesMemory memory) {
  const uint shape = memory.tables.ranges[range];
  const bool trits = (shape & astc_range_has_trit) != 0u, quints = (shape & astc_range_has_quint) != 0u;
  AstcSequence sequence;
  sequence.low_bits = shape & 15u;
  sequence.values = trits ? 5u : quints ? 3u : 1u;
  sequence.digit_bits = trits ? 8u : quints ? 7u : 0u;
  sequence.digits_before = trits ? 0x75420u : quints ? 0x530u : 0u;
  sequence.digits_after = trits ? 0x12122u : quints ? 0x223u : 0u;
  sequence.steps = steps;
  return sequence;
}

// Integer `index`, below 64, of the sequence that lies in the bits [first, end): what a last group has beyond it is 0.
uint astc_sequence_value(uvec4 bits, uint first, uint end, AstcSequence sequence, uint index) {
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
  const uint digits = sequence.values == 5u ? astc_trits(packed) : astc_quints(packed);
  return (sequence.values == 1u ? 0u : digits >> 3u * member & 7u) << sequence.low_bits | low;
}

// What a stored integer means (astc_decode.h): `width` is 9 of colours, 7 of weights, whose result is in 63rds.
uint astc_meant(uint stored, AstcSequence sequence, uint width) {
  const uint factor = sequence.steps & 511u, shift = sequence.steps >> astc_steps_shift & 7u;
  const uint bias = sequence.steps >> astc_steps_bias & 3u, step = sequence.steps >> astc_steps_step;
  const uint turned = (stored & 1u) != 0u ? (1u << width) - 1u : 0u;
  const uint low = stored & (1u << sequence.low_bits) - 1u;
  const uint sum = (stored >> sequence.low_bits) * step + (((low >> 1) * factor) >> shift);
  const uint scrambled = (turned & 1u << (width - 2u)) | (sum ^ turned) >> 2;
  return step == 0u ? (stored * factor + bias) >> shift : scrambled;
}
#endif
