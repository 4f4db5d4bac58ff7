// Decodes a BC6H block of any mode after the Khronos Data Format Specification 1.4 (KDFS), section 20.2.
#ifndef TXS_BC6H_DECODE_GLSL
#define TXS_BC6H_DECODE_GLSL
#include "codecs/bc6h/bc6h_header.glsl"

// A parsed block that gives its texels one after another, row-major.
struct Bc6hDecoder {
  bool reserved;
  ivec3 endpoints[4];      // 16 bits a channel
  Bc6hPartition texels;    // shifted down by the texels that were given
  uvec2 indices;           // what is left of them
  uint index_bits;
};

Bc6hDecoder bc6h_parse(uvec4 block, bool is_signed, Bc6hTablesMemory memory) {
  uvec4 left = block;
  const Bc6hHeader header = bc6h_take_header(left, is_signed, memory);
  const uint subsets = memory.tables.modes[header.row].subsets;

  Bc6hDecoder decoder;
  decoder.reserved = header.row == bc6h_reserved;
  [[unroll]] for (uint e = 0u; e < 4u; ++e)
    decoder.endpoints[e] =
        bc6h_unquantised(header.quantised[e], memory.tables.modes[header.row].endpoint_bits, is_signed);
  decoder.texels = memory.tables.partitions[(subsets - 1u) * bc6h_partitions + header.partition_number];
  decoder.indices = left.xy;
  decoder.index_bits = memory.tables.modes[header.row].index_bits;
  return decoder;
}

// The next texel: the bits of three halves. A reserved block gives 0.
ivec3 bc6h_next_texel(inout Bc6hDecoder decoder, bool is_signed, Bc6hTablesMemory memory) {
  const bool second = (decoder.texels.subsets & 1u) != 0u;
  const uint anchor = decoder.texels.anchors & 1u;
  decoder.texels.subsets >>= 1;
  decoder.texels.anchors >>= 1;
  const uint index = take_bits(decoder.indices, decoder.index_bits - anchor);
  const int weight = int(memory.tables.weights[(decoder.index_bits - 3u) * 8u + index]);
  const ivec3 low = second ? decoder.endpoints[2] : decoder.endpoints[0];
  const ivec3 high = second ? decoder.endpoints[3] : decoder.endpoints[1];
  const ivec3 mixed = ((64 - weight) * low + weight * high + 32) >> 6;
  return decoder.reserved ? ivec3(0) : bc6h_finished(mixed, is_signed);
}
#endif
