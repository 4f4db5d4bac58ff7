// What the kernels of BC7's ranked search take and write. engine/codecs/bc7/README.md explains the method.
//
// A candidate is a mode with all that its blocks choose before any endpoint: a partition, or a rotation with an index
// selection. Each of its parts (subsets; in modes 4 and 5 the line of colours and the separate channel) is a problem of
// its own: texels, how endpoints are stored, how many palette entries.
#ifndef TXS_BC7_RANKED_H
#define TXS_BC7_RANKED_H
#include "bc7_format.h"
#include "interop.h"
TXS_INTEROP_BEGIN

// A candidate's number: its mode, above 6 bits of partition, or of 2 * rotation + index selection.
TXS_CONST uint bc7_candidate_bits = 9;
TXS_CONST uint bc7_candidate_mask = 511;
TXS_CONST uint bc7_most_candidates = 96;  // that a list may hold

// The texels of a part in row-major order, four bits each, so that loops visit them alone.
struct Bc7Part {
  uint first_texels, last_texels;  // 0..7, 8..15 of the list
  uint count;
  uint mask;                       // bit t: texel t is of it
};

// Parts of one subset, of 64 partitions in two, of 64 in three.
TXS_CONST uint bc7_first_part2 = 1;
TXS_CONST uint bc7_first_part3 = 129;
TXS_CONST uint bc7_part_count = 321;

struct Bc7RankedTables {
  Bc7Partition partitions[192];  // as in Bc7DecodeTables
  Bc7Part parts[bc7_part_count];
};
TXS_ASSERT_SIZE(Bc7RankedTables, 6672);

// What a candidate's error is estimated from: `off` times what lies off the main axes of its parts, `along` times
// what lies along them (palette entries lie apart), and `rounding` a texel (endpoints are rounded); squared, 8-bit units.
//
// Fitted by hill climbing on 2000 blocks of ten photographs, so that the best candidates by their trials come first;
// that halved what is lost by trying only eight against the theory of uniform quantisers, where it had started. Modes 4, 5
// and 7 are given what modes of like endpoints and indices have.
struct Bc7ErrorModel {
  float off, along, rounding;
};
TXS_ASSERT_SIZE(Bc7ErrorModel, 12);
TXS_CONST Bc7ErrorModel bc7_line_models[8] = {
    {0.973f, 0.0093f, 18.9f}, {0.934f, 0.0095f, 0.56f}, {0.691f, 0.0309f, 13.6f},  {0.897f, 0.0303f, 0.09f},
    {0.8f, 0.0309f, 13.5f},   {0.85f, 0.0303f, 0.6f},   {0.711f, 0.0026f, 0.102f}, {0.897f, 0.0303f, 3.0f},
};

// One a block, kept beside its bits.
struct Bc7RankedRecord {
  float error;        // of its bits: weighted sum of squares over the channels that are kept, 8-bit units
  float first_error;  // the same of its first bits
  uint winner;        // the candidate of its bits, and bc7_pass_* above that
  uint tried;         // candidates that were tried; in the upper half those passed over, since they could not win
};
TXS_ASSERT_SIZE(Bc7RankedRecord, 16);

// What found the bits.
TXS_CONST uint bc7_pass_first = 0;    // first bits
TXS_CONST uint bc7_pass_try = 1;      // the quick trial of candidates by rank of their estimates
TXS_CONST uint bc7_pass_refine = 2;   // the thorough one of the best by those trials: its refits
TXS_CONST uint bc7_pass_stepped = 3;  // the same: its steps, or its simplex

// What kernels are made for: modes of one, two or three subsets, or of two lines over the channels of all texels.
TXS_CONST uint bc7_parts_dual = 4;

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer Bc7RankedRecords {
  Bc7RankedRecord record[];
};
// A candidate list a block of the tile: the bits of a float (an estimate of its error, or the error of its trial) with
// the candidate's number in the lowest bits. Comparing these as unsigned numbers compares the errors.
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer Bc7Keys {
  uint key[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer Bc7RankedTablesMemory {
  Bc7RankedTables tables;
};
#endif

TXS_CONST uint bc7_ranked_group = 64;         // invocations
TXS_CONST uint bc7_ranked_group_blocks = 128;  // that a workgroup of try.comp looks after

// The one push-constant struct of rank, try and sort.
struct Bc7RankedPush {
  TXS_ADDRESS(Bc7Blocks) blocks;
  TXS_ADDRESS(Bc7RankedRecords) records;
  TXS_ADDRESS(Bc7Keys) keys;  // those of block `tile_first` first
  TXS_ADDRESS(Bc7RankedTablesMemory) tables;
  uvec2 size;                 // texels
  uint blocks_wide;
  uint tile_first;
  uint first, count;          // the blocks to work on, row-major
  uint list_length;           // keys a block
  uint pass_kind;             // bc7_pass_*
  uint mode;                  // whose candidates `try` takes
  uint slot;                  // of the lists, that `try` takes candidates from
  uint repeats;               // of refits from several lines and steps, while they help; 0: the principal line alone
  uint starts;                // lines that each part is refitted from: the square of an odd number
  uint refit_rounds;
  uint polish_rounds;
  float worth;                // a candidate is tried while its key is below this many errors of the block's bits
  uint modes;                 // bit m: mode m is allowed
  uint pin_alpha;             // 1: a block whose texels are all opaque decodes to alpha 255
  vec4 weights;               // of the channels
  uint padding;
};
TXS_ASSERT_SIZE(Bc7RankedPush, 120);

TXS_INTEROP_END
#endif
