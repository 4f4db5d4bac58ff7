// What the search kernels of ASTC take and leave. engine/codecs/astc/README.md explains the method.
#ifndef TXS_ASTC_SEARCH_H
#define TXS_ASTC_SEARCH_H
#include "astc_decode.h"
#include "astc_format.h"
#include "block.h"
#include "interop.h"
TXS_INTEROP_BEGIN

TXS_CONST uint astc_most_grids = 88;  // weight grids of the largest blocks, and one more
TXS_CONST uint astc_no_mode = 0xffffffff;
TXS_CONST uint astc_pattern_words = 9;   // of 144 texels
TXS_CONST uint astc_search_group = 64;   // blocks of a workgroup

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
  // The orthonormal cosines of a row (column) of texels: [frequency][texel]. Of each frequency's energy n + 2 grid points keep
  // a part: [n][frequency].
  float cosines_across[12][12], cosines_down[12][12];
  float kept_across[11][12], kept_down[11][12];
  uint weight_levels[12];       // of a weight range
  uint weight_of[12][65];       // of a wished weight 0..64: the nearest that the range has | the integer that means it << 8
  uint colour_levels[21];       // of a colour range
  uint colour_of[21][256];      // bytes, of a colour value: the range's greatest value up to it, its next one above it (or its
                                // greatest); the integers that mean them
  uint trits[61];               // bytes: five trits (t0 + 3 t1 + 9 t2 + ...) as eight bits
  uint quints[32];              // bytes: three quints (q0 + 5 q1 + 25 q2) as seven bits
  // Of 2, 3 and 4 partitions: the seeds of patterns that differ in more than their labels, the lowest seed of each.
  uint seed_counts[3];
  uint seeds[3][astc_partition_seeds];
  // Of 2, 3 and 4 partitions, every seed: the partition of each texel, two bits a texel, in (texels + 15) / 16 words.
  uint patterns[3 * astc_partition_seeds * astc_pattern_words];
};

// What a block's colours are divided into, packed: partitions - 1 | seed << 2 | (channel of a second plane + 1) << 12.
TXS_CONST uint astc_division_bits = 15;
// How a division's colours and weights may be stored, packed: grid * 12 + weight range, its models above.
TXS_CONST uint astc_trial_mode_bits = 11;
// What the ends of a line may be (KDFS 23.14). Above it, whether alpha is stored; else it is 255.
TXS_CONST uint astc_model_rgb = 0;        // direct, or base and offset
TXS_CONST uint astc_model_scale = 1;      // one colour, and a darker one of the same hue
TXS_CONST uint astc_model_luminance = 2;  // two greys, direct or base and offset
TXS_CONST uint astc_model_alpha = 4;
TXS_CONST uint astc_model_count = 8;
// The models of a division, packed in 6 bits: this and the model of all its lines; below it, they differ: a class of endpoint modes
// << 4 | a bit for each partition that is of the next class (KDFS 23.11).
TXS_CONST uint astc_one_model = 48;

// One a block, kept beside its bits.
struct AstcRecord {
  uint error;          // of its bits: sum of squares over texels and channels, 8-bit units
  uint initial_error;  // the same of its first bits
};
TXS_ASSERT_SIZE(AstcRecord, 8);

TXS_CONST uint astc_first_modes = 6;  // the stage that lists candidate 0's modes
TXS_CONST uint astc_most_candidates = 20;

// A way to fill a block: a division, and how it is stored.
struct AstcTrial {
  float error;  // to expect of it; once it was tried, the least that was found
  uint what;    // division | (mode | models << astc_trial_mode_bits) << astc_division_bits
};

// One a block. Behind those of all blocks lie their lists of trials, in rising order of their errors: AstcSettings::trials of
// each block.
struct AstcState {
  uint candidate_count;
  uint candidates[astc_most_candidates];  // divisions that are worth a trial
  uint trial_count;
};
TXS_ASSERT_SIZE(AstcState, 88);

struct AstcSettings {
  uint seeds;            // patterns of least cost that are measured, of each number of partitions
  uint kept[5];          // divisions that become candidates: of 2 partitions, of two planes, of both, of 3 and of 4 partitions
  uint trials;           // length of a block's list of trials
  uint modes_each;       // of a candidate, at most this many come on the list
  uint first_trial, first_refined;  // the stages that begin with the list's first entry
  uint first_mode;       // and models of the first bits, as in AstcTrial
  uint trial_rounds;     // fits of weights and ends in turn, of a trial
  uint refined_rounds;   // the same of a refinement, from each start
  uint starts;           // lines about the best one that a refinement starts from: 1, 9 or 25
  uint starts_each;      // of them, in one stage; a refinement has as many stages as it takes
};
TXS_ASSERT_SIZE(AstcSettings, 60);

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
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer AstcStateWords {
  uint word[];
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
