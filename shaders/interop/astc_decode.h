// What the kernels that decode ASTC look up.
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

// An integer v that has both a trit or quint and n bits below it becomes what KDFS 23.13 and 23.16 say by the sum
//   (v >> n) * step + (((v & (1 << n) - 1) >> 1) * factor >> shift), which the lowest bit of v turns round,
// and any other by v * factor + bias >> shift. Packed bits of AstcTables::colour_steps and weight_steps:
TXS_CONST uint astc_steps_factor = 0;  // 9 bits
TXS_CONST uint astc_steps_shift = 9;   // 3 bits
TXS_CONST uint astc_steps_bias = 12;   // 2 bits
TXS_CONST uint astc_steps_step = 14;   // 8 bits; 0: the other formula

// In memory, since a constant array that is indexed by a variable goes through the stack on software devices. Bytes are
// packed four to a word, lowest first.
struct AstcTables {
  uint modes[2048];
  uint ranges[21];
  uint colour_steps[21];         // how stored integers become values, as above
  uint weight_steps[12];
  uint colour_ranges[10][28];    // bytes: of half the number of values and the bits there are, or astc_no_range
  uint sequence_bits[10][21];    // of half the number of values and their range
  // Bytes: where an HDR mode's submode puts its extra bits (engine/codecs/astc/endpoints.h).
  uint scale_extra_places[6][2];
  uint rgb_extra_places[8][2];
};
TXS_ASSERT_SIZE(AstcTables, 10480);

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 16) readonly buffer AstcBlocks {
  uvec4 block[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer AstcTablesMemory {
  AstcTables tables;
};
#endif

TXS_INTEROP_END
#endif
