// Puts each block's list of trials in the order of what they have reached.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/search.glsl"

void main() {
  if (!begin_block()) return;
  const uint count = AstcStates(push.state).state[block].trial_count;
  for (uint i = 1u; i < count; ++i) {
    const AstcTrial trial = trial_at(i);
    uint at = i;
    for (; at > 0u; --at) {
      const AstcTrial before = trial_at(at - 1u);
      if (before.error <= trial.error) break;
      put_trial(at, before);
    }
    put_trial(at, trial);
  }
}
