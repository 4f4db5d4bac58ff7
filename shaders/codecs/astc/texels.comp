// The texels of blocks whose headers and endpoints `parse` has read: each finds its partition, blends its weights out of
// the grid and its colour out of the ends (KDFS 23.17 to 23.20), by the unorm8 decode mode.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "codecs/astc/astc_bits.glsl"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, rgba8) writeonly uniform image2D target;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;
layout(constant_id = 2) const bool srgb = false;

// Exact for sides up to 16384: no quotient lies nearer to a whole number than its rounding.
uvec2 block_of(uvec2 texel) { return uvec2((vec2(texel) + 0.5) / vec2(block_width, block_height)); }

// The weights of both planes, 0..64, at a place of the grid; beyond the grid they have no share.
struct Grid {
  uvec4 bits;  // of the block, turned round: weights are stored from the top down
  uint width, height, range, planes, end;
};

uvec2 weights_at(Grid grid, uint x, uint y, AstcTablesMemory memory) {
  const uint index = min((min(y, grid.height - 1u) * grid.width + min(x, grid.width - 1u)) * grid.planes, 63u);
  const uint first = astc_sequence_value(grid.bits, 0u, grid.end, grid.range, index, memory);
  const uint second =
      grid.planes == 1u ? first : astc_sequence_value(grid.bits, 0u, grid.end, grid.range, min(index + 1u, 63u), memory);
  return uvec2(astc_weight_value(memory, grid.range, first), astc_weight_value(memory, grid.range, second));
}

uvec2 texel_weights(Grid grid, uvec2 at, AstcTablesMemory memory) {
  const uint gx = astc_grid_position(at.x, block_width, grid.width);
  const uint gy = astc_grid_position(at.y, block_height, grid.height);
  const uint x = gx >> 4, y = gy >> 4, fx = gx & 15u, fy = gy & 15u;
  const uint share11 = (fx * fy + 8u) >> 4;
  const uint share10 = fx - share11, share01 = fy - share11, share00 = 16u - fx - fy + share11;
  uvec2 sum = uvec2(8u);
  for (uint corner = 0u; corner < 4u; ++corner) {
    const uint share = corner == 0u ? share00 : corner == 1u ? share10 : corner == 2u ? share01 : share11;
    sum += weights_at(grid, x + (corner & 1u), y + (corner >> 1), memory) * share;
  }
  return sum >> 4;
}

uvec4 unpack_colour(uint c) { return uvec4(c, c >> 8, c >> 16, c >> 24) & 255u; }

uvec4 colour_at(uvec2 block, uvec2 at) {
  AstcTablesMemory memory = AstcTablesMemory(push.tables);
  AstcLinesMemory lines = AstcLinesMemory(push.records);
  const uint number = block.y * push.grid.x + block.x;
  const uint head = lines.block[number].head;
  if ((head >> astc_head_constant & 1u) != 0u) return unpack_colour(lines.block[number].ends[0]);

  const uint part = astc_partition_of(lines.block[number].seed, at.x, at.y, (head >> astc_head_partitions & 3u) + 1u,
                                           block_width * block_height);
  if ((lines.block[number].errors >> part & 1u) != 0u) return uvec4(255u, 0u, 255u, 255u);

  Grid grid;
  grid.bits = bitfieldReverse(AstcBlocks(push.blocks).block[number].wzyx);
  grid.width = head >> astc_mode_width & 15u;
  grid.height = head >> astc_mode_height & 15u;
  grid.range = head >> astc_mode_range & 15u;
  grid.planes = (head >> astc_mode_planes & 1u) + 1u;
  grid.end = head >> astc_mode_bits & 127u;
  const uvec2 weights = texel_weights(grid, at, memory);

  uvec4 weight = uvec4(weights.x);
  const uint channel = grid.planes == 1u ? 4u : head >> astc_head_channel & 3u;
  weight = mix(weight, uvec4(weights.y), equal(uvec4(0u, 1u, 2u, 3u), uvec4(channel)));

  const uvec4 low = unpack_colour(lines.block[number].ends[2u * part]);
  const uvec4 high = unpack_colour(lines.block[number].ends[2u * part + 1u]);
  const uvec4 wide_low = low << 8 | (srgb ? uvec4(0x80u) : low);
  const uvec4 wide_high = high << 8 | (srgb ? uvec4(0x80u) : high);
  return (wide_low * (64u - weight) + wide_high * weight + 32u) >> 14;
}

void main() {
  const uvec2 texel = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(texel, push.size))) return;
  const uvec2 block = block_of(texel);
  const uvec4 colour = colour_at(block, texel - block * uvec2(block_width, block_height));
  imageStore(target, ivec2(texel), vec4(colour) / 255.0);
}
