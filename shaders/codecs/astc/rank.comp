// Finds divisions of each block's colours that are worth trying. For 2, 3 and 4 partitions: lines and the texels that are
// nearest to them, in turn, give the ideal division; of the format's patterns those are measured that differ from it in the
// fewest texels, whatever the labels.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/modes.glsl"

shared uint ideal_words[9];                 // the ideal division, two bits a texel
shared uint mismatches[astc_partition_seeds];
shared uint nearest_key;

const uint words = (texel_count + 15u) / 16u;

// Each texel to the line that it is nearest to.
void assign_texels(uint partitions, vec4 channels) {
  for (uint t = lane(); t < texel_count; t += group_size) {
    float least = no_hope;
    for (uint p = 0u; p < partitions; ++p) {
      float weight;
      const float off = off_line(texels[t], line_low[p], line_high[p], channels, weight);
      if (off < least) {
        least = off;
        part_of[t] = p;
      }
    }
  }
  together();
}

// Equal parts of the block's one line to start with.
void divide_ideally(uint partitions, vec4 channels) {
  take_pattern(1u, 0u);
  fit_lines(1u, channels);
  for (uint t = lane(); t < texel_count; t += group_size) {
    float weight;
    off_line(texels[t], line_low[0], line_high[0], channels, weight);
    part_of[t] = min(uint(weight * (float(partitions) / 64.0)), partitions - 1u);
  }
  together();
  for (uint step = 0u; step < 5u; ++step) {
    fit_lines(partitions, channels);
    assign_texels(partitions, channels);
  }
  for (uint w = lane(); w < words; w += group_size) {
    uint packed = 0u;
    for (uint i = 0u; i < 16u; ++i) packed |= (w * 16u + i < texel_count ? part_of[min(w * 16u + i, texel_count - 1u)] : 0u) << 2u * i;
    ideal_words[w] = packed;
  }
  together();
}

// The texels of a word that are in partition p, one bit of each pair.
uint members(uint word, uint p) {
  const uint same = ~(word ^ p * 0x55555555u);
  return same & same >> 1 & 0x55555555u;
}

// Texels of the pattern that have to change for it to be the ideal division, under the labels that suit best.
uint mismatch(uint partitions, uint seed) {
  const uint first = ((partitions - 2u) * astc_partition_seeds + seed) * 9u;
  uvec4 together[4];  // [i][j]: texels of partition i there and j here
  [[unroll]] for (uint i = 0u; i < 4u; ++i) together[i] = uvec4(0u);
  for (uint w = 0u; w < words; ++w) {
    const uint pattern = search_tables().search.patterns[first + w], wanted = ideal_words[w];
    const uint inside = texel_count - w * 16u >= 16u ? 0x55555555u : (1u << 2u * (texel_count & 15u)) - 1u & 0x55555555u;
    [[unroll]] for (uint i = 0u; i < 4u; ++i) {
      const uint there = members(pattern, i) & inside;
      if (i < partitions)
        together[i] += uvec4(bitCount(there & members(wanted, 0u)), bitCount(there & members(wanted, 1u)),
                             bitCount(there & members(wanted, 2u)), bitCount(there & members(wanted, 3u)));
    }
  }
  uint best = 0u;
  if (partitions == 2u) {
    best = max(together[0].x + together[1].y, together[0].y + together[1].x);
  } else {
    // Partitions 2 and 3 share what 0 and 1 leave, the better way round.
    [[unroll]] for (uint a = 0u; a < 4u; ++a) {
      [[unroll]] for (uint b = 0u; b < 4u; ++b) {
        if (a == b || max(a, b) >= partitions) continue;
        const uint c = a != 0u && b != 0u ? 0u : a != 1u && b != 1u ? 1u : 2u;
        const uint d = 6u - a - b - c;
        const uint rest = partitions == 3u ? together[2][c] : max(together[2][c] + together[3][d], together[2][d] + together[3][c]);
        best = max(best, together[0][a] + together[1][b] + rest);
      }
    }
  }
  return texel_count - best;
}

void match_patterns(uint partitions) {
  for (uint seed = lane(); seed < astc_partition_seeds; seed += group_size) mismatches[seed] = mismatch(partitions, seed);
  together();
}

// The seed of the nearest pattern not taken yet, which it takes.
uint take_nearest() {
  if (lane() == 0u) nearest_key = 0xffffffffu;
  together();
  for (uint seed = lane(); seed < astc_partition_seeds; seed += group_size)
    atomicMin(nearest_key, mismatches[seed] << 10 | seed);
  together();
  const uint seed = nearest_key & 1023u;
  together();
  if (lane() == 0u) mismatches[seed] = 0xfffffu;
  together();
  return seed;
}

// The list in rising order of what is left off the lines: invocation 0 keeps it.
shared AstcCandidate list[astc_most_candidates];
shared uint listed;

void insert(float estimate, uint what, uint room) {
  if (lane() == 0u) {
    uint at = min(listed, room);
    while (at > 0u && list[at - 1u].estimate > estimate) {
      if (at < room) list[at] = list[at - 1u];
      --at;
    }
    if (at < room) list[at] = AstcCandidate(estimate, what);
    listed = min(listed + 1u, room);
  }
  together();
}

// The best `keep` of the nearest patterns, behind the `first` candidates that are listed.
void add_partitions(uint partitions, uint keep, uint block) {
  const Division whole = division_of(partitions - 1u);
  divide_ideally(partitions, whole.in_line);
  match_patterns(partitions);
  if (lane() == 0u) listed = 0u;
  together();
  for (uint i = 0u; i < settings().seeds; ++i) {
    const uint seed = take_nearest();
    take_pattern(partitions, seed);
    fit_lines(partitions, whole.in_line);
    insert(wish_weights(whole), partitions - 1u | seed << 2, keep);
  }
  AstcStates states = AstcStates(push.state);
  if (lane() == 0u) {
    const uint first = states.state[block].count;
    for (uint i = 0u; i < listed; ++i) states.state[block].candidates[first + i] = list[i];
    states.state[block].count = first + listed;
  }
  together();
}

void add_planes(uint block) {
  take_pattern(1u, 0u);
  if (lane() == 0u) listed = 0u;
  together();
  for (uint c = 0u; c < (has_alpha ? 4u : 3u); ++c) {
    const Division division = division_of((c + 1u) << 12);
    fit_lines(1u, division.in_line);
    insert(wish_weights(division), (c + 1u) << 12, 4u);
  }
  AstcStates states = AstcStates(push.state);
  if (lane() == 0u) {
    const uint first = states.state[block].count;
    for (uint i = 0u; i < min(listed, 2u); ++i) states.state[block].candidates[first + i] = list[i];
    states.state[block].count = first + min(listed, 2u);
  }
  together();
}

void main() {
  if (gl_WorkGroupID.x >= push.count) return;
  const uint block = push.first + gl_WorkGroupID.x;
  load_texels(block);
  AstcStates states = AstcStates(push.state);
  if (lane() == 0u) {
    states.state[block].count = 1u;
    states.state[block].candidates[0] = AstcCandidate(0.0, 0u);
  }
  together();
  if (settings().most_partitions >= 2u) add_partitions(2u, 4u, block);
  if (settings().two_planes != 0u) add_planes(block);
  if (settings().most_partitions >= 3u) add_partitions(3u, 3u, block);
  if (settings().most_partitions >= 4u) add_partitions(4u, 2u, block);
}
