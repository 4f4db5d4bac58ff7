// A block's bits, put together by one invocation.
#ifndef TXS_ASTC_PACK_GLSL
#define TXS_ASTC_PACK_GLSL
#include "codecs/astc/ends.glsl"

// The integer of a grid weight that its range has.
uint stored_weight(uint range, uint number) {
  return search_tables().search.weight_of[range][uint(points[number])] >> 8;
}

uint stored_colour(uint models, uint number) {
  uint p = 0u, i = number;
  for (uint here = 2u * pairs_of_part(models, 0u); i >= here; here = 2u * pairs_of_part(models, p)) {
    i -= here;
    ++p;
  }
  const uvec2 of_partition = stored_colours[p];
  return (i < 4u ? of_partition.x : of_partition.y) >> 8u * (i & 3u) & 255u;
}

void put_bits(inout uvec4 bits, uint first, uint count, uint value) {
  const uint word = first >> 5, shift = first & 31u;
  const uint kept = value & ((1u << count) - 1u);
  const uint here = kept << shift, next = kept >> 1 >> (31u - shift);
  bits |= mix(uvec4(0u), uvec4(here), equal(uvec4(0u, 1u, 2u, 3u), uvec4(word)));
  bits |= mix(uvec4(0u), uvec4(next), equal(uvec4(0u, 1u, 2u, 3u), uvec4(word + 1u)));
}

// Writes a sequence of `count` integers of a range from bit `first` on (KDFS 23.12): the block's colours, or its weights.
// What a last group lacks is 0, and so are its bits. One text for both, and rolled: unrolled it compiles for seconds.
uvec4 put_sequence(uvec4 bits, uint first, uint range, uint count, uint models, bool of_weights) {
  const uint shape = search_tables().decode.ranges[range], low_bits = shape & 15u, low_mask = (1u << low_bits) - 1u;
  const bool trits = (shape & astc_range_has_trit) != 0u, plain = shape < astc_range_has_trit;
  const uint members = plain ? 1u : trits ? 5u : 3u, base = trits ? 3u : 5u;
  uint at = first;
  for (uint group = 0u; group < count; group += members) {
    uint lows = 0u, digits = 0u, place = 1u;  // six bits a member are enough where there are digits
    for (uint i = 0u; i < members && group + i < count; ++i) {
      const uint integer = of_weights ? stored_weight(range, group + i) : stored_colour(models, group + i);
      lows |= (integer & low_mask) << 6u * i;
      digits += (integer >> low_bits) * place;
      place *= base;
    }
    const uint packed = plain ? 0u
                        : trits ? astc_byte(search_tables().search.trits[digits >> 2], digits)
                                : astc_byte(search_tables().search.quints[digits >> 2], digits);
    uint from = 0u;
    for (uint i = 0u; i < members; ++i) {
      const uint digit_bits = plain ? 0u : trits ? (i == 2u || i == 4u ? 1u : 2u) : i == 0u ? 3u : 2u;
      const uint digit = packed >> from & ((1u << digit_bits) - 1u);
      put_bits(bits, at, low_bits + digit_bits, (lows >> 6u * i & low_mask) | digit << low_bits);
      at += low_bits + digit_bits;
      from += digit_bits;
    }
  }
  return bits;
}

// How a trial stores its division.
struct Mode {
  WeightGrid grid;
  uint range, models;
  uint number, bits;  // the block mode, and what its weights take
};

// The block of `points` and `stored_colours`.
uvec4 pack_block(Division division, Mode mode, uint colour_range) {
  uvec4 bits = uvec4(mode.number, 0u, 0u, 0u);
  put_bits(bits, 11u, 2u, division.partitions - 1u);
  const bool whole = division.partitions == 1u, differ = models_differ(mode.models);
  put_bits(bits, 13u, whole ? 4u : 10u, whole ? endpoint_modes[0] : division.seed);
  // One endpoint mode for all partitions: two bits of 0 before it. Else the lower class of modes, and one; a bit for each
  // partition whether it is of the next class; two bits for each, which of its class. What four bits do not hold lies
  // beside the weights.
  uint modes = endpoint_modes[0];
  for (bool apart = differ; apart; apart = false) {
    modes = mode.models & 15u;
    for (uint p = 0u; p < division.partitions; ++p)
      modes |= (endpoint_modes[p] & 3u) << division.partitions + 2u * p;
  }
  if (!whole) put_bits(bits, 23u, 6u, (differ ? (mode.models >> 4) + 1u : 0u) | (modes & 15u) << 2);
  const uint extra = extra_bits(division, mode.models), weights_end = 128u - mode.bits;
  put_bits(bits, weights_end - extra, extra, modes >> 4);
  if (division.channel < 4u) put_bits(bits, weights_end - extra - 2u, 2u, division.channel);

  // Weights lie from the top down: they are written upwards and turned round.
  uvec4 turned = uvec4(0u);
  for (uint part = 0u; part < 2u; ++part) {
    const bool of_weights = part == 1u;
    const uvec4 written =
        put_sequence(of_weights ? uvec4(0u) : bits, of_weights ? 0u : whole ? 17u : 29u,
                     of_weights ? mode.range : colour_range,
                     of_weights ? point_count(mode.grid) * mode.grid.planes : 2u * pairs_of(division, mode.models),
                     mode.models, of_weights);
    if (of_weights) turned = written;
    else bits = written;
  }
  return bits | bitfieldReverse(turned.wzyx);
}
#endif
