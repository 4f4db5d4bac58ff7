// What the kernels that decode ASTC take. A block is decoded in two steps: one invocation a block reads its header and
// endpoints, one invocation a texel its weights.
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

// Flags of AstcTables::ranges.
TXS_CONST uint astc_range_has_trit = 16;
TXS_CONST uint astc_range_has_quint = 32;

// In memory, since a constant array that is indexed by a variable goes through the stack on software devices. Bytes are
// packed four to a word, lowest first.
struct AstcTables {
  uint modes[2048];
  uint trits[256];               // of eight bits: five trits of two bits, the first lowest
  uint quints[128];              // of seven bits: three quints of three bits
  uint ranges[21];               // bits a value has below its trit or quint, and which of them it has
  uint colour_values[21][64];    // bytes: of a stored integer (from range 4 on)
  uint weight_values[12][8];     // bytes
  uint colour_ranges[10][28];    // bytes: of half the number of values and the bits there are, 0..111; astc_no_range: too few
  uint sequence_bits[10][21];    // of half the number of values and their range
};
TXS_ASSERT_SIZE(AstcTables, 17532);

// A block without its weights. `head`: bits of the block's mode as above, and
TXS_CONST uint astc_head_partitions = 24;  // 2 bits: less one
TXS_CONST uint astc_head_channel = 26;     // 2 bits: that takes the second plane of weights
TXS_CONST uint astc_head_constant = 28;    // 1 bit: all texels have the colour of `ends[0]`
struct AstcLines {
  uint head;
  uint seed;     // of the partition
  uint errors;   // bit p: the texels of partition p have the error colour
  uint ends[8];  // RGBA bytes, red lowest: low and high of each partition
};
TXS_ASSERT_SIZE(AstcLines, 44);

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
#endif

TXS_INTEROP_END
#endif
