// BC7 blocks in memory, and the tables that decoders look up.
#ifndef TXS_BC7_FORMAT_H
#define TXS_BC7_FORMAT_H
#include "bc7_tables.h"
#include "interop.h"
TXS_INTEROP_BEGIN

TXS_CONST uint bc7_block_side = 4;

// A partition as decoders want it.
struct Bc7Partition {
  uint subsets;  // of each texel, two bits a texel
  uint anchors;  // one bit a texel: its indices are stored without their top bit, which is 0
};

// The tables of bc7_tables.h as kernels look them up: in memory. On lavapipe a constant array that is indexed by a
// variable is written to the invocation's stack at each use: the decoder then took ten times as long to compile and
// three times as long to run.
struct Bc7DecodeTables {
  Bc7Mode modes[bc7_mode_count];
  Bc7Partition partitions[192];  // 64 for one subset (all alike), 64 for two, 64 for three
};
TXS_ASSERT_SIZE(Bc7DecodeTables, 1856);

#ifndef __cplusplus
// Row-major, top left first; a block's first byte is the lowest of its first word.
layout(buffer_reference, scalar, buffer_reference_align = 16) buffer Bc7Blocks {
  uvec4 block[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer Bc7DecodeTablesMemory {
  Bc7DecodeTables tables;
};
#endif

TXS_INTEROP_END
#endif
