// Tries one entry of each block's list: weights and colours are fitted in turn, each for the other as it was rounded, and
// the best bits are kept if they beat the block's. Stage 0 gives first bits: one line in the mode that suits most blocks.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/pack.glsl"

Mode mode_of(uint packed, Division division) {
  const uint place = packed & ((1u << astc_trial_mode_bits) - 1u), g = quotient(place, 12u);
  Mode mode;
  mode.models = packed >> astc_trial_mode_bits;
  mode.range = place - g * 12u;
  mode.grid = WeightGrid(search_tables().search.grids[g].width, search_tables().search.grids[g].height, plane_count(division));
  const uint stored = search_tables().search.grids[g].modes[(mode.grid.planes - 1u) * 12u + mode.range];
  mode.number = stored & 0xffffu;
  mode.bits = stored >> 16;
  return mode;
}

// Ends moved along the line by `inset`, in parts of its length: from the low end up, from the high end down.
void take_lines(uint partitions, vec4 low[4], vec4 high[4], vec2 inset) {
  for (uint p = 0u; p < partitions; ++p) {
    const vec4 along = high[p] - low[p];
    line_low[p] = low[p] + along * inset.x;
    line_high[p] = high[p] - along * inset.y;
  }
}

// The start's ends as a refinement begins: as they are, then moved by a level of the weights or half of one.
vec2 inset_of(uint start, uint range) {
  if (start == 0u) return vec2(0.0);
  // Of the nine (twenty-five) neighbours the middle one is the line itself, which was the first.
  const uint side = settings().starts > 9u ? 5u : 3u, middle = side * side / 2u;
  const uint number = start <= middle ? start - 1u : start;
  const uint row = quotient(number, side);
  const vec2 offset = vec2(number - row * side, row) - float(side / 2u);
  return offset / float(search_tables().search.weight_levels[range] - 1u) * (side == 5u ? 0.75 : 1.0);
}

// One colour: void extent (KDFS 23.22), exact.
void put_constant(vec4 colour) {
  const uvec4 wide = uvec4(colour) * 257u;
  AstcBlocksOut(push.blocks).block[block] = uvec4(0xfffffdfcu, 0xffffffffu, wide.r | wide.g << 16, wide.b | wide.a << 16);
}

bool one_colour() {
  const vec4 colour = texel_at(0u, 0u);
  float off = 0.0;
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) off += dot(abs(texel_of(walk) - colour), vec4(1.0));
  return off == 0.0;
}

void main() {
  if (!begin_block()) return;
  AstcRecords records = AstcRecords(push.records);
  const bool first = push.stage == 0u;
  const bool refined = push.stage >= settings().first_refined;
  const uint each = refined ? settings().starts_each : 1u;
  const uint parts = refined ? quotient(settings().starts + each - 1u, each) : 1u;
  const uint number = first ? 0u : push.stage - (refined ? settings().first_refined : settings().first_trial);
  const uint slot = quotient(number, parts), first_start = (number - slot * parts) * each;
  AstcTrial trial = AstcTrial(0.0, settings().first_mode << astc_division_bits);
  if (!first) {
    if (slot >= AstcStates(push.state).state[block].trial_count) return;
    trial = trial_at(slot);
  }
  const Division division = division_of(trial.what);
  const Mode mode = mode_of(trial.what >> astc_division_bits, division);
  take_pattern(division.partitions, division.seed);
  const uint colour_range = colour_range_of(division, mode.models, mode.bits);
  float best = first ? no_hope : float(records.record[block].error), reached = no_hope;
  if (colour_range == astc_no_range || best == 0.0) return;

  fit_lines(division.partitions, division.in_line);
  const vec4 first_low[4] = line_low, first_high[4] = line_high;
  const uint rounds = refined ? settings().refined_rounds : settings().trial_rounds;
  const uint starts = refined ? min(each, settings().starts - first_start) : 1u;
  // One loop of starts and their rounds, so that there is one copy of what they do to compile.
  uint round = 0u, start = first_start;
  for (uint i = 0u; i < starts * rounds; ++i) {
    if (round == 0u) take_lines(division.partitions, first_low, first_high, inset_of(start, mode.range));
    else take_lines(division.partitions, end_low, end_high, vec2(0.0));
    for (uint plane = 0u; plane < mode.grid.planes; ++plane) {
      wish_weights(division, plane);
      for (uint solved = round; solved == 0u; ++solved) {
        solve_points(mode.grid, plane);
        round_points(mode.grid, mode.range, plane);
      }
      improve_points(mode.grid, mode.range, plane);
    }
    take_weights(mode.grid);
    round_ends(division, mode.models, colour_range);
    const float error = measure(division);
    reached = min(reached, error);
    for (bool better = error < best; better; better = false) {
      best = error;
      AstcBlocksOut(push.blocks).block[block] = pack_block(division, mode, colour_range);
    }
    ++round;
    if (round == rounds) {
      round = 0u;
      ++start;
    }
  }
  if (first && one_colour()) {
    best = 0.0;
    put_constant(texel_at(0u, 0u));
  }
  records.record[block].error = uint(best);
  if (first) records.record[block].initial_error = uint(best);
  else put_trial(slot, AstcTrial(min(reached, refined ? trial.error : no_hope), trial.what));
}
