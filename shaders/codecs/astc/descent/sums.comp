// Sums over blocks, in the order of the blocks, so that they are the same each time.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "codecs/astc/descent/results.glsl"

layout(local_size_x = 64) in;
layout(push_constant, scalar) uniform Push { BlockSearchPush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;

void main() {
  const uint blocks = push.grid.x * push.grid.y, number = gl_GlobalInvocationID.x;
  if (number * astc_descent_sum_blocks >= blocks) return;
  AstcDescentWords memory = AstcDescentWords(push.records);
  AstcDescentSums sums = AstcDescentSums(0.0, 0.0, 0.0, 0.0, float[4](0.0, 0.0, 0.0, 0.0), float[4](0.0, 0.0, 0.0, 0.0), 0.0, 0.0);
  for (uint i = 0u; i < astc_descent_sum_blocks; ++i) {
    const uint block = number * astc_descent_sum_blocks + i;
    if (block >= blocks) break;
    const uint first = first_word(blocks, block, (block_width * block_height + 15u) / 16u);
    const uint hamming = memory.word[first + astc_descent_hamming] & 255u;
    const float loss = uintBitsToFloat(memory.word[first + astc_descent_loss]);
    sums.loss += loss;
    sums.hamming += hamming == astc_no_hamming ? 0.0 : float(hamming);
    sums.hamming_blocks += hamming == astc_no_hamming ? 0.0 : 1.0;
    for (uint p = 0u; p < 4u; ++p) {
      const AstcDescentResult result = result_at(memory, first, p + 1u);
      sums.results[p] += result.loss;
      sums.hamming_errors[p] += float(result_hamming(result.what));
    }
    const uint best = best_partitions(memory, first);
    if (best > 0u) sums.best += result_at(memory, first, best).loss;
    sums.best_blocks += best > 0u ? 1.0 : 0.0;
    // Memory is zero before the first step. Blocks of one colour lose nothing: they count from their first result on.
    sums.loss_blocks += loss > 0.0 || best > 0u ? 1.0 : 0.0;
  }
  AstcDescentSumsMemory(push.trace).sums[number] = sums;
}
