// What the headers of the blocks say, one texel a block: partitions or planes, weights and their range, endpoint modes and the
// range of colours.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "codecs/astc/header.glsl"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(binding = 0, r32f) writeonly uniform image2D kind_map;
layout(binding = 1, r32f) writeonly uniform image2D grid_map;
layout(binding = 2, r32f) writeonly uniform image2D points_map;
layout(binding = 3, r32f) writeonly uniform image2D levels_map;
layout(binding = 4, r32f) writeonly uniform image2D ends_map;
layout(binding = 5, r32f) writeonly uniform image2D colours_map;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;
layout(constant_id = 3) const bool hdr = false;

const float kind_constant = 0.0, kind_planes = 5.0, kind_illegal = 6.0;  // 1 to 4: partitions

float kind_of(AstcHeader header) {
  if (header.kind == astc_kind_error) return kind_illegal;
  if (header.kind == astc_kind_void_extent) return kind_constant;
  return header.second_channel != 4u ? kind_planes : float(header.partitions);
}

// Of the profile's endpoint modes; behind them, in the LDR profile, those of the other one; the last: the partitions differ.
uint ends_place(AstcHeader header) {
  const uint known = 0xffffu & (hdr ? 0xffffu : ~astc_hdr_modes), known_count = uint(bitCount(known));
  const uint first = header.endpoint_modes & 15u, all_alike = 0x1111u & ((1u << 4u * header.partitions) - 1u);
  if (header.endpoint_modes != first * all_alike) return hdr ? known_count : known_count + 1u;
  return (known >> first & 1u) == 0u ? known_count : uint(bitCount(known & ((1u << first) - 1u)));
}

void main() {
  const uvec2 at = gl_GlobalInvocationID.xy;
  if (any(greaterThanEqual(at, push.grid))) return;
  const AstcHeader header =
      astc_header(AstcBlocks(push.blocks).block[at.y * push.grid.x + at.x], hdr, AstcTablesMemory(push.tables));
  const bool lines = header.kind == astc_kind_lines, planes = header.second_channel != 4u;
  const uint range = header.mode >> astc_mode_range & 15u;
  const uint width = header.mode >> astc_mode_width & 15u, height = header.mode >> astc_mode_height & 15u;
  const ivec2 to = ivec2(at);
  imageStore(kind_map, to, vec4(kind_of(header)));
  imageStore(grid_map, to, vec4(lines ? float((width - 2u) * (block_height - 1u) + height - 2u) : -1.0));
  imageStore(points_map, to, vec4(lines ? float(width * height * (planes ? 2u : 1u)) : -1.0));
  imageStore(levels_map, to, vec4(lines ? float(range) : -1.0));
  imageStore(ends_map, to, vec4(lines ? float(ends_place(header)) : -1.0));
  imageStore(colours_map, to, vec4(lines ? float(header.colour_range - astc_first_colour_range) : -1.0));
}
