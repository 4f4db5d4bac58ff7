// A block's bits, put together by one invocation.
#ifndef TXS_ASTC_PACK_GLSL
#define TXS_ASTC_PACK_GLSL
#include "codecs/astc/colours.glsl"

void put_bits(inout uvec4 bits, uint first, uint count, uint value) {
  const uint word = first >> 5, shift = first & 31u;
  const uint kept = value & ((1u << count) - 1u);
  const uint here = kept << shift, next = kept >> 1 >> (31u - shift);
  bits |= mix(uvec4(0u), uvec4(here), equal(uvec4(0u, 1u, 2u, 3u), uvec4(word)));
  bits |= mix(uvec4(0u), uvec4(next), equal(uvec4(0u, 1u, 2u, 3u), uvec4(word + 1u)));
}

// A sequence of integers as it grows (KDFS 23.12). What a last group lacks is 0, and so are its bits.
struct Sequence {
  uvec4 bits;
  uint at;            // the next bit
  uint shape;         // AstcTables::ranges of its range
  uint members;       // in the group
  uint lows[5];       // low bits of the members
  uint digits, place; // their trits or quints so far, and what the next one counts
};

Sequence begin_sequence(uvec4 bits, uint first, uint range) {
  Sequence s;
  s.bits = bits;
  s.at = first;
  s.shape = search_tables().decode.ranges[range];
  s.members = 0u;
  s.digits = 0u;
  s.place = 1u;
  [[unroll]] for (uint i = 0u; i < 5u; ++i) s.lows[i] = 0u;
  return s;
}

void end_group(inout Sequence s) {
  const bool trits = (s.shape & astc_range_has_trit) != 0u;
  const uint low_bits = s.shape & 15u;
  const uint packed = trits ? astc_byte(search_tables().search.trits[s.digits >> 2], s.digits)
                            : astc_byte(search_tables().search.quints[s.digits >> 2], s.digits);
  const uint members = trits ? 5u : 3u;
  uint from = 0u;
  [[unroll]] for (uint i = 0u; i < 5u; ++i) {
    if (i >= members) continue;
    put_bits(s.bits, s.at, low_bits, s.lows[i]);
    s.at += low_bits;
    const uint digit_bits = trits ? (i == 2u || i == 4u ? 1u : 2u) : i == 0u ? 3u : 2u;
    put_bits(s.bits, s.at, digit_bits, packed >> from);
    s.at += digit_bits;
    from += digit_bits;
    s.lows[i] = 0u;
  }
  s.members = s.digits = 0u;
  s.place = 1u;
}

void add_integer(inout Sequence s, uint integer) {
  const uint low_bits = s.shape & 15u;
  if (s.shape < astc_range_has_trit) {
    put_bits(s.bits, s.at, low_bits, integer);
    s.at += low_bits;
    return;
  }
  const uint base = (s.shape & astc_range_has_trit) != 0u ? 3u : 5u;
  [[unroll]] for (uint i = 0u; i < 5u; ++i) s.lows[i] = s.members == i ? integer & ((1u << low_bits) - 1u) : s.lows[i];
  s.digits += (integer >> low_bits) * s.place;
  s.place *= base;
  ++s.members;
  if (s.members == (base == 3u ? 5u : 3u)) end_group(s);
}

uvec4 end_sequence(inout Sequence s) {
  if (s.members > 0u) end_group(s);
  return s.bits;
}

// The block of `level` and `stored`. `mode`: its number and bits, as AstcGrid has them.
uvec4 pack_block(Division division, WeightGrid grid, uint mode, uint weight_range, uint colour_range) {
  uvec4 bits = uvec4(mode & 2047u, 0u, 0u, 0u);
  put_bits(bits, 11u, 2u, division.partitions - 1u);
  if (division.partitions == 1u) {
    put_bits(bits, 13u, 4u, endpoint_mode());
  } else {
    put_bits(bits, 13u, 10u, division.seed);
    put_bits(bits, 25u, 4u, endpoint_mode());
  }
  if (division.channel < 4u) put_bits(bits, 128u - (mode >> 16) - 2u, 2u, division.channel);

  Sequence colours = begin_sequence(bits, division.partitions == 1u ? 17u : 29u, colour_range);
  for (uint p = 0u; p < division.partitions; ++p)
    for (uint i = 0u; i < (has_alpha ? 8u : 6u); ++i) add_integer(colours, stored[p][i]);
  bits = end_sequence(colours);

  Sequence weights = begin_sequence(uvec4(0u), 0u, weight_range);
  for (uint k = 0u; k < point_count(grid) * grid.planes; ++k)
    add_integer(weights, astc_byte(search_tables().search.weight_stored[weight_range][level[k] >> 2], level[k]));
  return bits | bitfieldReverse(end_sequence(weights).wzyx);
}
#endif
