// A block, decoded by one invocation: software devices take as long to load a word as to compute a texel, so that what
// a block's texels share is loaded once.
#ifndef TXS_ASTC_DECODE_GLSL
#define TXS_ASTC_DECODE_GLSL
#include "codecs/astc/endpoints.glsl"
#include "codecs/astc/hdr_endpoints.glsl"
#include "codecs/astc/header.glsl"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;
layout(constant_id = 2) const bool srgb = false;
layout(constant_id = 3) const bool hdr = false;

const uint ldr_alpha_mode = 14u;

// Low and high end of each partition as they are interpolated: 16 bits a channel, red lowest.
uvec2 low_end[4], high_end[4];
// Of the HDR profile: bit 4 p + c: channel c of partition p interpolates pseudo-logarithms; whether a colour is of
// halves.
uint logarithmic = 0u;
bool halves = false;
// Of the grid, 0..64: bytes as they are stored, of two planes the first one's and the second one's in turn.
uint grid_weights[16];

uvec2 packed(uvec4 c) { return c.xz | c.yw << 16; }
uvec4 unpacked(uvec2 c) { return uvec4(c.x & 0xffffu, c.x >> 16, c.y & 0xffffu, c.y >> 16); }

// Component by component: Mesa 22.3 chooses but the first one of a vector by a specialisation constant.
uvec2 error_colour() { return uvec2(hdr ? 0x3c00u : 0xffffu, hdr ? 0x3c003c00u : 0xffffffffu); }

// KDFS 23.22: four values of 16 bits: unorm, or halves. Of infinity and NaN the result is undefined: the largest half.
uvec2 void_extent_colour(uvec4 bits) {
  const uvec4 stored = unpacked(bits.zw);
  return halves ? packed(mix(stored, uvec4(0x7bffu), equal(stored & 0x7c00u, uvec4(0x7c00u)))) : bits.zw;
}

// As they are interpolated (KDFS 23.18).
uvec2 wide(ivec4 colour) { return packed(uvec4(colour) << 8 | (srgb ? uvec4(0x80u) : uvec4(colour))); }
uvec2 wide_hdr(ivec4 colour, uint mode) {
  return packed(uvec4(colour) * uvec4(uvec3(16u), mode == ldr_alpha_mode ? 257u : 16u));
}

void read_ends(uvec4 bits, AstcHeader header, AstcTablesMemory memory) {
  const AstcSequence sequence =
      astc_sequence(header.colour_range, memory.tables.colour_steps[header.colour_range], memory);
  uint value = 0u;
  for (uint p = 0u; p < header.partitions; ++p) {
    const uint mode = header.endpoint_modes >> 4u * p & 15u;
    ivec4 v[2];
    [[unroll]] for (uint i = 0u; i < 8u; ++i) {
      const uint stored = astc_sequence_value(bits, header.first_colour_bit, header.colours_end, sequence,
                                              min(value + i, 17u));  // those that the mode lacks do not matter
      v[i / 4u][i % 4u] = int(astc_meant(stored, sequence, 9u));
    }
    value += 2u * (mode >> 2) + 2u;
    uvec2 low = error_colour(), high = low;
    if (!astc_is_hdr(mode)) {
      const AstcEnds ends = astc_endpoints(mode, v[0], v[1]);
      low = wide(ends.low);
      high = wide(ends.high);
    } else if (hdr) {
      const AstcEnds ends = astc_hdr_endpoints(mode, v[0], v[1], memory);
      low = wide_hdr(ends.low, mode);
      high = wide_hdr(ends.high, mode);
      logarithmic |= (mode == ldr_alpha_mode ? 7u : 15u) << 4u * p;
    }
    [[unroll]] for (uint i = 0u; i < 4u; ++i) {
      if (i == p) low_end[i] = low;
      if (i == p) high_end[i] = high;
    }
  }
}

void read_weights(uvec4 bits, uint mode, AstcTablesMemory memory) {
  const uint range = mode >> astc_mode_range & 15u, end = mode >> astc_mode_bits & 127u;
  const uint count = (mode >> astc_mode_width & 15u) * (mode >> astc_mode_height & 15u) *
                     ((mode >> astc_mode_planes & 1u) + 1u);
  const AstcSequence sequence = astc_sequence(range, memory.tables.weight_steps[range], memory);
  const uvec4 turned = bitfieldReverse(bits.wzyx);  // weights are stored from the top down
  for (uint word = 0u; 4u * word < count; ++word) {
    uint four = 0u;
    for (uint i = 0u; i < 4u; ++i) {
      const uint in_63rds = astc_meant(astc_sequence_value(turned, 0u, end, sequence, 4u * word + i), sequence, 7u);
      four |= (in_63rds > 32u ? in_63rds + 1u : in_63rds) << 8u * i;
    }
    grid_weights[word] = four;
  }
}

// The weights of both planes at a grid point; where there is one plane the second one's do not matter.
uvec2 weights_of(uint point, uint planes) {
  const uint byte = point * planes;
  const uint both = grid_weights[min(byte >> 2, 15u)] >> 8u * (byte & 3u);
  return uvec2(both, both >> 8) & 255u;
}

void put_texel(uvec2 texel, uvec4 value, uint logarithmic_channels);

void decode_block(uvec2 block) {
  AstcTablesMemory memory = AstcTablesMemory(push.tables);
  const uvec4 bits = AstcBlocks(push.blocks).block[block.y * push.grid.x + block.x];
  AstcHeader header = astc_header(bits, hdr, memory);
  halves = (bits.x >> 9 & 1u) != 0u || header.kind == astc_kind_error;
  low_end[0] = high_end[0] = header.kind == astc_kind_error ? error_colour() : void_extent_colour(bits);
  if (header.kind == astc_kind_lines) {
    halves = false;
    read_ends(bits, header, memory);
    read_weights(bits, header.mode, memory);
  } else {  // a grid of one point, whose weight does not matter
    header.mode = 1u << astc_mode_width | 1u << astc_mode_height;
    header.partitions = 1u;
    header.seed = 0u;
    header.second_channel = 4u;
  }

  const AstcPattern pattern = astc_pattern_of(header.seed, header.partitions);
  const uint planes = (header.mode >> astc_mode_planes & 1u) + 1u;
  const uint grid_width = header.mode >> astc_mode_width & 15u, grid_height = header.mode >> astc_mode_height & 15u;
  const bvec4 second = equal(uvec4(0u, 1u, 2u, 3u), uvec4(header.second_channel));
  for (uint y = 0u; y < block_height; ++y) {
    const uint gy = astc_grid_position(y, block_height, grid_height), fy = gy & 15u;
    for (uint x = 0u; x < block_width; ++x) {
      const uint gx = astc_grid_position(x, block_width, grid_width), fx = gx & 15u;
      const uint point = (gy >> 4) * grid_width + (gx >> 4);
      const uint share11 = (fx * fy + 8u) >> 4;
      const uint share10 = fx - share11, share01 = fy - share11, share00 = 16u - fx - fy + share11;
      // Beyond the grid shares are 0.
      const uvec2 weights = (weights_of(point, planes) * share00 + weights_of(point + 1u, planes) * share10 +
                             weights_of(point + grid_width, planes) * share01 +
                             weights_of(point + grid_width + 1u, planes) * share11 + 8u) >> 4;
      const uvec4 weight = mix(uvec4(weights.x), uvec4(weights.y), second);

      const uint part = astc_pattern_part(pattern, x, y, block_width * block_height);
      const uvec2 low = part == 0u ? low_end[0] : part == 1u ? low_end[1] : part == 2u ? low_end[2] : low_end[3];
      const uvec2 high = part == 0u ? high_end[0] : part == 1u ? high_end[1] : part == 2u ? high_end[2] : high_end[3];
      const uvec4 value = (unpacked(low) * (64u - weight) + unpacked(high) * weight + 32u) >> 6;
      const uvec2 texel = block * uvec2(block_width, block_height) + uvec2(x, y);
      if (all(lessThan(texel, push.size))) put_texel(texel, value, logarithmic >> 4u * part);
    }
  }
}

void main() {
  const uvec2 block = gl_GlobalInvocationID.xy;
  if (all(lessThan(block, push.grid))) decode_block(block);
}
#endif
