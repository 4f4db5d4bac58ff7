// A texel of a block that `parse` has read, up to what is made of its four interpolated values.
#ifndef TXS_ASTC_TEXELS_GLSL
#define TXS_ASTC_TEXELS_GLSL
#include "interop/astc_decode.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;

struct Interpolated {
  uvec4 value;       // 16 bits
  uint logarithmic;  // bit c: of channel c
  uint head;         // the block's
};

// Exact for sides up to 16384: no quotient lies nearer to a whole number than its rounding.
uvec2 block_of(uvec2 texel) { return uvec2((vec2(texel) + 0.5) / vec2(block_width, block_height)); }

// The weights of both planes, 0..64, of the grid point that is number `point` of the block whose weights begin at word `first`.
// Where there is one plane the second one's do not matter.
uvec2 weights_of(uint first, uint point, uint planes, AstcWeightsMemory weights) {
  const uint byte = point * planes;
  const uint word = weights.words[first + min(byte >> 2, astc_weight_words(block_width, block_height) - 1u)];
  const uint both = word >> 8u * (byte & 3u);
  return uvec2(both, both >> 8) & 255u;
}

uvec2 texel_weights(uint block, uint head, uint planes, uvec2 at) {
  AstcWeightsMemory weights = astc_weights(push);
  const uint first = block * astc_weight_words(block_width, block_height);
  const uint wide = head >> astc_mode_width & 15u, high = head >> astc_mode_height & 15u;
  const uint gx = astc_grid_position(at.x, block_width, wide);
  const uint gy = astc_grid_position(at.y, block_height, high);
  const uint point = (gy >> 4) * wide + (gx >> 4), fx = gx & 15u, fy = gy & 15u;
  const uint share11 = (fx * fy + 8u) >> 4;
  const uint share10 = fx - share11, share01 = fy - share11, share00 = 16u - fx - fy + share11;
  // Beyond the grid shares are 0.
  const uvec2 sum = weights_of(first, point, planes, weights) * share00 +
                    weights_of(first, point + 1u, planes, weights) * share10 +
                    weights_of(first, point + wide, planes, weights) * share01 +
                    weights_of(first, point + wide + 1u, planes, weights) * share11;
  return (sum + 8u) >> 4;
}

uvec4 unpacked(uvec2 colour) { return uvec4(colour.x & 0xffffu, colour.x >> 16, colour.y & 0xffffu, colour.y >> 16); }

Interpolated texel_at(uvec2 texel) {
  AstcLinesMemory lines = AstcLinesMemory(push.records);
  const uvec2 of_block = block_of(texel), at = texel - of_block * uvec2(block_width, block_height);
  const uint block = of_block.y * push.grid.x + of_block.x;
  const uint head = lines.block[block].head;
  const uint part = astc_pattern_part(lines.block[block].pattern, at.x, at.y, block_width * block_height);

  const uint planes = (head >> astc_mode_planes & 1u) + 1u;
  const uvec2 weights = texel_weights(block, head, planes, at);
  const uint second_channel = planes == 1u ? 4u : head >> astc_head_channel & 3u;
  const uvec4 weight = mix(uvec4(weights.x), uvec4(weights.y), equal(uvec4(0u, 1u, 2u, 3u), uvec4(second_channel)));

  const uvec4 low = unpacked(lines.block[block].ends[2u * part]);
  const uvec4 high = unpacked(lines.block[block].ends[2u * part + 1u]);
  Interpolated result;
  result.value = (low * (64u - weight) + high * weight + 32u) >> 6;
  result.logarithmic = lines.block[block].logarithmic >> 4u * part;
  result.head = head;
  return result;
}
#endif
