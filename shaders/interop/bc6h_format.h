// What the decoders and encoders of BC6H look up, after the Khronos Data Format Specification 1.4 (KDFS), section 20.2.
// engine/codecs/bc6h/bc6h_tables.h fills it in.
#ifndef TXS_BC6H_FORMAT_H
#define TXS_BC6H_FORMAT_H
#include "interop.h"
TXS_INTEROP_BEGIN

TXS_CONST uint bc6h_mode_count = 14;
TXS_CONST uint bc6h_reserved = 14;     // row of the modes whose numbers are reserved
TXS_CONST uint bc6h_most_runs = 26;
TXS_CONST uint bc6h_partitions = 32;

// Variables that a block's header holds: R, G, B of endpoints 0 to 3 are 0 to 11.
TXS_CONST uint bc6h_partition_variable = 12;
TXS_CONST uint bc6h_number_variable = 13;

// A run of a header's bits: `count` bits of the block, in their order, are bits `lowest`, `lowest` + 1, ... of a
// variable.
// variable | lowest << 8 | count << 16
TXS_FUNCTION uint bc6h_run_variable(uint run) { return run & 255u; }
TXS_FUNCTION uint bc6h_run_lowest(uint run) { return run >> 8 & 255u; }
TXS_FUNCTION uint bc6h_run_count(uint run) { return run >> 16; }

// KDFS 20.2, "Endpoint and partition parameters" and "Block descriptions".
struct Bc6hMode {
  uint number;         // as its low bits hold it
  uint subsets;        // 1 or 2
  uint transformed;    // 1: endpoints 1 to 3 are stored as differences to endpoint 0
  uint endpoint_bits;  // of each channel
  uint delta_bits[3];  // that endpoints 1 to 3 are stored in, R, G, B; endpoint_bits where they are not transformed
  uint index_bits;     // of a texel
  uint run_count;
  uint runs[bc6h_most_runs];  // in the order of the bits, from bit 0 to where the indices begin
};
TXS_ASSERT_SIZE(Bc6hMode, 140);

// KDFS 20.2, "Endpoint and partition parameters", by row. Kernels that look at all modes unroll their loops over these;
// else Bc6hTables has them.
TXS_CONST uint bc6h_mode_numbers[14] = {0u, 1u, 2u, 6u, 10u, 14u, 18u, 22u, 26u, 30u, 3u, 7u, 11u, 15u};
TXS_CONST uint bc6h_endpoint_bits[14] = {10u, 7u, 11u, 11u, 11u, 9u, 8u, 8u, 8u, 6u, 10u, 11u, 12u, 16u};
// 0xBGR; 0: endpoints are not transformed.
TXS_CONST uint bc6h_delta_bits[14] = {0x555u, 0x666u, 0x445u, 0x454u, 0x544u, 0x555u, 0x556u,
                                      0x565u, 0x655u, 0u,     0u,     0x999u, 0x888u, 0x444u};
TXS_CONST uint bc6h_first_of_one_subset = 10;  // rows before have two

struct Bc6hPartition {
  uint subsets;  // bit t: subset of texel t
  uint anchors;  // bit t: the index of texel t is stored without its top bit, which is 0
};

// In memory, because llvmpipe writes constant arrays that a variable indexes to the stack at each use.
struct Bc6hTables {
  Bc6hMode modes[15];                              // by row; the last is the reserved one
  uint rows[32];                                   // of a block's low five bits
  Bc6hPartition partitions[2 * bc6h_partitions];   // of one subset (all alike), then of two
  uint weights[24];                                // in 64ths: 8 for indices of 3 bits, 16 for 4 bits
};
TXS_ASSERT_SIZE(Bc6hTables, 2836);

#ifndef __cplusplus
// Row-major, top left first; a block's first byte is the lowest of its first word.
layout(buffer_reference, scalar, buffer_reference_align = 16) buffer Bc6hBlocks {
  uvec4 block[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer Bc6hTablesMemory {
  Bc6hTables tables;
};
#endif

TXS_INTEROP_END
#endif
