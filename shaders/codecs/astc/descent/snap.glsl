// From the lines in work to the patterns that a seed can ask for and that are nearest to the division these lines would like.
#ifndef TXS_ASTC_DESCENT_SNAP_GLSL
#define TXS_ASTC_DESCENT_SNAP_GLSL
#include "codecs/astc/descent/lines.glsl"

AstcSnappingMemory snapping() { return AstcSnappingMemory(settings.snapping); }

// Low bits of the texels of a word that are in partition p.
uint texels_in(uint word, uint p, uint mask) {
  const uint first = (p & 1u) != 0u ? word : ~word, second = (p & 2u) != 0u ? word >> 1 : ~word >> 1;
  return first & second & mask;
}

// Of each word the texels that are on line 0, 1, 2, 3: it is their nearest, or equally near.
uvec4 on_line[map_words];

void find_texels_on_lines(uint partitions) {
  for (uint w = 0u; w < map_words; ++w) {
    const uint texels = min(texel_count - 16u * w, 16u);
    uvec4 on = uvec4(0u);
    for (uint i = 0u; i < texels; ++i) {
      const vec4 texel = texel_at(16u * w + i);
      vec4 off = vec4(off_line(texel, low[0], high[0]), off_line(texel, low[1], high[1]), 1e30, 1e30);
      if (partitions > 2u) off.z = off_line(texel, low[2], high[2]);
      if (partitions > 3u) off.w = off_line(texel, low[3], high[3]);
      const float reach = min(min(off.x, off.y), min(off.z, off.w)) + equally_near;
      on |= uvec4(lessThanEqual(off, vec4(reach))) << 2u * i;
    }
    on_line[w] = on;
  }
}

// The same of the map: each texel on its one line.
void find_texels_of_map() {
  for (uint w = 0u; w < map_words; ++w) {
    const uint mask = word_mask(w);
    on_line[w] = uvec4(texels_in(map[w], 0u, mask), texels_in(map[w], 1u, mask), texels_in(map[w], 2u, mask),
                       texels_in(map[w], 3u, mask));
  }
}

uint pattern_word(uint partitions, uint number, uint w) {
  return snapping().snapping.patterns[partitions - 2u][number][w];
}

// The most texels that agree with a pattern under any naming, of two partitions, of three and of four.

uint most_of_two(uint number) {
  uvec2 agreeing = uvec2(0u);
  for (uint w = 0u; w < map_words; ++w) {
    const uint second = pattern_word(2u, number, w);
    agreeing += uvec2(bitCount(on_line[w].xy & ~second | on_line[w].yx & second));
  }
  return max(agreeing.x, agreeing.y);
}

// Lines in turn, the one way round and the other.
uint most_of_three(uint number) {
  uvec3 forth = uvec3(0u), back = uvec3(0u);
  for (uint w = 0u; w < map_words; ++w) {
    const uint second = pattern_word(3u, number, w), third = second >> 1, first = ~(second | third);
    const uvec3 on = on_line[w].xyz;
    forth += uvec3(bitCount(on & first | on.yzx & second | on.zxy & third));
    back += uvec3(bitCount(on & first | on.zxy & second | on.yzx & third));
  }
  const uvec3 most = max(forth, back);
  return max(most.x, max(most.y, most.z));
}

// shared_texels[b][a]: texels that are in partition b of the pattern and on line a.
uvec4 shared_texels[4];

void compare(uint partitions, uint number) {
  [[unroll]] for (uint b = 0u; b < 4u; ++b) shared_texels[b] = uvec4(0u);
  for (uint w = 0u; w < map_words; ++w) {
    const uint pattern = pattern_word(partitions, number, w);
    [[unroll]] for (uint b = 0u; b < 4u; ++b)
      shared_texels[b] += uvec4(bitCount(on_line[w] & texels_in(pattern, b, word_mask(w))));
  }
}

// Two partitions have two lines between them, the other two the rest, each pair either way round.
uint most_of_four(uint number) {
  compare(4u, number);
  uint most = 0u;
  [[unroll]] for (uint i = 0u; i < 3u; ++i) {
    [[unroll]] for (uint j = i + 1u; j < 4u; ++j) {
      const uint k = i == 0u ? (j == 1u ? 2u : 1u) : 0u, l = 6u - i - j - k;
      const uint first = max(shared_texels[0][i] + shared_texels[1][j], shared_texels[0][j] + shared_texels[1][i]);
      const uint second = max(shared_texels[2][k] + shared_texels[3][l], shared_texels[2][l] + shared_texels[3][k]);
      most = max(most, first + second);
    }
  }
  return most;
}

// Texels that the pattern puts on a line that they are not on, under the names that suit best.
uint distance_to(uint partitions, uint number) {
  uint most = 0u;
  if (partitions == 2u) most = most_of_two(number);
  if (partitions == 3u) most = most_of_three(number);
  if (partitions == 4u) most = most_of_four(number);
  return texel_count - most;
}

// Distance << 10 | number of the nearest patterns, nearest first, the lower number first of those equally near.
uint nearest[astc_descent_most_patterns];
uint nearest_at(uint k) {
  uint found = nearest[0];
  [[unroll]] for (uint i = 1u; i < astc_descent_most_patterns; ++i) found = k == i ? nearest[i] : found;
  return found;
}

// 4x4 texels: the map's, by the table of all divisions. Its keys number the partitions in the order in which they come first.
uint nearest_by_table(uint partitions) {
  uint names = 0u, named = 0u, next = 0u, key = 0u;
  for (uint t = 0u; t < 16u; ++t) {
    const uint p = map[0] >> 2u * t & 3u;
    const bool is_new = (named >> p & 1u) == 0u;
    names |= is_new ? next << 2u * p : 0u;
    named |= 1u << p;
    next += is_new ? 1u : 0u;
    key = key * partitions + (names >> 2u * p & 3u);
  }
  const uint first = partitions == 2u ? 0u : astc_nearest_two_words;
  return snapping().nearest[first + key / 3u] >> 10u * (key % 3u) & 1023u;
}

bool has_table(uint partitions) { return texel_count == 16u && partitions < 4u && snapping().snapping.has_tables != 0u; }

void list_nearest(uint number, uint agreeing) {
  uint next = (texel_count - agreeing) << 10 | number;
  [[unroll]] for (uint i = 0u; i < astc_descent_most_patterns; ++i) {
    const uint before = nearest[i];
    nearest[i] = min(before, next);
    next = max(before, next);
  }
}

// The nearest `wanted` into `nearest`; gives how many there are.
uint find_nearest(uint partitions, uint wanted) {
  [[unroll]] for (uint i = 0u; i < astc_descent_most_patterns; ++i) nearest[i] = 0xffffffffu;
  if (wanted == 1u && has_table(partitions)) {
    const uint number = nearest_by_table(partitions);
    nearest[0] = distance_to(partitions, number) << 10 | number;
    return 1u;
  }
  const uint count = snapping().snapping.counts[partitions - 2u];
  // Loops that have no rounds where they do not apply: both sides of an `if` are walked on software devices.
  for (uint i = partitions == 2u ? 0u : count; i < count; ++i) list_nearest(i, most_of_two(i));
  for (uint i = partitions == 3u ? 0u : count; i < count; ++i) list_nearest(i, most_of_three(i));
  for (uint i = partitions == 4u ? 0u : count; i < count; ++i) list_nearest(i, most_of_four(i));
  return min(wanted, count);
}

uint seed_of(uint partitions, uint number) { return snapping().snapping.seeds[partitions - 2u][number]; }

// The lines that have most texels with the pattern's partitions: partition a of the pattern is line names >> 2a. `compare` has
// been done.
const uint own_names = 0xe4u;
uint names_in_map() {
  uint best = own_names, most = 0u;
  [[unroll]] for (uint code = 0u; code < 24u; ++code) {
    const uint i = code / 6u, second = code / 2u % 3u, third = code % 2u;
    const uint j = second < i ? second : second + 1u;
    const uint lower = min(i, j), upper = max(i, j);
    // The two that are left, in rising order.
    const uint r0 = lower == 0u ? (upper == 1u ? 2u : 1u) : 0u, r1 = 6u - i - j - r0;
    const uint k = third == 0u ? r0 : r1, l = third == 0u ? r1 : r0;
    const uint agreeing = shared_texels[0][i] + shared_texels[1][j] + shared_texels[2][k] + shared_texels[3][l];
    const bool better = agreeing > most;
    most = better ? agreeing : most;
    best = better ? i | j << 2 | k << 4 | l << 6 : best;
  }
  return best;
}

// The map becomes the pattern, its partitions under the names of the lines that they suit. Gives the names.
uint take_pattern(uint partitions, uint number) {
  compare(partitions, number);
  const uint names = names_in_map();
  for (uint w = 0u; w < map_words; ++w) {
    const uint pattern = pattern_word(partitions, number, w), mask = word_mask(w);
    uint renamed = 0u;
    [[unroll]] for (uint a = 0u; a < 4u; ++a) renamed |= texels_in(pattern, a, mask) * (names >> 2u * a & 3u);
    map[w] = renamed;
  }
  return names;
}
#endif
