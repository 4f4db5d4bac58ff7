#version 460
// The loss of a step and the health of what it works on: numbers that are none, and the largest of the others. One
// workgroup; each invocation takes every 64th element, so that the order of the sum never changes.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform samplerBuffer losses;
layout(binding = 1) uniform samplerBuffer parameters;
layout(binding = 2) uniform samplerBuffer gradient;
layout(binding = 3, r32ui) uniform writeonly uimageBuffer result;
layout(push_constant, scalar) uniform Push { StatisticsPush push; };

shared vec4 sums[neural_group];   // loss, bad parameters, bad gradients, 0
shared vec2 largest[neural_group];

bool is_number(float value) { return abs(value) <= 3.402823466e38; }

void main() {
  const uint lane = gl_LocalInvocationIndex;
  float loss = 0.0;
  for (uint i = lane; i < push.losses; i += neural_group) loss += texelFetch(losses, int(i)).x;
  uvec2 bad = uvec2(0);
  vec2 most = vec2(0.0);
  for (uint i = lane; i < push.quads; i += neural_group) {
    const vec4 p = texelFetch(parameters, int(i)), g = texelFetch(gradient, int(i));
    for (uint c = 0; c < 4; ++c) {
      if (is_number(p[c])) most.x = max(most.x, abs(p[c])); else ++bad.x;
      if (is_number(g[c])) most.y = max(most.y, abs(g[c])); else ++bad.y;
    }
  }
  sums[lane] = vec4(loss, bad, 0.0);
  largest[lane] = most;
  barrier();
  if (lane != 0) return;
  vec4 total = sums[0];
  for (uint i = 1; i < neural_group; ++i) {
    total += sums[i];
    most = max(most, largest[i]);
  }
  imageStore(result, 0, uvec4(floatBitsToUint(total.x)));
  imageStore(result, 1, uvec4(uint(total.y)));
  imageStore(result, 2, uvec4(uint(total.z)));
  imageStore(result, 3, uvec4(floatBitsToUint(most.x)));
  imageStore(result, 4, uvec4(floatBitsToUint(most.y)));
}
