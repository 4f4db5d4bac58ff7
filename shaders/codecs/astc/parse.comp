// The header and the endpoints of each block: all but its weights.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/astc_bits.glsl"
#include "codecs/astc/endpoints.glsl"

layout(local_size_x = block_parse_group) in;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

const uint error_ends = 0xffff00ffu;  // opaque magenta
const uint hdr_modes = 1u << 2 | 1u << 3 | 1u << 7 | 1u << 11 | 1u << 14 | 1u << 15;

AstcLines constant_lines(uint colour) {
  AstcLines lines;
  lines.head = 1u << astc_head_constant;
  lines.seed = lines.errors = 0u;
  for (uint e = 0u; e < 8u; ++e) lines.ends[e] = colour;
  return lines;
}

// KDFS 23.22: four colours of 16 bits, of which the top bytes are the result.
AstcLines void_extent(uvec4 bits) {
  const uint least_s = astc_field(bits, 12u, 13u), most_s = astc_field(bits, 25u, 13u);
  const uint least_t = astc_field(bits, 38u, 13u), most_t = astc_field(bits, 51u, 13u);
  const bool no_extent = (least_s & most_s & least_t & most_t) == 8191u;
  const bool legal = astc_field(bits, 9u, 3u) == 6u && (no_extent || (least_s < most_s && least_t < most_t));
  const uint colour = astc_field(bits, 72u, 8u) | astc_field(bits, 88u, 8u) << 8 | astc_field(bits, 104u, 8u) << 16 |
                      astc_field(bits, 120u, 8u) << 24;
  return constant_lines(legal ? colour : error_ends);
}

uint pack_colour(ivec4 c) { return uint(c.r) | uint(c.g) << 8 | uint(c.b) << 16 | uint(c.a) << 24; }

AstcLines parse(uvec4 bits, AstcTablesMemory memory) {
  if ((bits.x & 0x1ffu) == 0x1fcu) return void_extent(bits);

  const uint mode = memory.tables.modes[bits.x & 2047u];
  const uint weight_bits = mode >> astc_mode_bits & 127u;
  const uint partitions = astc_field(bits, 11u, 2u) + 1u;
  const bool planes = (mode >> astc_mode_planes & 1u) != 0u;
  if (weight_bits == 0u || (planes && partitions == 4u)) return constant_lines(error_ends);

  // The endpoint modes: one for all, or a bit of class and two of mode for each partition, some below the weights.
  uint below = 128u - weight_bits;
  const uint selector = partitions == 1u ? 0u : astc_field(bits, 23u, 2u);
  const uint common_mode = partitions == 1u ? astc_field(bits, 13u, 4u) : astc_field(bits, 25u, 4u);
  const uint extra = selector == 0u ? 0u : 3u * partitions - 4u;
  below -= extra;
  const uint fields = astc_field(bits, 25u, 4u) | astc_field(bits, below, extra) << 4;
  uint modes = 0u, pairs = 0u;  // four bits a partition
  for (uint p = 0u; p < partitions; ++p) {
    const uint own = (selector - 1u + (fields >> p & 1u)) * 4u + (fields >> (partitions + 2u * p) & 3u);
    const uint endpoint_mode = selector == 0u ? common_mode : own;
    modes |= endpoint_mode << 4u * p;
    pairs += (endpoint_mode >> 2) + 1u;
  }
  below -= planes ? 2u : 0u;

  const uint first = partitions == 1u ? 17u : 29u;
  const uint room = below < first ? 0u : below - first;
  const uint range = pairs > 9u ? astc_no_range : astc_byte(memory.tables.colour_ranges[pairs][room >> 2], room);
  if (range == astc_no_range) return constant_lines(error_ends);
  const uint end = first + memory.tables.sequence_bits[pairs][range];

  AstcLines lines;
  lines.head = mode | (partitions - 1u) << astc_head_partitions |
               (planes ? astc_field(bits, below, 2u) : 0u) << astc_head_channel;
  lines.seed = partitions == 1u ? 0u : astc_field(bits, 13u, 10u);
  lines.errors = 0u;
  uint value = 0u;
  [[unroll]] for (uint p = 0u; p < 4u; ++p) {
    const uint endpoint_mode = modes >> 4u * p & 15u;
    lines.ends[2u * p] = lines.ends[2u * p + 1u] = error_ends;
    if (p >= partitions) continue;
    ivec4 v[2];
    const uint count = 2u * (endpoint_mode >> 2) + 2u;
    [[unroll]] for (uint half_of = 0u; half_of < 2u; ++half_of) {
      [[unroll]] for (uint c = 0u; c < 4u; ++c) {
        const uint number = min(value + 4u * half_of + c, 17u);
        v[half_of][c] = int(astc_colour_value(memory, range, astc_sequence_value(bits, first, end, range, number, memory)));
      }
    }
    value += count;
    if ((hdr_modes >> endpoint_mode & 1u) != 0u) {
      lines.errors |= 1u << p;
    } else {
      const AstcEnds ends = astc_endpoints(endpoint_mode, v[0], v[1]);
      lines.ends[2u * p] = pack_colour(ends.low);
      lines.ends[2u * p + 1u] = pack_colour(ends.high);
    }
  }
  return lines;
}

void main() {
  const uint block = gl_GlobalInvocationID.x;
  if (block >= push.grid.x * push.grid.y) return;
  AstcLinesMemory(push.records).block[block] = parse(AstcBlocks(push.blocks).block[block], AstcTablesMemory(push.tables));
}
