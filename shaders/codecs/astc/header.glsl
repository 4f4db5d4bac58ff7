// What a block says before its integers (KDFS 23.10, 23.11), and whether it is legal (KDFS 23.23).
#ifndef TXS_ASTC_HEADER_GLSL
#define TXS_ASTC_HEADER_GLSL
#include "codecs/astc/astc_bits.glsl"

const uint astc_kind_error = 0u, astc_kind_void_extent = 1u, astc_kind_lines = 2u;

struct AstcHeader {
  uint kind;
  uint mode;              // as AstcTables::modes has it
  uint partitions, seed;
  uint endpoint_modes;    // four bits a partition
  uint second_channel;    // that takes the second plane of weights; 4: there is one plane
  uint colour_range, first_colour_bit, colours_end;
};

// A bit of each endpoint mode that LDR blocks may not have.
const uint astc_hdr_modes = 1u << 2 | 1u << 3 | 1u << 7 | 1u << 11 | 1u << 14 | 1u << 15;
bool astc_is_hdr(uint endpoint_mode) { return (astc_hdr_modes >> endpoint_mode & 1u) != 0u; }

// KDFS 23.22. `hdr`: of the HDR profile.
bool astc_legal_void_extent(uvec4 bits, bool hdr) {
  const uint least_s = astc_field(bits, 12u, 13u), most_s = astc_field(bits, 25u, 13u);
  const uint least_t = astc_field(bits, 38u, 13u), most_t = astc_field(bits, 51u, 13u);
  const bool no_extent = (least_s & most_s & least_t & most_t) == 8191u;
  const bool light = (bits.x >> 9 & 1u) != 0u;
  return (bits.x >> 10 & 3u) == 3u && (!light || hdr) && (no_extent || (least_s < most_s && least_t < most_t));
}

AstcHeader astc_header(uvec4 bits, bool hdr, AstcTablesMemory memory) {
  AstcHeader header;
  header.kind = astc_kind_error;
  header.mode = memory.tables.modes[bits.x & 2047u];
  const uint weight_bits = header.mode >> astc_mode_bits & 127u;
  const bool planes = (header.mode >> astc_mode_planes & 1u) != 0u;
  header.partitions = (bits.x >> 11 & 3u) + 1u;
  header.seed = header.partitions == 1u ? 0u : astc_field(bits, 13u, 10u);

  // The endpoint modes: one for all, or a bit of class and two of mode for each partition, some below the weights.
  const uint selector = header.partitions == 1u ? 0u : astc_field(bits, 23u, 2u);
  const uint common_mode = header.partitions == 1u ? astc_field(bits, 13u, 4u) : astc_field(bits, 25u, 4u);
  const uint extra = selector == 0u ? 0u : 3u * header.partitions - 4u;
  uint below = 128u - weight_bits - extra;
  const uint fields = astc_field(bits, 25u, 4u) | astc_field(bits, below, extra) << 4;
  uint pairs = 0u;
  header.endpoint_modes = 0u;
  [[unroll]] for (uint p = 0u; p < 4u; ++p) {
    const uint own = (selector - 1u + (fields >> p & 1u)) * 4u + (fields >> (header.partitions + 2u * p) & 3u);
    const uint endpoint_mode = selector == 0u ? common_mode : own;
    if (p >= header.partitions) continue;
    header.endpoint_modes |= endpoint_mode << 4u * p;
    pairs += (endpoint_mode >> 2) + 1u;
  }
  below -= planes ? 2u : 0u;
  header.second_channel = planes ? astc_field(bits, below, 2u) : 4u;

  header.first_colour_bit = header.partitions == 1u ? 17u : 29u;
  const uint room = below < header.first_colour_bit ? 0u : below - header.first_colour_bit;
  const uint few_pairs = min(pairs, 9u);
  header.colour_range = astc_byte(memory.tables.colour_ranges[few_pairs][room >> 2], room);
  header.colours_end = header.first_colour_bit + memory.tables.sequence_bits[few_pairs][min(header.colour_range, 20u)];
  const bool legal = weight_bits != 0u && !(planes && header.partitions == 4u) && pairs <= 9u &&
                     header.colour_range != astc_no_range;
  if (legal) header.kind = astc_kind_lines;
  if ((bits.x & 0x1ffu) == 0x1fcu)
    header.kind = astc_legal_void_extent(bits, hdr) ? astc_kind_void_extent : astc_kind_error;
  return header;
}
#endif
