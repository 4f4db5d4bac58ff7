// The block whose descent is in work: an invocation has one. Its texels are fetched anew at each use.
#ifndef TXS_ASTC_DESCENT_BLOCK_GLSL
#define TXS_ASTC_DESCENT_BLOCK_GLSL
#include "codecs/astc/descent/results.glsl"

layout(local_size_x = astc_descent_group) in;
layout(binding = 0) uniform sampler2D source;
layout(push_constant, scalar) uniform Push { BlockSearchPush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;
layout(constant_id = 2) const bool has_alpha = false;
layout(constant_id = 3) const uint solver = astc_solver_least_squares;
layout(constant_id = 4) const bool tracing = false;
const uint texel_count = block_width * block_height;
const uint map_words = (texel_count + 15u) / 16u;

uint block;
ivec2 block_origin;
AstcDescentSettings settings;

// Two bits a texel. Of the step in work: to which line each texel goes.
uint map[map_words];

uint part_of(uint t) { return (map_words == 1u ? map[0] : map[t >> 4]) >> 2u * (t & 15u) & 3u; }

// The low bits of the texels that a word of a map has.
uint word_mask(uint w) {
  const uint texels = min(texel_count - 16u * w, 16u);
  return texels == 16u ? 0x55555555u : 0x55555555u & ((1u << 2u * texels) - 1u);
}

// RGBA in [0, 1]; alpha is 0 where it does not count. Beyond the edge the last row and column repeat.
vec4 texel_at(uint t) {
  const ivec2 at = min(block_origin + ivec2(t % block_width, t / block_width), ivec2(push.size) - 1);
  vec4 texel = texelFetch(source, at, 0);
  if (!has_alpha) texel.a = 0.0;
  return texel;
}

// --- memory of the block

AstcDescentWords words() { return AstcDescentWords(push.records); }
uint word_at(uint number) { return first_word(push.grid.x * push.grid.y, block, map_words) + number; }
uint map_word_at(uint map_number) { return word_at(astc_descent_fixed_words + map_number * map_words); }

AstcDescentResult load_result(uint partitions) { return result_at(words(), word_at(0u), partitions); }
void store_result(uint partitions, AstcDescentResult result) {
  const uint at = word_at(astc_descent_results) + 4u * (partitions - 1u);
  AstcDescentWords memory = words();
  memory.word[at] = floatBitsToUint(result.loss);
  memory.word[at + 1u] = result.what;
  memory.word[at + 2u] = floatBitsToUint(result.second_loss);
  memory.word[at + 3u] = result.second_what;
}
#endif
