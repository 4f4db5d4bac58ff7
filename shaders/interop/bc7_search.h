// What the search kernels of BC7 mode 6 take and write. engine/codecs/bc7/README.md explains the method.
#ifndef TXS_BC7_SEARCH_H
#define TXS_BC7_SEARCH_H
#include "interop.h"
#include "bc7_format.h"
#include "bc7_tables.h"
TXS_INTEROP_BEGIN

// The simplex: nine vertices in eight dimensions, RGBA of the low endpoint and of the high one, each in [0, 1].
TXS_CONST uint bc7_vertices = 9;
TXS_CONST uint bc7_most_iterations = 256;

// Specialisation constants 0, 1 and 2 of every search kernel.
TXS_CONST uint bc7_start_principal = 0;
TXS_CONST uint bc7_start_published = 1;

TXS_CONST uint bc7_objective_quantised = 0;
TXS_CONST uint bc7_objective_relaxed = 1;

TXS_CONST uint bc7_pace_step = 0;     // takes the simplex from memory and leaves it there
TXS_CONST uint bc7_pace_rush = 1;     // from the start to the end, all in registers
TXS_CONST uint bc7_pace_trace = 2;    // rush for one block, which writes down each iteration

// Why a block's search ended, or that it has not.
TXS_CONST uint bc7_status_searching = 0;
TXS_CONST uint bc7_status_at_threshold = 1;  // the best loss is at most the threshold
TXS_CONST uint bc7_status_flat = 2;          // all nine losses are equal: no move can tell one vertex from another

// The moves, in the order of codec::SimplexMove.
TXS_CONST uint bc7_move_start = 0;
TXS_CONST uint bc7_move_reflect = 1;
TXS_CONST uint bc7_move_expand = 2;
TXS_CONST uint bc7_move_contract_outside = 3;
TXS_CONST uint bc7_move_contract_inside = 4;
TXS_CONST uint bc7_move_shrink = 5;

// One a block, kept beside its bits.
struct Bc7Record {
  uint error;          // of its bits: sum of squares over 16 texels and RGBA, 8-bit units
  uint initial_error;  // the same of its first bits
  uint relaxed_error;  // of its best vertex, weights continuous, colours in 8 bits: RGB, texels of the image only
  float start_loss;    // of the start, by the objective
  uint iterations;     // done
  uint status;
};
TXS_ASSERT_SIZE(Bc7Record, 24);

// One a block of the tile in work, between two dispatches of pace `step`.
struct Bc7Simplex {
  vec4 low[bc7_vertices];
  vec4 high[bc7_vertices];
  float losses[bc7_vertices];
  uint padding[3];
};
TXS_ASSERT_SIZE(Bc7Simplex, 336);

// One iteration as pace `trace` writes it down; codec::SimplexIteration says what each member means.
struct Bc7Iteration {
  vec4 low[bc7_vertices];
  vec4 high[bc7_vertices];
  float losses[bc7_vertices];
  uint move;
  vec4 centroid_low, centroid_high;
  vec4 reflected_low, reflected_high;
  vec4 second_low, second_high;
  float reflected_loss, second_loss;
  uint has_second;
  float best_before, second_worst_before, worst_before;
};
TXS_ASSERT_SIZE(Bc7Iteration, 448);

struct Bc7Trace {
  uvec4 bits;                     // of the block now
  vec4 initial_low, initial_high;
  float start_loss;
  uint iterations;                // done; iteration 0 is the initial simplex
  uint status;
  uint error;                     // smallest that any point tried would have as bits
  Bc7Iteration iteration[bc7_most_iterations + 1];
};

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer Bc7Records {
  Bc7Record record[];
};
layout(buffer_reference, scalar, buffer_reference_align = 16) buffer Bc7Simplexes {
  Bc7Simplex simplex[];
};
layout(buffer_reference, scalar, buffer_reference_align = 16) buffer Bc7TraceRef {
  Bc7Trace trace;
};
layout(buffer_reference, scalar, buffer_reference_align = 4) buffer Bc7Sums {
  uint sum[];
};
#endif

TXS_CONST uint bc7_search_group = 64;         // invocations
TXS_CONST uint bc7_search_group_blocks = 512;  // that a workgroup of search.comp looks after

// The one push-constant struct of start, search and finish.
struct Bc7SearchPush {
  TXS_ADDRESS(Bc7Blocks) blocks;
  TXS_ADDRESS(Bc7Records) records;
  TXS_ADDRESS(Bc7Simplexes) simplexes;  // pace step: [0] is that of block `tile_first`
  TXS_ADDRESS(Bc7TraceRef) trace;       // pace trace
  uvec2 size;                           // texels
  uint blocks_wide;
  uint tile_first;
  uint first, count;                    // the blocks to work on, row-major
  uint from_iteration, to_iteration;    // of the search; from 0 sets up the simplex
  uint exact_alpha;                     // 1: a block whose texels are all opaque decodes to alpha 255
  uint refit_rounds;                    // least-squares refits of the first bits, and of each start of `finish`
  uint finish_starts;                   // 1: the bits so far; 25: their line with its ends moved as well
  uint polish_rounds;
  float reflection, expansion, contraction, shrink;
  float initial_step, loss_threshold;
};
TXS_ASSERT_SIZE(Bc7SearchPush, 104);

TXS_CONST uint bc7_sum_group = 256;
// Blocks a partial sum: 1024 * 16 * 3 * 255^2 < 2^32, and the largest image (16384^2) has 16384 such groups of the 65535
// that every device takes.
TXS_CONST uint bc7_sum_blocks = 1024;

// Of figures.comp.
struct Bc7SumPush {
  TXS_ADDRESS(Bc7Records) records;
  TXS_ADDRESS(Bc7Sums) sums;  // one partial sum a workgroup
  uint blocks;
  uint padding;
};
TXS_ASSERT_SIZE(Bc7SumPush, 24);

TXS_INTEROP_END
#endif
