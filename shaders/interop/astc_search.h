// What the search kernels of ASTC take and leave. engine/codecs/astc/README.md explains the method.
#ifndef TXS_ASTC_SEARCH_H
#define TXS_ASTC_SEARCH_H
#include "astc_decode.h"
#include "astc_format.h"
#include "block.h"
#include "interop.h"
TXS_INTEROP_BEGIN

TXS_CONST uint astc_most_grids = 80;  // weight grids that are tried
TXS_CONST uint astc_no_mode = 0xffffffff;
TXS_CONST uint astc_most_modes = astc_most_grids * 12;

// A weight grid, and the block modes that store it.
struct AstcGrid {
  uint width, height;
  float noise;         // mean over texels of the summed squares of their shares: what infill leaves of the weights' rounding
  uint modes[24];      // of one plane by range, then of two: number | bits << 16, or astc_no_mode
};
TXS_ASSERT_SIZE(AstcGrid, 108);

// Behind AstcTables. Bytes are packed four to a word, lowest first.
struct AstcSearchTables {
  uint grid_count;
  AstcGrid grids[astc_most_grids];
  // Least-squares weights of a row of n + 2 grid points for a row of texels: [n][point][texel]. Infill is bilinear but for its
  // rounding: rows and columns can be solved one after the other.
  float across[11][12][12];
  float down[11][12][12];
  uint weight_last[12];         // levels of a weight range, less one
  uint weight_levels[12][8];    // bytes: values of a range in rising order, 0..64
  uint weight_stored[12][8];    // bytes: the integers that mean them
  uint colour_levels[21];       // of a colour range
  uint colour_nearest[21][64];  // bytes: of a colour value, the integer of the range that means the nearest one
  uint trits[61];               // bytes: five trits (t0 + 3 t1 + 9 t2 + ...) as eight bits
  uint quints[32];              // bytes: three quints (q0 + 5 q1 + 25 q2) as seven bits
  // Of 2, 3 and 4 partitions, every seed: the partition of each texel, two bits a texel, in (texels + 15) / 16 words.
  uint patterns[3 * 1024 * 9];
};

// A way to divide a block's colours: tried in the order of their estimates.
TXS_CONST uint astc_most_candidates = 16;
struct AstcCandidate {
  float estimate;   // squared error of the texels off their lines, 8-bit units
  uint what;        // partitions - 1 | seed << 2 | (channel of a second plane + 1) << 12
};

// One a block, kept beside its bits.
struct AstcRecord {
  uint error;          // of its bits: sum of squares over texels and channels, 8-bit units
  uint initial_error;  // the same of its first bits
};
TXS_ASSERT_SIZE(AstcRecord, 8);

struct AstcState {
  uint count;
  AstcCandidate candidates[astc_most_candidates];
};
TXS_ASSERT_SIZE(AstcState, 132);

struct AstcSettings {
  uint most_partitions;  // 1..4
  uint two_planes;       // 1: blocks with a second plane of weights are tried
  uint seeds;            // nearest patterns that are measured, of each number of partitions
  uint modes;            // block modes that are refined, of each candidate
  uint rounds;           // refinements of each
};
TXS_ASSERT_SIZE(AstcSettings, 20);

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer AstcSearchTablesMemory {
  AstcTables decode;
  AstcSearchTables search;
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer AstcRecords {
  AstcRecord record[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer AstcStates {
  AstcState state[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer AstcSettingsMemory {
  AstcSettings settings;
};
layout(buffer_reference, scalar, buffer_reference_align = 16) buffer AstcBlocksOut {
  uvec4 block[];
};
#endif

TXS_INTEROP_END
#endif
