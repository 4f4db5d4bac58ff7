// The ideal division of a block's colours, and what the format's patterns cost beside it.
#ifndef TXS_ASTC_DIVIDE_GLSL
#define TXS_ASTC_DIVIDE_GLSL
#include "codecs/astc/lines.glsl"

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

// Of each line, how much worse than by its own line a texel would be served: two bits a texel, in units that leave the mean of
// all texels and other lines at 5/2. So few levels choose patterns as well as exact costs do, can be counted by words, and let no
// texel that is far from every line decide alone.
uint costs[4][astc_pattern_words];

// The squared distances of a texel from the lines, above the least one.
vec4 above_least(vec4 texel, uint partitions, vec4 channels) {
  vec4 off = vec4(no_hope);
  float share;
  for (uint p = 0u; p < partitions; ++p) off[p] = off_line(texel, choose(line_low, p), choose(line_high, p), channels, share);
  const float least = min(min(off.x, off.y), min(off.z, off.w));
  return mix(vec4(0.0), off - least, lessThan(uvec4(0u, 1u, 2u, 3u), uvec4(partitions)));
}

void find_costs(uint partitions, vec4 channels) {
  float sum = 0.0;
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk))
    sum += dot(above_least(texel_of(walk), partitions, channels), vec4(1.0));
  const float levels_each = 2.5 * float(texel_count * (partitions - 1u)) / max(sum, 1e-3);
  uvec4 word = uvec4(0u);
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    const vec4 cost = above_least(texel_of(walk), partitions, channels) * levels_each;
    word |= uvec4(min(cost + 0.5, 3.0)) << 2u * (walk.t & 15u);
    for (uint p = 0u; p < 4u; ++p) costs[p][walk.t >> 4] = word[p];
    word = mix(word, uvec4(0u), bvec4((walk.t & 15u) == 15u));
  }
}

// Equal parts of the block's one line to start with; then lines and the texels nearest to them in turn.
void divide_ideally(uint partitions, vec4 channels) {
  take_pattern(1u, 0u);
  fit_line(0u, channels);
  uint ideal[astc_pattern_words], word = 0u;
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    float share;
    off_line(texel_of(walk), line_low[0], line_high[0], channels, share);
    word |= uint(clamp(share * float(partitions), 0.0, float(partitions) - 1.0)) << 2u * (walk.t & 15u);
    ideal[walk.t >> 4] = word;
    word = (walk.t & 15u) == 15u ? 0u : word;
  }
  pattern = ideal;
  for (uint step = 0u; step < 2u; ++step) {
    if (step > 0u) assign_texels(partitions, channels);
    fit_lines(partitions, channels);
  }
  find_costs(partitions, channels);
}

// The texels of a word that are in partition p, one bit of each pair.
uint members(uint word, uint p) {
  const uint same = ~(word ^ p * 0x55555555u);
  return same & same >> 1 & 0x55555555u;
}

// The least that a pattern can cost, when its partition i takes line j at the cost of `taken[i][j]`.
uint least_cost(uint partitions, uvec4 taken[4]) {
  if (partitions == 2u) return min(taken[0].x + taken[1].y, taken[0].y + taken[1].x);
  uint best = 0xffffffffu;
  // Unrolled: this runs for a thousand patterns, and llvmpipe ends loops after 65535 rounds in all.
  [[unroll]] for (uint a = 0u; a < 4u; ++a) {
    [[unroll]] for (uint b = 0u; b < 4u; ++b) {
      if (a == b) continue;
      // Partitions 2 and 3 share what 0 and 1 leave, the better way round.
      const uint c = a != 0u && b != 0u ? 0u : a != 1u && b != 1u ? 1u : 2u;
      const uint d = 6u - a - b - c;
      const uint rest = partitions == 3u ? taken[2][c] : min(taken[2][c] + taken[3][d], taken[2][d] + taken[3][c]);
      best = max(a, b) >= partitions ? best : min(best, taken[0][a] + taken[1][b] + rest);
    }
  }
  return best;
}

// What the pattern costs beside the ideal division, under the labels that suit best.
const uint most_cost = 3u * texel_count;
uint cost_of(uint partitions, uint seed) {
  const uint first = ((partitions - 2u) * astc_partition_seeds + seed) * astc_pattern_words;
  uvec4 taken[4] = uvec4[4](uvec4(0u), uvec4(0u), uvec4(0u), uvec4(0u));
  for (uint w = 0u; w < pattern_words; ++w) {
    const uint word = search_tables().search.patterns[first + w];
    const uvec4 odd = uvec4(costs[0][w], costs[1][w], costs[2][w], costs[3][w]), even = odd >> 1;
    // Unrolled, as below.
    [[unroll]] for (uint p = 0u; p < 4u; ++p) {
      if (p >= 2u && partitions == 2u) continue;
      taken[p] += uvec4(bitCount(odd & members(word, p)) + 2 * bitCount(even & members(word, p)));
    }
  }
  return least_cost(partitions, taken);
}
#endif
