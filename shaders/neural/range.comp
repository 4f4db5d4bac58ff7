#version 460
// The least and largest value of each channel of a grid. A workgroup a channel.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform samplerBuffer values;
layout(binding = 1, rgba32f) uniform writeonly imageBuffer ranges;  // a texel a channel: least, largest
layout(push_constant, scalar) uniform Push { GridPassPush push; };

shared float least[neural_group], largest[neural_group];

void main() {
  const uint channel = gl_WorkGroupID.x, lane = gl_LocalInvocationIndex;
  float low = 3.402823466e38, high = -3.402823466e38;
  for (uint entry = lane; entry < push.entries; entry += neural_group) {
    const float value = texelFetch(values, int(push.values + entry * push.channels + channel)).x;
    low = min(low, value);
    high = max(high, value);
  }
  least[lane] = low;
  largest[lane] = high;
  barrier();
  if (lane != 0) return;
  for (uint i = 1; i < neural_group; ++i) {
    low = min(low, least[i]);
    high = max(high, largest[i]);
  }
  imageStore(ranges, int(push.first_channel + channel), vec4(low, high, 0.0, 0.0));
}
