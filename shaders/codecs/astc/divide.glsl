// The ideal division of a block's colours, and how far the format's patterns are from it.
#ifndef TXS_ASTC_DIVIDE_GLSL
#define TXS_ASTC_DIVIDE_GLSL
#include "codecs/astc/lines.glsl"

uint ideal[astc_pattern_words];  // the ideal division, two bits a texel

// Each texel to the line that it is nearest to.
void assign_texels(uint partitions, vec4 channels) {
  uint word = 0u;
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    const vec4 texel = texel_of(walk);
    float least = no_hope, share;
    uint nearest = 0u;
    for (uint p = 0u; p < partitions; ++p) {
      const float off = off_line(texel, choose(line_low, p), choose(line_high, p), channels, share);
      nearest = off < least ? p : nearest;
      least = min(off, least);
    }
    word |= nearest << 2u * (walk.t & 15u);
    pattern[walk.t >> 4] = word;
    word = (walk.t & 15u) == 15u ? 0u : word;
  }
}

// Equal parts of the block's one line to start with; then lines and the texels nearest to them in turn.
void divide_ideally(uint partitions, vec4 channels) {
  take_pattern(1u, 0u);
  fit_line(0u, channels);
  uint word = 0u;
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    float share;
    off_line(texel_of(walk), line_low[0], line_high[0], channels, share);
    word |= uint(clamp(share * float(partitions), 0.0, float(partitions) - 1.0)) << 2u * (walk.t & 15u);
    ideal[walk.t >> 4] = word;
    word = (walk.t & 15u) == 15u ? 0u : word;
  }
  pattern = ideal;
  for (uint step = 0u; step < 4u; ++step) {
    fit_lines(partitions, channels);
    assign_texels(partitions, channels);
  }
  ideal = pattern;
}

// The texels of a word that are in partition p, one bit of each pair.
uint members(uint word, uint p) {
  const uint same = ~(word ^ p * 0x55555555u);
  return same & same >> 1 & 0x55555555u;
}

// The largest number of texels that can stay where they are, when partition i there is called the j of `shared_by[i][j]`
// texels here.
uint most_kept(uint partitions, uvec4 shared_by[4]) {
  if (partitions == 2u) return max(shared_by[0].x + shared_by[1].y, shared_by[0].y + shared_by[1].x);
  uint best = 0u;
  // Unrolled: this runs for a thousand patterns, and llvmpipe ends loops after 65535 rounds in all.
  [[unroll]] for (uint a = 0u; a < 4u; ++a) {
    [[unroll]] for (uint b = 0u; b < 4u; ++b) {
      if (a == b) continue;
      // Partitions 2 and 3 share what 0 and 1 leave, the better way round.
      const uint c = a != 0u && b != 0u ? 0u : a != 1u && b != 1u ? 1u : 2u;
      const uint d = 6u - a - b - c;
      const uint rest = partitions == 3u ? shared_by[2][c]
                                         : max(shared_by[2][c] + shared_by[3][d], shared_by[2][d] + shared_by[3][c]);
      best = max(a, b) >= partitions ? best : max(best, shared_by[0][a] + shared_by[1][b] + rest);
    }
  }
  return best;
}

// Texels of the pattern that have to change for it to be the ideal division, under the labels that suit best.
uint mismatch(uint partitions, uint seed) {
  const uint first = ((partitions - 2u) * astc_partition_seeds + seed) * astc_pattern_words;
  uvec4 shared_by[4] = uvec4[4](uvec4(0u), uvec4(0u), uvec4(0u), uvec4(0u));
  for (uint w = 0u; w < pattern_words; ++w) {
    const uint theirs = search_tables().search.patterns[first + w], ours = ideal[w];
    const uint here = texel_count - w * 16u;
    const uint inside = here >= 16u ? 0x55555555u : (1u << 2u * here) - 1u & 0x55555555u;
    const uvec4 wanted = uvec4(members(ours, 0u), members(ours, 1u), members(ours, 2u), members(ours, 3u)) & inside;
    shared_by[0] += uvec4(bitCount(uvec4(members(theirs, 0u)) & wanted));
    shared_by[1] += uvec4(bitCount(uvec4(members(theirs, 1u)) & wanted));
    if (partitions == 2u) continue;
    shared_by[2] += uvec4(bitCount(uvec4(members(theirs, 2u)) & wanted));
    shared_by[3] += uvec4(bitCount(uvec4(members(theirs, 3u)) & wanted));
  }
  return texel_count - most_kept(partitions, shared_by);
}
#endif
