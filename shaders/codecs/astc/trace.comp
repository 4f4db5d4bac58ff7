// Tells of one block what modes.comp listed of candidate `push.stage`, and what became of it.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/modes.glsl"
#include "interop/astc_search_trace.h"

// Of the block's list of trials.
float reached_by(uint what) {
  const uint count = AstcStates(push.state).state[block].trial_count;
  float reached = -1.0;
  for (uint i = 0u; i < count; ++i) {
    const AstcTrial trial = trial_at(i);
    reached = trial.what == what ? trial.error : reached;
  }
  return reached;
}

void main() {
  if (!begin_block()) return;
  const uint first = push.stage * astc_most_listed_modes;
  const bool listed = push.stage < AstcStates(push.state).state[block].candidate_count;
  const uint what = listed ? AstcStates(push.state).state[block].candidates[push.stage] : 0u;
  const uint room = listed ? settings().modes_each : 0u;
  // A loop, since both sides of an `if` are walked on software devices.
  for (bool once = listed; once; once = false) {
    const Division division = division_of(what);
    take_pattern(division.partitions, division.seed);
    fit_lines(division.partitions, division.in_line);
    list_modes(division, room);
  }
  for (uint i = 0u; i < astc_most_listed_modes; ++i) {
    AstcTracedTrial told = AstcTracedTrial(astc_no_trial, 0.0, 0.0);
    const AstcTrial trial = listed_trial(i, what);
    if (i < room && is_hopeful(trial)) told = AstcTracedTrial(trial.what, trial.error, reached_by(trial.what));
    AstcSearchTraceMemory(push.trace).trace.trials[first + i] = told;
  }
}
