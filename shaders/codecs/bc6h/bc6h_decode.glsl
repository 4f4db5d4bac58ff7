// Decodes a BC6H block of any mode after the Khronos Data Format Specification 1.4 (KDFS), section 20.2.
//
// All modes go the same way through the tables: neighbouring blocks differ in mode, and a branch for each would lead a
// subgroup through all fourteen.
#ifndef TXS_BC6H_DECODE_GLSL
#define TXS_BC6H_DECODE_GLSL
#include "common/bits.glsl"
#include "codecs/bc6h/bc6h_numbers.glsl"
#include "interop/bc6h_format.h"

// A parsed block that gives its texels one after another, row-major.
struct Bc6hDecoder {
  bool reserved;
  ivec3 endpoints[4];      // 16 bits a channel: both of subset 0, both of subset 1
  Bc6hPartition texels;    // shifted down by the texels that were given
  uvec2 indices;           // what is left of them
  uint index_bits;
};

// The stored values of the header: endpoints without signs, and the partition's number.
uint bc6h_take_header(inout uvec4 left, Bc6hTablesMemory memory, uint row, out ivec3 stored[4]) {
  stored[0] = stored[1] = stored[2] = stored[3] = ivec3(0);
  uint partition_number = 0u;
  const uint runs = memory.tables.modes[row].run_count;
  for (uint i = 0u; i < runs; ++i) {
    const uint run = memory.tables.modes[row].runs[i];
    const uint variable = bc6h_run_variable(run);
    const uint value = take_bits(left, bc6h_run_count(run)) << bc6h_run_lowest(run);
    const uint endpoint = variable / 3u, channel = variable - 3u * endpoint;
    const ivec3 values = mix(ivec3(0), ivec3(value), equal(uvec3(channel), uvec3(0u, 1u, 2u)));
    if (endpoint == 0u) stored[0] |= values;
    if (endpoint == 1u) stored[1] |= values;
    if (endpoint == 2u) stored[2] |= values;
    if (endpoint == 3u) stored[3] |= values;
    if (variable == bc6h_partition_variable) partition_number = value;
  }
  return partition_number;
}

Bc6hDecoder bc6h_parse(uvec4 block, bool is_signed, Bc6hTablesMemory memory) {
  const uint row = memory.tables.rows[block.x & 31u];
  const uint subsets = max(memory.tables.modes[row].subsets, 1u);
  const bool transformed = memory.tables.modes[row].transformed != 0u;
  const uint bits = max(memory.tables.modes[row].endpoint_bits, 1u);
  const ivec3 delta_bits = max(ivec3(memory.tables.modes[row].delta_bits[0], memory.tables.modes[row].delta_bits[1],
                                     memory.tables.modes[row].delta_bits[2]), 1);
  uvec4 left = block;
  ivec3 endpoint[4];
  const uint partition_number = bc6h_take_header(left, memory, row, endpoint);

  Bc6hDecoder decoder;
  decoder.reserved = row == bc6h_reserved;
  if (is_signed) endpoint[0] = bc6h_sign_extended(endpoint[0], ivec3(bits));
  [[unroll]] for (uint e = 1u; e < 4u; ++e) {
    if (is_signed || transformed) endpoint[e] = bc6h_sign_extended(endpoint[e], delta_bits);
    if (transformed) endpoint[e] = (endpoint[0] + endpoint[e]) & ((1 << bits) - 1);
    if (is_signed) endpoint[e] = bc6h_sign_extended(endpoint[e], ivec3(bits));
  }
  [[unroll]] for (uint e = 0u; e < 4u; ++e) decoder.endpoints[e] = bc6h_unquantised(endpoint[e], bits, is_signed);

  decoder.texels = memory.tables.partitions[(subsets - 1u) * bc6h_partitions + partition_number];
  decoder.indices = left.xy;
  decoder.index_bits = memory.tables.modes[row].index_bits;
  return decoder;
}

// The next texel: the bits of three halves. A reserved block gives 0.
ivec3 bc6h_next_texel(inout Bc6hDecoder decoder, bool is_signed, Bc6hTablesMemory memory) {
  const bool second = (decoder.texels.subsets & 1u) != 0u;
  const uint anchor = decoder.texels.anchors & 1u;
  decoder.texels.subsets >>= 1;
  decoder.texels.anchors >>= 1;
  const uint bits = max(decoder.index_bits, 3u);
  const uint index = take_bits(decoder.indices, bits - anchor);
  const int weight = int(memory.tables.weights[(bits - 3u) * 8u + index]);
  const ivec3 low = second ? decoder.endpoints[2] : decoder.endpoints[0];
  const ivec3 high = second ? decoder.endpoints[3] : decoder.endpoints[1];
  const ivec3 mixed = ((64 - weight) * low + weight * high + 32) >> 6;
  return decoder.reserved ? ivec3(0) : bc6h_finished(mixed, is_signed);
}
#endif
