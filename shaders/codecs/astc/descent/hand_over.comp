// Makes the divisions that descents have ended in candidates of the search for bits, those of least loss first.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/descent/block.glsl"

const uint most_listed = 8u;
float losses[most_listed];
uint divisions[most_listed];

// Into its place among those that are listed.
void list(float loss, uint what) {
  [[unroll]] for (uint i = 0u; i < most_listed; ++i) {
    const bool earlier = loss < losses[i];
    const float other_loss = losses[i];
    const uint other = divisions[i];
    losses[i] = earlier ? loss : other_loss;
    divisions[i] = earlier ? what : other;
    loss = earlier ? other_loss : loss;
    what = earlier ? other : what;
  }
}

void main() {
  if (gl_GlobalInvocationID.x >= push.count) return;
  block = push.first + gl_GlobalInvocationID.x;
  settings = AstcDescentSettingsMemory(push.settings).settings;
  const float none = 1e30;
  [[unroll]] for (uint i = 0u; i < most_listed; ++i) losses[i] = none;
  for (uint partitions = 1u; partitions <= settings.most_partitions; ++partitions) {
    const AstcDescentResult result = load_result(partitions);
    list(result.loss, partitions - 1u | result_seed(result.what) << 2);
    if (result.second_loss >= 0.0) list(result.second_loss, partitions - 1u | result_seed(result.second_what) << 2);
  }
  AstcStates states = AstcStates(push.state);
  uint count = 0u;
  [[unroll]] for (uint i = 0u; i < most_listed; ++i) {
    if (losses[i] < none && count < settings.candidates) states.state[block].candidates[count++] = divisions[i];
  }
  states.state[block].candidate_count = count;
}
