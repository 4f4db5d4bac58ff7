#version 460
// The least and largest value of each channel of the grids. A workgroup a channel.
#include "../interop/neural_train.h"

#extension GL_EXT_control_flow_attributes : require

// Entries a round: llvmpipe leaves the loops of an invocation, without a word, after 65535 rounds of them together.
const uint loop_share = 16;

layout(local_size_x_id = 0) in;
layout(constant_id = 0) const uint group = neural_group;
layout(binding = 0) uniform usamplerBuffer works;
layout(binding = 1) uniform samplerBuffer values;
layout(binding = 2, rgba32f) uniform writeonly imageBuffer ranges;  // a texel a channel: least, largest
#include "work.glsl"

shared float least[group], largest[group];

void main() {
  const uvec4 work = my_work();
  const uint lane = gl_LocalInvocationIndex;
  float low = 3.402823466e38, high = -3.402823466e38;
  for (uint first = lane; first < work.y; first += loop_share * group)
    [[unroll]] for (uint i = 0; i < loop_share; ++i) {
      const uint entry = min(first + i * group, work.y - 1);
      const float value = texelFetch(values, int(work.x + entry * work.z)).x;
      low = min(low, value);
      high = max(high, value);
    }
  least[lane] = low;
  largest[lane] = high;
  for (uint half_of = group / 2; half_of > 0; half_of /= 2) {
    barrier();
    if (lane >= half_of) continue;
    least[lane] = min(least[lane], least[lane + half_of]);
    largest[lane] = max(largest[lane], largest[lane + half_of]);
  }
  if (lane == 0 && work.y > 0) imageStore(ranges, int(work.w), vec4(least[0], largest[0], 0.0, 0.0));
}
