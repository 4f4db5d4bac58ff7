// What each block's bits chose, one texel a block; negative where there was nothing to choose.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "common/bits.glsl"
#include "interop/bc7_format.h"
#include "interop/block.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D mode_map;
layout(binding = 1, r32f) writeonly uniform image2D partition_map;  // 64 of two subsets, then 64 of three
layout(binding = 2, r32f) writeonly uniform image2D rotation_map;   // 2 * rotation + index selection
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  uvec4 left = Bc7Blocks(push.blocks).block[at.y * push.grid.x + at.x];
  const bool reserved = (left.x & 0xffu) == 0u;
  const uint number = reserved ? bc7_mode_count : uint(findLSB(left.x));
  const Bc7Mode mode = Bc7DecodeTablesMemory(push.tables).tables.modes[min(number, bc7_mode_count - 1u)];
  take_bits(left, number + 1u);
  const uint partition_number = take_bits(left, mode.partition_bits);
  const uint rotation = take_bits(left, mode.rotation_bits), selection = take_bits(left, mode.index_selection_bits);

  const bool subsets = !reserved && mode.subsets > 1u, rotates = !reserved && mode.rotation_bits > 0u;
  imageStore(mode_map, ivec2(at), vec4(float(number)));
  imageStore(partition_map, ivec2(at), vec4(subsets ? float((mode.subsets - 2u) * 64u + partition_number) : -1.0));
  imageStore(rotation_map, ivec2(at), vec4(rotates ? float(2u * rotation + selection) : -1.0));
}
