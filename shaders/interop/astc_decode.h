// What the kernels that decode ASTC take. A block is decoded in two steps: one invocation a block reads its header, endpoints
// and weights, one invocation a texel blends them.
#ifndef TXS_ASTC_DECODE_H
#define TXS_ASTC_DECODE_H
#include "astc_format.h"
#include "interop.h"
#include "block.h"
TXS_INTEROP_BEGIN

// What a block mode says for the block size in work; packed bits of AstcTables::modes.
TXS_CONST uint astc_mode_width = 0;    // 4 bits: weights across
TXS_CONST uint astc_mode_height = 4;   // 4 bits: weights down
TXS_CONST uint astc_mode_range = 8;    // 4 bits: weight range
TXS_CONST uint astc_mode_planes = 12;  // 1 bit: two planes
TXS_CONST uint astc_mode_bits = 16;    // 7 bits: that the weights take; 0: illegal in this block size

TXS_CONST uint astc_no_range = 255;

// Packed bits of AstcTables::ranges: bits a value has below its trit or quint, 4 bits, and
TXS_CONST uint astc_range_has_trit = 16;
TXS_CONST uint astc_range_has_quint = 32;

// In memory, since a constant array that is indexed by a variable goes through the stack on software devices. Bytes are
// packed four to a word, lowest first.
struct AstcTables {
  uint modes[2048];
  uint digits[384];              // of eight bits: five trits; from 256 on, of seven bits: three quints; 3 bits each, the first lowest
  uint ranges[21];
  uint colour_values[21][64];    // bytes: of a stored integer (from range 4 on)
  uint weight_values[12][8];     // bytes
  uint colour_ranges[10][28];    // bytes: of half the number of values and the bits there are, 0..111; astc_no_range: too few
  uint sequence_bits[10][21];    // of half the number of values and their range
  // Bytes: where an HDR mode's submode puts its extra bits (engine/codecs/astc/endpoints.h).
  uint scale_extra_places[6][2];
  uint rgb_extra_places[8][2];
};
TXS_ASSERT_SIZE(AstcTables, 17644);

// A block as the texels need it. `head`: bits of the block's mode as above, and
TXS_CONST uint astc_head_partitions = 24;  // 2 bits: less one
TXS_CONST uint astc_head_channel = 26;     // 2 bits: that takes the second plane of weights
TXS_CONST uint astc_head_constant = 28;    // 1 bit: all texels have the colour of the first end
// of the HDR profile also
TXS_CONST uint astc_head_halves = 29;      // 1 bit: that colour is of halves
struct AstcLines {
  uint head;
  AstcPattern pattern;
  uint logarithmic;  // of the HDR profile: bit 4 p + c: channel c of partition p interpolates pseudo-logarithms
  // Low and high of each partition as they are interpolated, 16 bits a channel, red lowest. Where a partition's texels have the
  // error colour it is here.
  uvec2 ends[8];
};
TXS_ASSERT_SIZE(AstcLines, 80);

// Behind the lines of all blocks: the weights of each, 0..64, as stored: of two planes the first one's and the second one's in
// turn. Bytes, this many words a block of the size: two planes of as many points as texels are the most, or 64.
TXS_FUNCTION uint astc_weight_words(uint block_width, uint block_height) {
  const uint most = 2u * block_width * block_height;
  return most >= astc_most_weights ? astc_most_weights / 4u : (most + 3u) / 4u;
}

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 16) readonly buffer AstcBlocks {
  uvec4 block[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer AstcTablesMemory {
  AstcTables tables;
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer AstcLinesMemory {
  AstcLines block[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer AstcWeightsMemory {
  uint words[];
};

AstcWeightsMemory astc_weights(BlockDecodePush push) {
  const uint lines_bytes = 80u * push.grid.x * push.grid.y;
  uint carry;
  const uint low = uaddCarry(push.records.x, lines_bytes, carry);
  return AstcWeightsMemory(uvec2(low, push.records.y + carry));
}
#endif

TXS_INTEROP_END
#endif
