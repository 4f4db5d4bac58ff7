#version 460
// The gradient of each entry of a hashed level: of all corners that share it, in their order.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform usamplerBuffer lists;  // where each entry's corners begin, and after entries + 1 words they
layout(binding = 1) uniform samplerBuffer corners;
layout(binding = 2, r32f) uniform writeonly imageBuffer gradient;
layout(push_constant, scalar) uniform Push { HashGradientPush push; };

void main() {
  const uint index = gl_GlobalInvocationID.x;
  if (index >= push.entries * push.channels) return;
  const uint entry = index / push.channels, channel = index % push.channels;
  const uint from = texelFetch(lists, int(push.lists + entry)).x, to = texelFetch(lists, int(push.lists + entry + 1)).x;
  float total = 0.0;
  for (uint i = from; i < to; ++i) {
    const uint corner = texelFetch(lists, int(push.lists + push.entries + 1 + i)).x;
    total += texelFetch(corners, int(push.corners + corner * push.channels + channel)).x;
  }
  imageStore(gradient, int(push.target + index), vec4(total));
}
