// Makes the divisions that descents have ended in candidates of the search for bits, those into few lines first: these leave more
// bits to their colours and weights than relaxed losses tell. rank.comp gives the first two a second plane of weights.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "codecs/astc/descent/block.glsl"

uint count = 0u;
void hand_over(uint partitions, uint what) {
  AstcStates states = AstcStates(push.state);
  if (count < settings.candidates) states.state[block].candidates[count++] = partitions - 1u | result_seed(what) << 2;
}

void main() {
  if (gl_GlobalInvocationID.x >= push.count) return;
  block = push.first + gl_GlobalInvocationID.x;
  settings = AstcDescentSettingsMemory(push.settings).settings;
  for (uint partitions = 1u; partitions <= settings.most_partitions; ++partitions) {
    const AstcDescentResult result = load_result(partitions);
    hand_over(partitions, result.what);
    if (result.second_loss >= 0.0) hand_over(partitions, result.second_what);
  }
  AstcStates(push.state).state[block].candidate_count = count;
}
