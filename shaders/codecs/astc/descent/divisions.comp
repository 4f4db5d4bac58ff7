// The divisions of the blocks into lines, one texel a texel: as the lines would like it, and the pattern that it was snapped to.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "codecs/astc/descent/results.glsl"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D ideal_map;
layout(binding = 1, r32f) writeonly uniform image2D snapped_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;

void main() {
  const uvec2 texel = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(texel, push.size))) return;
  const uint texels = block_width * block_height, map_words = (texels + 15u) / 16u;
  const uvec2 of = texel / uvec2(block_width, block_height), in_block = texel - of * uvec2(block_width, block_height);
  AstcDescentWords memory = AstcDescentWords(push.records);
  const uint first = first_word(push.grid.x * push.grid.y, of.y * push.grid.x + of.x, map_words);
  const uint partitions = best_partitions(memory, first), t = in_block.y * block_width + in_block.x;
  float ideal = -1.0, snapped = -1.0;
  if (partitions > 0u) {
    const uint word = memory.word[first + astc_descent_fixed_words + partitions * map_words + (t >> 4)];
    ideal = float(word >> 2u * (t & 15u) & 3u);
    const uint what = result_at(memory, first, partitions).what;
    const uint part = astc_partition_of(result_seed(what), in_block.x, in_block.y, partitions, texels);
    snapped = float(result_names(what) >> 2u * part & 3u);
  }
  imageStore(ideal_map, ivec2(texel), vec4(ideal));
  imageStore(snapped_map, ivec2(texel), vec4(snapped));
}
