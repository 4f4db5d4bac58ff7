// The tables and arithmetic of ASTC's 2D blocks after the Khronos Data Format Specification 1.4 (KDFS), chapter 23,
// that decoders and encoders of either side read. Sizes are in texels unless said otherwise.
#ifndef TXS_ASTC_FORMAT_H
#define TXS_ASTC_FORMAT_H
#include "interop.h"
TXS_INTEROP_BEGIN

TXS_CONST uint astc_block_bytes = 16;
TXS_CONST uint astc_most_partitions = 4;
TXS_CONST uint astc_most_weights = 64;       // of both planes of a block
TXS_CONST uint astc_least_weight_bits = 24;
TXS_CONST uint astc_most_weight_bits = 96;
TXS_CONST uint astc_most_colour_values = 18;
TXS_CONST uint astc_partition_seeds = 1024;

// What a sequence of integers may consist of (KDFS 23.12): values below 2^bits, 3 * 2^bits (a trit on top), or
// 5 * 2^bits (a quint).
struct AstcRange {
  uint levels;
  uint trits, quints;  // 0 or 1
  uint bits;
};
TXS_CONST uint astc_range_count = 21;
TXS_CONST AstcRange astc_ranges[21] = {
    {2u, 0u, 0u, 1u},   {3u, 1u, 0u, 0u},   {4u, 0u, 0u, 2u},   {5u, 0u, 1u, 0u},   {6u, 1u, 0u, 1u},
    {8u, 0u, 0u, 3u},   {10u, 0u, 1u, 1u},  {12u, 1u, 0u, 2u},  {16u, 0u, 0u, 4u},  {20u, 0u, 1u, 2u},
    {24u, 1u, 0u, 3u},  {32u, 0u, 0u, 5u},  {40u, 0u, 1u, 3u},  {48u, 1u, 0u, 4u},  {64u, 0u, 0u, 6u},
    {80u, 0u, 1u, 4u},  {96u, 1u, 0u, 5u},  {128u, 0u, 0u, 7u}, {160u, 0u, 1u, 5u}, {192u, 1u, 0u, 6u},
    {256u, 0u, 0u, 8u},
};
TXS_CONST uint astc_weight_ranges = 12;       // weights use ranges 0..11: 2 to 32 levels
TXS_CONST uint astc_first_colour_range = 4;   // colours use ranges 4..20: 6 to 256 levels

// KDFS 23.20: the hash by which a seed becomes a partition pattern.
TXS_FUNCTION uint astc_hash(uint seed) {
  uint p = seed;
  p ^= p >> 15;
  p -= p << 17;
  p += p << 7;
  p += p << 4;
  p ^= p >> 5;
  p += p << 16;
  p ^= p >> 7;
  p ^= p >> 3;
  p ^= p << 6;
  p ^= p >> 17;
  return p;
}

// A partition pattern as its texels are told by it (KDFS 23.20): partition p is where factors * (x, y) + offset, below
// 64, is largest. Of a partition that the pattern lacks both are 0.
struct AstcPattern {
  uint factors;  // eight of 4 bits: of x and of y for each partition
  uint offsets;  // four of 6 bits
};

TXS_FUNCTION uint astc_pattern_factor(uint hash, uint first_bit, uint shift) {
  const uint part = (hash >> first_bit) & 15u;
  return (part * part) >> shift;
}

// Of `seed`, below 1024. The parts of the hash that weigh z (9 to 12 of the specification) meet z = 0 in 2D blocks.
TXS_FUNCTION AstcPattern astc_pattern_of(uint seed, uint partitions) {
  const uint s = seed + (partitions - 1u) * 1024u;
  const uint hash = astc_hash(s);
  const uint by_seed = (s & 2u) != 0u ? 4u : 5u;
  const uint by_count = partitions == 3u ? 6u : 5u;
  const uint shift_x = (s & 1u) != 0u ? by_seed : by_count;
  const uint shift_y = (s & 1u) != 0u ? by_count : by_seed;
  AstcPattern pattern;
  pattern.factors = 0u;
  pattern.offsets = 0u;
  for (uint p = 0u; p < partitions; ++p) {
    const uint factors = astc_pattern_factor(hash, 8u * p, shift_x) | astc_pattern_factor(hash, 8u * p + 4u, shift_y) << 4;
    pattern.factors |= factors << (8u * p);
    pattern.offsets |= ((hash >> (14u - 4u * p)) & 63u) << (6u * p);
  }
  return pattern;
}

TXS_FUNCTION uint astc_pattern_value(AstcPattern pattern, uint p, uint x, uint y) {
  const uint factors = pattern.factors >> (8u * p);
  return ((factors & 15u) * x + ((factors >> 4) & 15u) * y + (pattern.offsets >> (6u * p))) & 63u;
}

// The partition of texel (x, y) of a block of `texels_each`.
TXS_FUNCTION uint astc_pattern_part(AstcPattern pattern, uint x, uint y, uint texels_each) {
  const uint scale = texels_each < 31u ? 2u : 1u;
  const uint a = astc_pattern_value(pattern, 0u, x * scale, y * scale);
  const uint b = astc_pattern_value(pattern, 1u, x * scale, y * scale);
  const uint c = astc_pattern_value(pattern, 2u, x * scale, y * scale);
  const uint d = astc_pattern_value(pattern, 3u, x * scale, y * scale);
  if (a >= b && a >= c && a >= d) return 0u;
  if (b >= c && b >= d) return 1u;
  return c >= d ? 2u : 3u;
}

// The partition, below `partitions`, of texel (x, y) of a block of `texels_each` under `seed`, below 1024.
TXS_FUNCTION uint astc_partition_of(uint seed, uint x, uint y, uint partitions, uint texels_each) {
  return partitions == 1u ? 0u : astc_pattern_part(astc_pattern_of(seed, partitions), x, y, texels_each);
}

// KDFS 23.18: the bits of the half that a 16-bit pseudo-logarithm stands for; those that are none, or infinite, mean
// the largest one.
TXS_FUNCTION uint astc_half_of_logarithm(uint value) {
  const uint exponent = value >> 11, mantissa = value & 2047u;
  const uint curved = mantissa < 512u ? 3u * mantissa : mantissa < 1536u ? 4u * mantissa - 512u : 5u * mantissa - 2048u;
  const uint bits = (exponent << 10) + (curved >> 3);
  return bits < 0x7c00u ? bits : 0x7bffu;
}

// Bits that `count` integers of the range take (KDFS 23.21).
TXS_FUNCTION uint astc_sequence_bits(AstcRange range, uint count) {
  return count * range.bits + (8u * count * range.trits + 4u) / 5u + (7u * count * range.quints + 2u) / 3u;
}

// KDFS 23.17: the weight of the grid at `along` of `side` texels, where the grid has `weights` of them: in 16ths, the
// weight's number above, the share of the next one below.
TXS_FUNCTION uint astc_grid_position(uint along, uint side, uint weights) {
  const uint step = (1024u + side / 2u) / (side - 1u);
  return (step * along * (weights - 1u) + 32u) >> 6;
}

TXS_INTEROP_END
#endif
