#version 460
// The gradient of each entry of the hashed grids: of all corners that share it, in their order.
#include "../interop/neural_train.h"

#extension GL_EXT_control_flow_attributes : require

// Corners a round: llvmpipe leaves the loops of an invocation, without a word, after 65535 rounds of them together.
const uint loop_share = 4;

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform usamplerBuffer works;
layout(binding = 1) uniform usamplerBuffer grids;
layout(binding = 2) uniform usamplerBuffer lists;  // where each entry's corners begin, and after entries + 1 words they
layout(binding = 3) uniform samplerBuffer corners;
layout(binding = 4, std430) writeonly buffer Gradient { float gradient[]; };
#include "work.glsl"

void main() {
  const uvec4 work = my_work();
  if (work.x == 0) return;
  const int g = int(work.x - 1);
  const uvec4 first = texelFetch(grids, g * 2);
  const uint channels = first.z, entries = first.w, values = texelFetch(grids, g * 2 + 1).y;
  const uint index = work.y + gl_LocalInvocationIndex;
  if (index >= entries * channels) return;
  const uvec2 place = divided(index, channels);
  const uint entry = place.x, channel = place.y;
  const uint from = texelFetch(lists, int(work.z + entry)).x, to = texelFetch(lists, int(work.z + entry + 1)).x;
  float total = 0.0;
  for (uint first_of = from; first_of < to; first_of += loop_share)
    [[unroll]] for (uint k = 0; k < loop_share; ++k) {
      const uint i = min(first_of + k, to - 1);
      const uint corner = texelFetch(lists, int(work.z + entries + 1 + i)).x;
      const float value = texelFetch(corners, int(work.w + corner * channels + channel)).x;
      total += first_of + k < to ? value : 0.0;
    }
  gradient[values + index] = total;
}
