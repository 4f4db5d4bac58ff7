// An invocation looks for the bits of one block. Its texels are fetched anew at each use, which costs less than keeping up
// to 144 of them; loops over them are rolled, so that one text serves all block sizes.
#ifndef TXS_ASTC_SEARCH_GLSL
#define TXS_ASTC_SEARCH_GLSL
#include "codecs/astc/astc_bits.glsl"
#include "interop/astc_search.h"

layout(local_size_x = astc_search_group) in;
layout(binding = 0) uniform sampler2D source;
layout(push_constant, scalar) uniform Push { BlockSearchPush push; };
layout(constant_id = 0) const uint block_width = 4;
layout(constant_id = 1) const uint block_height = 4;
layout(constant_id = 2) const bool srgb = false;
layout(constant_id = 3) const bool has_alpha = false;
const uint texel_count = block_width * block_height;
const uint pattern_words = (texel_count + 15u) / 16u;

const float no_hope = 1e30;

uint block;             // in work
ivec2 block_origin, last_texel;
uint pattern[astc_pattern_words];  // of the division in work: two bits a texel

AstcTablesMemory decode_tables() { return AstcTablesMemory(push.tables); }
AstcSearchTablesMemory search_tables() { return AstcSearchTablesMemory(push.tables); }
AstcSettings settings() { return AstcSettingsMemory(push.settings).settings; }

// a / b for whole numbers below 2^12; software devices divide unsigned ones lane by lane.
uint quotient(uint a, uint b) { return uint((float(a) + 0.5) / float(b)); }

/// False: there is none for this invocation.
bool begin_block() {
  if (gl_GlobalInvocationID.x >= push.count) return false;
  block = push.first + gl_GlobalInvocationID.x;
  // Not by `quotient`: pictures have more than 2^12 blocks. Once a block, a division costs nothing.
  const uint row = block / push.grid.x;
  block_origin = ivec2(block - row * push.grid.x, row) * ivec2(block_width, block_height);
  last_texel = ivec2(push.size) - 1;
  return true;
}

// RGBA, 0..255, whole numbers; alpha 255 where the picture has none. Beyond the edge the last row and column repeat.
vec4 texel_at(uint x, uint y) {
  vec4 texel = floor(texelFetch(source, min(block_origin + ivec2(x, y), last_texel), 0) * 255.0 + 0.5);
  if (!has_alpha) texel.a = 255.0;
  return texel;
}

// A walk over the block's texels, row by row:
//   for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) ... walk.x, walk.y, part_of(walk)
struct Walk {
  uint t, x, y;
};
Walk first_texel() { return Walk(0u, 0u, 0u); }
void next_texel(inout Walk walk) {
  ++walk.t;
  const bool row_ends = walk.x + 1u == block_width;
  walk.x = row_ends ? 0u : walk.x + 1u;
  walk.y += row_ends ? 1u : 0u;
}
vec4 texel_of(Walk walk) { return texel_at(walk.x, walk.y); }
uint part_of(uint t) { return (pattern_words == 1u ? pattern[0] : pattern[t >> 4]) >> 2u * (t & 15u) & 3u; }
uint part_of(Walk walk) { return part_of(walk.t); }

// A division of the block's colours.
struct Division {
  uint partitions, seed;
  uint channel;  // that a second plane of weights is for; 4: there is none
  vec4 in_line;  // 1 for the channels of the first plane
};

Division division_of(uint what) {
  Division division;
  division.partitions = (what & 3u) + 1u;
  division.seed = what >> 2 & 1023u;
  const uint plane = what >> 12 & 7u;
  division.channel = plane == 0u ? 4u : plane - 1u;
  division.in_line = mix(vec4(1.0), vec4(0.0), equal(uvec4(0u, 1u, 2u, 3u), uvec4(division.channel)));
  if (!has_alpha) division.in_line.a = 0.0;
  return division;
}

uint plane_count(Division division) { return division.channel == 4u ? 1u : 2u; }

// 1 for the channels whose weights are of a plane.
vec4 plane_channels(Division division, uint plane) {
  return plane == 0u ? division.in_line : mix(vec4(0.0), vec4(1.0), equal(uvec4(0u, 1u, 2u, 3u), uvec4(division.channel)));
}

void take_pattern(uint partitions, uint seed) {
  const uint first = ((max(partitions, 2u) - 2u) * astc_partition_seeds + seed) * astc_pattern_words;
  for (uint w = 0u; w < pattern_words; ++w)
    pattern[w] = partitions == 1u ? 0u : search_tables().search.patterns[first + w];
}

// One of four, by a number that differs from lane to lane: an array would go through memory.
vec4 choose(vec4 of[4], uint p) { return p < 2u ? (p == 0u ? of[0] : of[1]) : p == 2u ? of[2] : of[3]; }

// The block's list of trials.
uint trial_word(uint slot) {
  return push.grid.x * push.grid.y * (2u + astc_most_candidates) + (block * settings().trials + slot) * 2u;
}
AstcTrial trial_at(uint slot) {
  AstcStateWords words = AstcStateWords(push.state);
  return AstcTrial(uintBitsToFloat(words.word[trial_word(slot)]), words.word[trial_word(slot) + 1u]);
}
void put_trial(uint slot, AstcTrial trial) {
  AstcStateWords words = AstcStateWords(push.state);
  words.word[trial_word(slot)] = floatBitsToUint(trial.error);
  words.word[trial_word(slot) + 1u] = trial.what;
}
#endif
