// What the kernels of ASTC's descent take and leave. engine/codecs/astc/README.md, "The descent", explains the method.
#ifndef TXS_ASTC_DESCENT_H
#define TXS_ASTC_DESCENT_H
#include "astc_format.h"
#include "astc_search.h"
#include "block.h"
#include "interop.h"
TXS_INTEROP_BEGIN

TXS_CONST uint astc_descent_group = 64;
TXS_CONST uint astc_map_words = 9;  // of a map of 144 texels, two bits each; a block of n texels takes (n + 15) / 16

// Specialisation constants: 0 and 1 the block's width and height, 2 whether alpha counts, 3 the solver, 4 whether a block is
// traced.
TXS_CONST uint astc_solver_gradient = 0;
TXS_CONST uint astc_solver_pca = 1;
TXS_CONST uint astc_solver_least_squares = 2;

TXS_CONST uint astc_descent_most_steps = 64;    // of each number of partitions
TXS_CONST uint astc_descent_most_starts = 8;
TXS_CONST uint astc_descent_most_patterns = 8;  // nearest ones that are measured

// The patterns that a seed can ask for, in memory of their own. Behind it, of 4x4 texels: the numbers of the nearest patterns of
// 2 partitions, then of 3 (engine/codecs/astc/snapping.h has the keys), three to a word.
TXS_CONST uint astc_nearest_two_words = 10923;
TXS_CONST uint astc_nearest_three_words = 3188646;
struct AstcSnapping {
  uint counts[3];   // of 2, 3 and 4 partitions: patterns that differ in more than their labels
  uint has_tables;  // 1: of 4x4
  uint seeds[3][astc_partition_seeds];
  uint patterns[3][astc_partition_seeds][astc_map_words];
};
TXS_ASSERT_SIZE(AstcSnapping, 122896);

struct AstcDescentSettings {
  TXS_RAW_ADDRESS snapping;
  uint most_partitions;  // 1..4
  uint steps;            // of each start
  uint snap_step;        // the first that snaps
  uint fixed_step;       // the first that keeps the pattern that the one before it came to
  uint starts;           // of each number of partitions above 1
  uint parts;            // stages that a start is done in
  uint patterns;         // nearest ones that are measured
  float learning_rate;
  uint seed;
  uint candidates;       // divisions that are handed over, at most
};
TXS_ASSERT_SIZE(AstcDescentSettings, 48);

// Where words of a block's descent lie. Those of all blocks stand behind the records of all blocks.
TXS_CONST uint astc_descent_lines = 0;     // 16: of each partition low and high, RGBA in 16 bits each
TXS_CONST uint astc_descent_loss = 16;     // of the lines in work, a float
TXS_CONST uint astc_descent_hamming = 17;  // of the map in work; astc_no_hamming: not known
TXS_CONST uint astc_descent_results = 18;  // AstcDescentResult of 1, 2, 3, 4 partitions; then maps: in work, ideal of each
TXS_CONST uint astc_no_hamming = 255;

struct AstcDescentResult {
  float loss;         // at 8 bits: squared errors in [0, 1], summed over texels and channels
  uint what;          // seed | Hamming error << 10 | names << 18 | distance when it was snapped, at most 63, << 26
  float second_loss;  // of the best other pattern, likewise; negative: there is none
  uint second_what;
};
TXS_ASSERT_SIZE(AstcDescentResult, 16);

TXS_CONST uint astc_descent_fixed_words = 34;  // before the maps

// Sums over blocks, for figures: of as many blocks each. A workgroup sums nothing: the rest is the host's.
TXS_CONST uint astc_descent_sum_blocks = 256;
struct AstcDescentSums {
  float loss, hamming;     // of the descents in work
  float loss_blocks;       // blocks whose descents have begun
  float hamming_blocks;    // blocks whose Hamming error is known
  float results[4];        // losses of 1, 2, 3, 4 partitions
  float hamming_errors[4]; // of the patterns they ended in
  float best;              // the least loss of each block
  float best_blocks;       // blocks of which a descent has ended
};
TXS_ASSERT_SIZE(AstcDescentSums, 56);

// --- of one block, for the inspector

TXS_CONST uint astc_step_start = 0;    // lines before the first step
TXS_CONST uint astc_step_free = 1;
TXS_CONST uint astc_step_restart = 2;  // free, and one line was sent to where it is needed, since all texels had fallen to one
TXS_CONST uint astc_step_snap = 3;
TXS_CONST uint astc_step_fixed = 4;    // with the snapped pattern
struct AstcDescentStep {
  uint lines[16];
  uint map[astc_map_words];  // that the lines were solved for
  float loss;                // of these lines and this map, unrounded
  uint kind;
};
TXS_ASSERT_SIZE(AstcDescentStep, 108);

TXS_CONST uint astc_descent_most_slots = astc_descent_most_steps + astc_descent_most_starts;
struct AstcDescentTrace {
  AstcRecord record;  // the block's
  uint steps_a_start;
  AstcDescentResult starts[4][astc_descent_most_starts];      // where each ended; `second_what` is the kernel's own
  uint ideal[4][astc_descent_most_starts][astc_map_words];    // the division that its lines would like
  AstcDescentStep steps[4][astc_descent_most_slots];      // start by start: its lines, then its steps
};

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer AstcDescentSettingsMemory {
  AstcSettings search;  // of the trials
  AstcDescentSettings settings;
};
layout(buffer_reference, scalar, buffer_reference_align = 4) readonly buffer AstcSnappingMemory {
  AstcSnapping snapping;
  uint nearest[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer AstcDescentWords {
  uint word[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) writeonly buffer AstcDescentSumsMemory {
  AstcDescentSums sums[];
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer AstcDescentTraceMemory {
  AstcDescentTrace trace;
};
#endif

TXS_INTEROP_END
#endif
