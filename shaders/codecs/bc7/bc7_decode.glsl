// Decodes a BC7 block of any mode after the Khronos Data Format Specification 1.4 (KDFS), section 20.1.
//
// All modes go the same way through the mode table: neighbouring blocks differ in mode, and a branch for each mode
// would lead a subgroup through all eight.
#ifndef TXS_BC7_DECODE_GLSL
#define TXS_BC7_DECODE_GLSL
#include "common/bits.glsl"
#include "interop/bc7_format.h"

// A parsed block that gives its texels one after another, row-major.
struct Bc7Decoder {
  bool reserved;
  uint rotation;  // 0 none; 1, 2, 3: alpha changes places with R, G, B after interpolation
  bool two_indices, index_selection;
  uvec4 endpoints[6];        // both of subset 0, both of subset 1, ...; 0..255 a channel
  Bc7Partition texels;       // shifted down by the texels that were given
  uvec2 primary, secondary;  // what is left of the index bits
  uint primary_bits, secondary_bits;
};

// Puts the p-bit, if there is one, below the values and fills the low bits of each byte with its high ones.
uvec4 bc7_widen(uvec4 stored, uvec4 bits, uint p_bits, uint p_bit) {
  const uvec4 value = (stored << p_bits | p_bit) << (8u - bits - p_bits);
  return value | value >> (bits + p_bits);
}

void bc7_take_endpoints(inout uvec4 left, Bc7Mode mode, out uvec4 endpoints[6]) {
  const uint count = 2u * mode.subsets;
  const uvec4 bits = uvec4(uvec3(mode.colour_bits), mode.alpha_bits);
  uvec4 channels;  // the values of all endpoints lie side by side in each channel, in 30 bits at most
  for (uint c = 0u; c < 4u; ++c) channels[c] = take_bits(left, bits[c] * count);

  const uint p_bits = mode.endpoint_p_bits | mode.shared_p_bits;
  const uint p = take_bits(left, mode.endpoint_p_bits * count + mode.shared_p_bits * mode.subsets);
  for (uint e = 0u; e < 6u; ++e) {
    const uvec4 first_bit = min(bits * e, 31u);  // beyond 31 only for endpoints that the mode does not have
    const uvec4 stored = channels >> first_bit & ((uvec4(1u) << bits) - 1u);
    const uint p_bit = p >> (e >> mode.shared_p_bits) & p_bits;
    endpoints[e] = bc7_widen(stored, bits, p_bits, p_bit);
    if (mode.alpha_bits == 0u) endpoints[e].a = 255u;
  }
}

Bc7Decoder bc7_parse(uvec4 block, Bc7DecodeTablesMemory memory) {
  Bc7Decoder decoder;
  decoder.reserved = (block.x & 0xffu) == 0u;
  const uint mode_number = decoder.reserved ? 0u : uint(findLSB(block.x));
  const Bc7Mode mode = memory.tables.modes[mode_number];

  uvec4 left = block;
  take_bits(left, mode_number + 1u);
  const uint partition_number = take_bits(left, mode.partition_bits);
  decoder.rotation = take_bits(left, mode.rotation_bits);
  decoder.index_selection = take_bits(left, mode.index_selection_bits) != 0u;
  bc7_take_endpoints(left, mode, decoder.endpoints);

  decoder.texels = memory.tables.partitions[(mode.subsets - 1u) * 64u + partition_number];
  decoder.two_indices = mode.secondary_index_bits != 0u;
  decoder.primary_bits = mode.index_bits;
  decoder.secondary_bits = decoder.two_indices ? mode.secondary_index_bits : 1u;
  decoder.primary = left.xy;
  take_bits(left, decoder.two_indices ? 16u * mode.index_bits - 1u : 0u);
  decoder.secondary = left.xy;
  return decoder;
}

// KDFS table 20.11 in closed form: the nearest 64ths.
uint bc7_weight(uint index, uint bits) { return uint(float(index) * (64.0 / float((1u << bits) - 1u)) + 0.5); }

uvec4 bc7_rotate(uvec4 texel, uint rotation) {
  if (rotation == 1u) return texel.agbr;
  if (rotation == 2u) return texel.rabg;
  if (rotation == 3u) return texel.rgab;
  return texel;
}

// The next texel, 0..255 a channel. A reserved block gives transparent black.
uvec4 bc7_next_texel(inout Bc7Decoder decoder) {
  const uint subset = decoder.texels.subsets & 3u;
  const uint anchor = decoder.texels.anchors & 1u;
  decoder.texels.subsets >>= 2;
  decoder.texels.anchors >>= 1;

  const uint primary_index = take_bits(decoder.primary, decoder.primary_bits - anchor);
  const uint secondary_index = take_bits(decoder.secondary, decoder.secondary_bits - anchor);
  const uint primary = bc7_weight(primary_index, decoder.primary_bits);
  const uint secondary = bc7_weight(secondary_index, decoder.secondary_bits);
  const uint other = decoder.two_indices ? secondary : primary;
  const uint colour_weight = decoder.index_selection ? other : primary;
  const uint alpha_weight = decoder.index_selection ? primary : other;

  const uvec4 low = subset == 0u ? decoder.endpoints[0] : subset == 1u ? decoder.endpoints[2] : decoder.endpoints[4];
  const uvec4 high = subset == 0u ? decoder.endpoints[1] : subset == 1u ? decoder.endpoints[3] : decoder.endpoints[5];
  const uvec4 weight = uvec4(uvec3(colour_weight), alpha_weight);
  const uvec4 texel = ((64u - weight) * low + weight * high + 32u) >> 6;
  return decoder.reserved ? uvec4(0u) : bc7_rotate(texel, decoder.rotation);
}
#endif
