// What a BC6H texture's bits are made of, one texel a block.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/bc6h/bc6h_header.glsl"
#include "interop/block.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D mode_map;
layout(binding = 1, r32f) writeonly uniform image2D partition_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const uvec4 block = Bc6hBlocks(push.blocks).block[at.y * push.grid.x + at.x];
  const uint row = Bc6hTablesMemory(push.tables).tables.rows[block.x & 31u];
  const bool two = Bc6hTablesMemory(push.tables).tables.modes[row].subsets == 2u;
  const uint partition_number = block.z >> 13u & 31u;  // bits 77 to 81 in all modes that have one
  imageStore(mode_map, ivec2(at), vec4(float(row)));
  imageStore(partition_map, ivec2(at), vec4(two ? float(partition_number) : -1.0));
}
