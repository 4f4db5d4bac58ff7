// Puts the modes of candidate `push.stage - astc_first_modes` of each block that promise least error on the block's list of trials.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/modes.glsl"

// Into the list in rising order of errors; what it has no room for drops out.
void insert_trial(AstcTrial trial, inout uint count) {
  const uint room = settings().trials;
  uint at = count;
  for (; at > 0u; --at) {
    const AstcTrial before = trial_at(at - 1u);
    if (before.error <= trial.error) break;
    if (at < room) put_trial(at, before);
  }
  if (at < room) put_trial(at, trial);
  count = min(count + 1u, room);
}

void main() {
  if (!begin_block()) return;
  AstcStates states = AstcStates(push.state);
  const uint number = push.stage - astc_first_modes;
  if (number >= states.state[block].candidate_count) return;
  const uint what = states.state[block].candidates[number];
  const Division division = division_of(what);
  take_pattern(division.partitions, division.seed);
  fit_lines(division.partitions, division.in_line);
  const uint room = settings().modes_each;
  list_modes(division, room);
  uint count = number == 0u ? 0u : states.state[block].trial_count;
  for (uint i = 0u; i < room; ++i) {
    const AstcTrial trial = listed_trial(i, what);
    if (is_hopeful(trial)) insert_trial(trial, count);
  }
  states.state[block].trial_count = count;
}
