// What descents have come to, as a block's words tell it.
#ifndef TXS_ASTC_DESCENT_RESULTS_GLSL
#define TXS_ASTC_DESCENT_RESULTS_GLSL
#include "interop/astc_descent.h"

// Behind the records, two words each, of all blocks.
uint first_word(uint blocks, uint block, uint map_words) {
  return blocks * 2u + block * (astc_descent_fixed_words + 5u * map_words);
}

AstcDescentResult result_at(AstcDescentWords memory, uint first, uint partitions) {
  const uint at = first + astc_descent_results + 4u * (partitions - 1u);
  return AstcDescentResult(uintBitsToFloat(memory.word[at]), memory.word[at + 1u], uintBitsToFloat(memory.word[at + 2u]),
                           memory.word[at + 3u]);
}

// Fields of a result's `what`.
uint result_seed(uint what) { return what & 1023u; }
uint result_hamming(uint what) { return what >> 10 & 255u; }
uint result_names(uint what) { return what >> 18 & 255u; }  // partition a of the pattern is names >> 2a of the ideal map

// Memory is zero before the first descent ends; no naming is.
bool is_there(AstcDescentResult result) { return result_names(result.what) != 0u; }

// The number of partitions that leave the least loss; 0: no descent has ended.
uint best_partitions(AstcDescentWords memory, uint first) {
  uint best = 0u;
  float least = 1e30;
  for (uint partitions = 1u; partitions <= 4u; ++partitions) {
    const AstcDescentResult result = result_at(memory, first, partitions);
    if (!is_there(result) || result.loss >= least) continue;
    least = result.loss;
    best = partitions;
  }
  return best;
}
#endif
