// What the texels of a block need of it: its header, its endpoints, its weights.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "codecs/astc/astc_bits.glsl"
#include "codecs/astc/endpoints.glsl"
#include "codecs/astc/hdr_endpoints.glsl"

layout(local_size_x = block_parse_group) in;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;
layout(constant_id = 2) const bool srgb = false;
layout(constant_id = 3) const bool hdr = false;

const uint hdr_modes = 1u << 2 | 1u << 3 | 1u << 7 | 1u << 11 | 1u << 14 | 1u << 15;
const uint ldr_alpha_mode = 14u;

// Four values of 16 bits. Of the LDR profile only the top bytes are seen.
uvec2 packed(uvec4 c) { return c.xz | c.yw << 16; }

// Component by component: Mesa 22.3 chooses but the first one of a vector by a specialisation constant.
uvec2 error_colour() { return uvec2(hdr ? 0x3c00u : 0xffffu, hdr ? 0x3c003c00u : 0xffffffffu); }

// A grid of one point, whose weight does not matter.
void write_constant(uint block, uvec2 colour, bool halves) {
  AstcLinesMemory memory = AstcLinesMemory(push.records);
  memory.block[block].head = 1u << astc_head_constant | (halves ? 1u << astc_head_halves : 0u) |
                             1u << astc_mode_width | 1u << astc_mode_height;
  memory.block[block].pattern = AstcPattern(0u, 0u);
  memory.block[block].logarithmic = 0u;
  memory.block[block].ends[0] = colour;
  memory.block[block].ends[1] = colour;
}

void write_error(uint block) { write_constant(block, error_colour(), true); }

// KDFS 23.22: four colours of 16 bits: unorm, or halves.
void write_void_extent(uint block, uvec4 bits) {
  const uint least_s = astc_field(bits, 12u, 13u), most_s = astc_field(bits, 25u, 13u);
  const uint least_t = astc_field(bits, 38u, 13u), most_t = astc_field(bits, 51u, 13u);
  const bool no_extent = (least_s & most_s & least_t & most_t) == 8191u;
  const bool light = (bits.x >> 9 & 1u) != 0u;
  const bool legal = (bits.x >> 10 & 3u) == 3u && (!light || hdr) && (no_extent || (least_s < most_s && least_t < most_t));
  uvec2 colour = bits.zw;
  if (light) {  // of infinity and NaN the result is undefined: the largest half
    const uvec4 halves = uvec4(colour.x & 0xffffu, colour.x >> 16, colour.y & 0xffffu, colour.y >> 16);
    colour = packed(mix(halves, uvec4(0x7bffu), equal(halves & 0x7c00u, uvec4(0x7c00u))));
  }
  write_constant(block, legal ? colour : error_colour(), light || !legal);
}

void write_weights(uint block, uvec4 bits, uint mode, AstcTablesMemory memory) {
  const uint range = mode >> astc_mode_range & 15u, end = mode >> astc_mode_bits & 127u;
  const uint planes = (mode >> astc_mode_planes & 1u) + 1u;
  const uint count = (mode >> astc_mode_width & 15u) * (mode >> astc_mode_height & 15u) * planes;
  const AstcSequence sequence = astc_sequence(range, memory);
  const uvec4 turned = bitfieldReverse(bits.wzyx);  // weights are stored from the top down
  AstcWeightsMemory weights = astc_weights(push);
  const uint first = block * astc_weight_words(block_width, block_height);
  for (uint word = 0u; 4u * word < count; ++word) {
    uint four = 0u;
    for (uint i = 0u; i < 4u; ++i) {
      const uint stored = astc_sequence_value(turned, 0u, end, sequence, 4u * word + i, memory);
      four |= astc_weight_value(memory, range, stored) << 8u * i;
    }
    weights.words[first + word] = four;
  }
}

// As they are interpolated (KDFS 23.18).
uvec4 wide(ivec4 colour) { return uvec4(colour) << 8 | (srgb ? uvec4(0x80u) : uvec4(colour)); }
uvec4 wide_hdr(ivec4 colour, uint mode) { return uvec4(colour) * uvec4(uvec3(16u), mode == ldr_alpha_mode ? 257u : 16u); }

void write_ends(uint block, uint p, uint mode, ivec4 v, ivec4 w, AstcTablesMemory memory) {
  uvec2 low = error_colour(), high = low;
  const bool is_hdr = (hdr_modes >> mode & 1u) != 0u;
  if (!is_hdr) {
    const AstcEnds ends = astc_endpoints(mode, v, w);
    low = packed(wide(ends.low));
    high = packed(wide(ends.high));
  } else if (hdr) {
    const AstcEnds ends = astc_hdr_endpoints(mode, v, w, memory);
    low = packed(wide_hdr(ends.low, mode));
    high = packed(wide_hdr(ends.high, mode));
  }
  AstcLinesMemory lines = AstcLinesMemory(push.records);
  lines.block[block].ends[2u * p] = low;
  lines.block[block].ends[2u * p + 1u] = high;
}

void parse(uint block, uvec4 bits, AstcTablesMemory memory) {
  const uint mode = memory.tables.modes[bits.x & 2047u];
  const uint weight_bits = mode >> astc_mode_bits & 127u;
  const uint partitions = astc_field(bits, 11u, 2u) + 1u;
  const bool planes = (mode >> astc_mode_planes & 1u) != 0u;
  if (weight_bits == 0u || (planes && partitions == 4u)) {
    write_error(block);
    return;
  }

  // The endpoint modes: one for all, or a bit of class and two of mode for each partition, some below the weights.
  uint below = 128u - weight_bits;
  const uint selector = partitions == 1u ? 0u : astc_field(bits, 23u, 2u);
  const uint common_mode = partitions == 1u ? astc_field(bits, 13u, 4u) : astc_field(bits, 25u, 4u);
  const uint extra = selector == 0u ? 0u : 3u * partitions - 4u;
  below -= extra;
  const uint fields = astc_field(bits, 25u, 4u) | astc_field(bits, below, extra) << 4;
  uint modes = 0u, pairs = 0u, logarithmic = 0u;  // four bits a partition
  for (uint p = 0u; p < partitions; ++p) {
    const uint own = (selector - 1u + (fields >> p & 1u)) * 4u + (fields >> (partitions + 2u * p) & 3u);
    const uint endpoint_mode = selector == 0u ? common_mode : own;
    modes |= endpoint_mode << 4u * p;
    pairs += (endpoint_mode >> 2) + 1u;
    if ((hdr_modes >> endpoint_mode & 1u) != 0u) logarithmic |= (endpoint_mode == ldr_alpha_mode ? 7u : 15u) << 4u * p;
  }
  below -= planes ? 2u : 0u;

  const uint first = partitions == 1u ? 17u : 29u;
  const uint room = below < first ? 0u : below - first;
  const uint range = pairs > 9u ? astc_no_range : astc_byte(memory.tables.colour_ranges[pairs][room >> 2], room);
  if (range == astc_no_range) {
    write_error(block);
    return;
  }

  AstcLinesMemory lines = AstcLinesMemory(push.records);
  lines.block[block].head = mode | (partitions - 1u) << astc_head_partitions |
                            (planes ? astc_field(bits, below, 2u) : 0u) << astc_head_channel;
  lines.block[block].pattern = astc_pattern_of(partitions == 1u ? 0u : astc_field(bits, 13u, 10u), partitions);
  lines.block[block].logarithmic = logarithmic;

  const AstcSequence sequence = astc_sequence(range, memory);
  const uint end = first + memory.tables.sequence_bits[pairs][range];
  uint value = 0u;
  for (uint p = 0u; p < partitions; ++p) {
    const uint endpoint_mode = modes >> 4u * p & 15u;
    ivec4 v[2];
    [[unroll]] for (uint i = 0u; i < 8u; ++i) {
      const uint number = min(value + i, 17u);  // those that the mode lacks do not matter
      v[i / 4u][i % 4u] =
          int(astc_colour_value(memory, range, astc_sequence_value(bits, first, end, sequence, number, memory)));
    }
    value += 2u * (endpoint_mode >> 2) + 2u;
    write_ends(block, p, endpoint_mode, v[0], v[1], memory);
  }
  write_weights(block, bits, mode, memory);
}

void main() {
  const uint block = gl_GlobalInvocationID.x;
  if (block >= push.grid.x * push.grid.y) return;
  const uvec4 bits = AstcBlocks(push.blocks).block[block];
  if ((bits.x & 0x1ffu) == 0x1fcu) write_void_extent(block, bits);
  else parse(block, bits, AstcTablesMemory(push.tables));
}
