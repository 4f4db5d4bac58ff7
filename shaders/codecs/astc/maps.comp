// What the headers of the blocks say, one texel a block: partitions or planes, weights, their range.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "codecs/astc/header.glsl"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D kind_map;
layout(binding = 1, r32f) writeonly uniform image2D points_map;
layout(binding = 2, r32f) writeonly uniform image2D levels_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 3) const bool hdr = false;

const float kind_constant = 0.0, kind_planes = 5.0;  // 1 to 4: partitions

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const AstcHeader header =
      astc_header(AstcBlocks(push.blocks).block[at.y * push.grid.x + at.x], hdr, AstcTablesMemory(push.tables));
  const bool constant = header.kind != astc_kind_lines, planes = header.second_channel != 4u;
  const uint range = header.mode >> astc_mode_range & 15u;
  const uint points = (header.mode >> astc_mode_width & 15u) * (header.mode >> astc_mode_height & 15u);
  imageStore(kind_map, ivec2(at), vec4(constant ? kind_constant : planes ? kind_planes : float(header.partitions)));
  imageStore(points_map, ivec2(at), vec4(constant ? -1.0 : float(points)));
  imageStore(levels_map, ivec2(at), vec4(constant ? -1.0 : float(range)));
}
