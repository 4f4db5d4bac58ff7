// Finds divisions of each block's colours that are worth a trial. Of 2, 3 and 4 partitions: of the format's patterns those
// are measured that would cost least beside the ideal division, whatever the labels.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/divide.glsl"

// llvmpipe ends loops after 65535 rounds in all: a half is for measuring patterns, each of whose partitions takes a round a texel
// and some more.
const uint most_partitions_measured = 32768u / (texel_count + 8u);
// The seeds of the patterns that would cost least, in no order: two a word, since GPUs set memory aside for all invocations.
const uint most_cheap = most_partitions_measured < 1024u ? most_partitions_measured / 2u : 512u;
uint cheap[(most_cheap + 1u) / 2u];
uint found[most_cost + 1u];  // patterns, by their cost

void put_cheap(uint i, uint seed) { cheap[i >> 1] = (i & 1u) == 0u ? seed : cheap[i >> 1] | seed << 16; }
uint cheap_seed(uint i) { return cheap[i >> 1] >> 16u * (i & 1u) & 0xffffu; }

uint seed_of(uint partitions, uint i) { return search_tables().search.seeds[partitions - 2u][i]; }

// Fills `cheap` with at most `room` seeds and tells how many. Counted first, then listed: sorting costs llvmpipe more rounds of
// loops than it allows.
uint list_cheap(uint partitions, uint room) {
  const uint patterns = search_tables().search.seed_counts[partitions - 2u];
  for (uint cost = 0u; cost <= most_cost; ++cost) found[cost] = 0u;
  for (uint i = 0u; i < patterns; ++i) ++found[cost_of(partitions, seed_of(partitions, i))];
  uint highest = 0u, cheaper = 0u;
  for (; highest < most_cost && cheaper + found[highest] <= room; ++highest) cheaper += found[highest];
  uint count = 0u, left = room - cheaper;  // that have room of those of the highest cost
  for (uint i = 0u; i < patterns; ++i) {
    const uint seed = seed_of(partitions, i), cost = cost_of(partitions, seed);
    const bool last = cost == highest && left > 0u;
    if (cost < highest || last) put_cheap(count++, seed);
    left -= last ? 1u : 0u;
  }
  return count;
}

// What lies off the partitions' lines, and what the rounding of weights will about add: a part of what lies along them. Found by
// trial on photographs at 4x4 and 8x8; three times as much, as levels' widths alone would have it, costs 0.02 dB.
const float rounding_of_variance = 0.02;

float error_of_line(Moments m, vec4 channels) {
  const mat4 covariance = covariance_of(m, channels);
  const vec4 axis = main_axis(covariance);
  return trace_of(covariance) - (1.0 - rounding_of_variance) * dot(axis, times(covariance, axis));
}

// `whole`: of all texels. The last partition's are what the others leave of them, exactly.
float error_of_division(Moments whole, uint partitions, vec4 channels) {
  float error = 0.0;
  Moments rest = whole;
  for (uint p = 0u; p < partitions; ++p) {
    Moments m = rest;
    for (bool counted = p + 1u < partitions; counted; counted = false) m = moments_of(p);
    rest.count -= m.count;
    rest.sum -= m.sum;
    rest.squares -= m.squares;
    rest.products -= m.products;
    rest.with_alpha -= m.with_alpha;
    error += error_of_line(m, channels);
  }
  return error;
}

Moments moments_of_block() {
  take_pattern(1u, 0u);
  return moments_of(0u);
}

// The best divisions of the kind in work, in rising order.
const uint most_kept_divisions = 8u;
AstcTrial kept[most_kept_divisions];

void keep_division(float error, uint what, uint room) {
  for (bool better = error < kept[room - 1u].error; better; better = false) {
    uint at = room - 1u;
    for (; at > 0u && kept[at - 1u].error > error; --at) kept[at] = kept[at - 1u];
    kept[at] = AstcTrial(error, what);
  }
}

void rank_patterns(uint partitions, uint room) {
  const vec4 channels = division_of(0u).in_line;
  divide_ideally(partitions, channels);
  const Moments whole = moments_of_block();
  const uint measured = list_cheap(partitions, min(settings().seeds, min(most_cheap, quotient(most_partitions_measured, partitions))));
  for (uint i = 0u; i < measured; ++i) {
    const uint seed = cheap_seed(i);
    take_pattern(partitions, seed);
    keep_division(error_of_division(whole, partitions, channels), partitions - 1u | seed << 2, room);
  }
}

// One channel apart from the lines of the others: what that leaves off them.
void rank_planes(uint base, uint room) {
  const Division division = division_of(base);
  const Moments whole = moments_of_block();
  take_pattern(division.partitions, division.seed);
  for (uint c = 0u; c < (has_alpha ? 4u : 3u); ++c) {
    const uint what = base | (c + 1u) << 12;
    keep_division(error_of_division(whole, division.partitions, division_of(what).in_line), what, room);
  }
}

void begin_list() {
  for (uint i = 0u; i < most_kept_divisions; ++i) kept[i] = AstcTrial(no_hope, 0u);
}

// Behind the candidates that the block has.
void add_candidates(uint room) {
  AstcStates states = AstcStates(push.state);
  uint count = states.state[block].candidate_count;
  for (uint i = 0u; i < room && count < astc_most_candidates; ++i)
    if (kept[i].error < no_hope) states.state[block].candidates[count++] = kept[i].what;
  states.state[block].candidate_count = count;
}

// Stages 1 to 5: of 2 partitions; of two planes, of one partition and of the best 2; of 3 and of 4 partitions.
void main() {
  if (!begin_block()) return;
  AstcStates states = AstcStates(push.state);
  if (push.stage == 1u) {
    states.state[block].candidates[0] = 0u;
    states.state[block].candidate_count = 1u;
    states.state[block].trial_count = 0u;
  }
  const uint room = min(settings().kept[push.stage - 1u], most_kept_divisions);
  const bool planes = push.stage == 2u || push.stage == 3u;
  // A loop that runs once or not at all: both sides of an `if` are walked on software devices.
  for (uint asked = room; asked > 0u; asked = 0u) {
    begin_list();
    if (planes) rank_planes(push.stage == 2u ? 0u : states.state[block].candidates[1], room);
    else rank_patterns(push.stage == 1u ? 2u : push.stage - 1u, room);
    add_candidates(room);
  }
}
