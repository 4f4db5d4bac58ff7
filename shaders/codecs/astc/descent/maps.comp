// What the descents have come to, one texel a block: how many partitions leave the least loss, that loss, and by how many
// texels the pattern differs from the division that its lines would like.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "codecs/astc/descent/results.glsl"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D gain_map;
layout(binding = 1, r32f) writeonly uniform image2D partitions_map;
layout(binding = 2, r32f) writeonly uniform image2D loss_map;
layout(binding = 3, r32f) writeonly uniform image2D hamming_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;
layout(constant_id = 2) const bool has_alpha = false;

const float decibels_per_e = 4.342944819;  // 10 / ln 10

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const uint texels = block_width * block_height, block = at.y * push.grid.x + at.x;
  AstcDescentWords memory = AstcDescentWords(push.records);
  const uint first = first_word(push.grid.x * push.grid.y, block, (texels + 15u) / 16u);
  const uint partitions = best_partitions(memory, first);
  const AstcDescentResult result = result_at(memory, first, max(partitions, 1u));
  const bool known = partitions > 0u;
  const float channels = has_alpha ? 4.0 : 3.0;
  imageStore(partitions_map, ivec2(at), vec4(known ? float(partitions - 1u) : -1.0));
  imageStore(loss_map, ivec2(at), vec4(known ? sqrt(result.loss / (channels * float(texels))) * 255.0 : -1.0));
  imageStore(hamming_map, ivec2(at), vec4(known ? float(result_hamming(result.what)) : -1.0));
  const AstcRecord record = AstcRecords(push.records).record[block];
  const float before = float(max(record.initial_error, 1u)), after = float(max(record.error, 1u));
  imageStore(gain_map, ivec2(at), vec4(decibels_per_e * log(before / after)));
}
