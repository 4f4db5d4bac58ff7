// What the headers of the blocks say, one texel a block: partitions, weights, their range, the range of colours, planes.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/astc_decode.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D kind_map;
layout(binding = 1, r32f) writeonly uniform image2D points_map;
layout(binding = 2, r32f) writeonly uniform image2D levels_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

const float kind_constant = 0.0, kind_planes = 5.0;  // 1 to 4: partitions

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const uint head = AstcLinesMemory(push.records).block[at.y * push.grid.x + at.x].head;
  const bool constant = (head >> astc_head_constant & 1u) != 0u;
  const bool planes = (head >> astc_mode_planes & 1u) != 0u;
  const uint range = head >> astc_mode_range & 15u;
  const uint points = (head >> astc_mode_width & 15u) * (head >> astc_mode_height & 15u);
  const float partitions = float((head >> astc_head_partitions & 3u) + 1u);
  imageStore(kind_map, ivec2(at), vec4(constant ? kind_constant : planes ? kind_planes : partitions));
  imageStore(points_map, ivec2(at), vec4(constant ? -1.0 : float(points)));
  imageStore(levels_map, ivec2(at), vec4(constant ? -1.0 : float(range)));
}
