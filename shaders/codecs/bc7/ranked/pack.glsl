// A candidate's block of bits (KDFS 1.4, section 20.1).
#ifndef TXS_BC7_RANKED_PACK_GLSL
#define TXS_BC7_RANKED_PACK_GLSL
#include "codecs/bc7/ranked/part.glsl"

// Endpoints of all parts as they pass between invocations: a byte a channel.
uint pack_bytes(vec4 v) {
  const uvec4 u = uvec4(v);
  return u.r | u.g << 8 | u.b << 16 | u.a << 24;
}
vec4 unpack_bytes(uint v) { return vec4(uvec4(v, v >> 8, v >> 16, v >> 24) & 255u); }

void put(inout uvec4 bits, uint at, uint value) {
  bits[at >> 5] |= value << (at & 31u);
  if ((at & 31u) != 0u && at < 96u) bits[(at >> 5) + 1u] |= value >> (32u - (at & 31u));
}

uvec2 shifted(uint value, uint by) {  // by at most 63
  const uint within = by & 31u;
  const uvec2 v = uvec2(value << within, value >> 1 >> (31u - within));
  return by < 32u ? v : uvec2(0u, v.x);
}

// The indices of the part in work, four bits each at their texels' places; its ends are exchanged where the anchor's
// index would have its top bit set, which is not stored.
uvec2 part_indices(uint anchor, inout Ends ends) {
  const Ruler ruler = ruler_of(ends);
  uvec2 indices = uvec2(0u), all = uvec2(0u);
  for (uint i = 0u; i < texel_list.count; ++i) {
    const uint t = listed_texel(i);
    indices |= shifted(uint(assign(ruler, part_texel(i)).index), 4u * t);
    all |= shifted(uint(last_entry), 4u * t);
  }
  const uint anchor_index = (anchor < 8u ? indices.x : indices.y) >> (4u * (anchor & 7u)) & 15u;
  if (float(anchor_index) * 2.0 <= last_entry) return indices;
  ends = Ends(ends.high, ends.low);
  return indices ^ all;
}

// `bits` of each index from texel 0 on, one less where `anchors` says so.
uvec2 index_stream(uvec2 indices, uint bits, uint anchors) {
  uvec2 stream = uvec2(0u);
  uint at = 0u;
  for (uint t = 0u; t < 16u; ++t) {
    stream |= shifted((t < 8u ? indices.x : indices.y) >> (4u * (t & 7u)) & 15u, at);
    at += bits - (anchors >> t & 1u);
  }
  return stream;
}

void put_stream(inout uvec4 bits, uint at, uvec2 stream) {
  put(bits, at, stream.x);
  if (at < 96u) put(bits, at + 32u, stream.y);
}

// Colour endpoints from bit `at` on: channel by channel, of each the ends of all parts, then the p-bits.
uint put_endpoints(inout uvec4 bits, uint at, Ends ends[3], uint channels) {
  const uint p_bit_count = p_bits() ? 1u : 0u;
  const uint width = colour_bits() - p_bit_count;
  [[unroll]] for (uint c = 0u; c < 4u; ++c)
    [[unroll]] for (uint s = 0u; s < 3u; ++s) {
      if (c >= channels || s >= subset_count) continue;
      put(bits, at, uint(ends[s].low[c]) >> p_bit_count);
      put(bits, at + width, uint(ends[s].high[c]) >> p_bit_count);
      at += 2u * width;
    }
  [[unroll]] for (uint s = 0u; s < 3u; ++s) {
    if (!p_bits() || s >= subset_count) continue;
    put(bits, at, uint(ends[s].low.r) & 1u);
    if (!p_bit_shared()) put(bits, at + 1u, uint(ends[s].high.r) & 1u);
    at += p_bit_shared() ? 1u : 2u;
  }
  return at;
}

uint anchor_of(uint anchors, uint mask) { return uint(findLSB(anchors & mask)); }

// `low` and `high`: the endpoints of each part, packed.
uvec4 pack_block(uint shape, uvec3 low, uvec3 high) {
  uint anchors = 1u;
  if (subset_count > 1u) anchors = push.tables.tables.partitions[(subset_count - 1u) * 64u + shape].anchors;
  Ends ends[3];
  uvec2 indices[3];
  [[unroll]] for (uint part = 0u; part < 3u; ++part) {
    ends[part] = Ends(vec4(0.0), vec4(0.0));
    indices[part] = uvec2(0u);
    if (part >= part_count) continue;
    begin_part(part, shape);
    ends[part] = Ends(unpack_bytes(low[part]), unpack_bytes(high[part]));
    indices[part] = part_indices(anchor_of(anchors, texel_list.mask), ends[part]);
    if (lines_have_alpha() && !alpha_counts()) ends[part].low.a = ends[part].high.a = top;
  }

  uvec4 bits = uvec4(1u << push.mode, 0u, 0u, 0u);
  uint at = push.mode + 1u;
  if (dual) {
    put(bits, at, rotation);
    if (push.mode == 4u) put(bits, at + 2u, shape & 1u);
    at = put_endpoints(bits, 8u, ends, 3u);
    put(bits, at, uint(ends[1].low.r));
    put(bits, at + separate_bits(), uint(ends[1].high.r));
    at += 2u * separate_bits();
    const bool exchanged = push.mode == 4u && (shape & 1u) != 0u;
    const uvec2 primary = exchanged ? indices[1] : indices[0], secondary = exchanged ? indices[0] : indices[1];
    put_stream(bits, at, index_stream(primary, 2u, 1u));
    put_stream(bits, at + 31u, index_stream(secondary, push.mode == 4u ? 3u : 2u, 1u));
    return bits;
  }
  const uint partition_bits = subset_count == 1u ? 0u : push.mode == 0u ? 4u : 6u;
  put(bits, at, shape);
  at = put_endpoints(bits, at + partition_bits, ends, lines_have_alpha() ? 4u : 3u);
  put_stream(bits, at, index_stream(indices[0] | indices[1] | indices[2], index_bits(0u, shape), anchors));
  return bits;
}
#endif
