// The header of a BC6H block (KDFS 20.2), taken apart and put together through the tables. All modes go the same way:
// neighbouring blocks differ in mode, and a branch for each would lead a subgroup through all fourteen.
#ifndef TXS_BC6H_HEADER_GLSL
#define TXS_BC6H_HEADER_GLSL
#include "common/bits.glsl"
#include "codecs/bc6h/bc6h_numbers.glsl"
#include "interop/bc6h_format.h"

struct Bc6hHeader {
  uint row;                // of the mode tables
  uint partition_number;
  ivec3 quantised[4];      // endpoints in the mode's bits: both of subset 0, both of subset 1
};

// Endpoints as stored, without signs.
void bc6h_take_stored(inout uvec4 left, Bc6hTablesMemory memory, inout Bc6hHeader header) {
  const uint runs = memory.tables.modes[header.row].run_count;
  for (uint i = 0u; i < runs; ++i) {
    const uint run = memory.tables.modes[header.row].runs[i];
    const uint variable = bc6h_run_variable(run);
    const uint value = take_bits(left, bc6h_run_count(run)) << bc6h_run_lowest(run);
    const uint endpoint = variable / 3u, channel = variable - 3u * endpoint;
    const ivec3 values = mix(ivec3(0), ivec3(value), equal(uvec3(channel), uvec3(0u, 1u, 2u)));
    [[unroll]] for (uint e = 0u; e < 4u; ++e)
      if (endpoint == e) header.quantised[e] |= values;
    if (variable == bc6h_partition_variable) header.partition_number = value;
  }
}

// Takes the header; the indices are left. A reserved block's endpoints are 0.
Bc6hHeader bc6h_take_header(inout uvec4 left, bool is_signed, Bc6hTablesMemory memory) {
  Bc6hHeader header;
  header.row = memory.tables.rows[left.x & 31u];
  header.partition_number = 0u;
  [[unroll]] for (uint e = 0u; e < 4u; ++e) header.quantised[e] = ivec3(0);
  bc6h_take_stored(left, memory, header);

  const bool transformed = memory.tables.modes[header.row].transformed != 0u;
  const uint bits = memory.tables.modes[header.row].endpoint_bits;
  const ivec3 delta_bits = ivec3(memory.tables.modes[header.row].delta_bits[0],
                                 memory.tables.modes[header.row].delta_bits[1],
                                 memory.tables.modes[header.row].delta_bits[2]);
  if (is_signed) header.quantised[0] = bc6h_sign_extended(header.quantised[0], ivec3(bits));
  [[unroll]] for (uint e = 1u; e < 4u; ++e) {
    ivec3 value = header.quantised[e];
    if (is_signed || transformed) value = bc6h_sign_extended(value, delta_bits);
    if (transformed) value = (header.quantised[0] + value) & ((1 << bits) - 1);
    if (is_signed) value = bc6h_sign_extended(value, ivec3(bits));
    header.quantised[e] = value;
  }
  return header;
}

// The block of this header and of indices of four bits a texel (eight in each word), whose anchors are below half.
uvec4 bc6h_packed(Bc6hHeader header, uvec2 indices, Bc6hTablesMemory memory) {
  const uint row = header.row;
  const uint subsets = memory.tables.modes[row].subsets, index_bits = memory.tables.modes[row].index_bits;
  const uint anchors = memory.tables.partitions[(subsets - 1u) * bc6h_partitions + header.partition_number].anchors;
  uvec4 block = uvec4(0u);  // from its last field to its first
  for (uint left = 16u; left > 0u; --left) {
    const uint t = left - 1u;
    const uint index = (t < 8u ? indices.x >> 4u * t : indices.y >> 4u * (t - 8u)) & 15u;
    block = put_bits(block, index, index_bits - (anchors >> t & 1u));
  }
  const bool transformed = memory.tables.modes[row].transformed != 0u;
  ivec3 stored[4];
  stored[0] = header.quantised[0];
  [[unroll]] for (uint e = 1u; e < 4u; ++e)
    stored[e] = header.quantised[e] - (transformed ? header.quantised[0] : ivec3(0));
  for (uint left = memory.tables.modes[row].run_count; left > 0u; --left) {
    const uint run = memory.tables.modes[row].runs[left - 1u];
    const uint variable = bc6h_run_variable(run), endpoint = variable / 3u, channel = variable - 3u * endpoint;
    ivec3 values = stored[0];
    [[unroll]] for (uint e = 1u; e < 4u; ++e)
      if (endpoint == e) values = stored[e];
    uint value = uint(channel == 0u ? values.r : channel == 1u ? values.g : values.b);
    if (variable == bc6h_partition_variable) value = header.partition_number;
    if (variable == bc6h_number_variable) value = memory.tables.modes[row].number;
    block = put_bits(block, value >> bc6h_run_lowest(run), bc6h_run_count(run));
  }
  return block;
}
#endif
