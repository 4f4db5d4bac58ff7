#version 460
// Quantisation-aware training: what the forward pass reads of a grid is rounded to the levels that the artifact will hold.
// The gradient passes straight through (Bengio et al. 2013): it is applied to the values that were rounded.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform usamplerBuffer works;
layout(binding = 1) uniform samplerBuffer values;
layout(binding = 2) uniform samplerBuffer ranges;
layout(binding = 3, r32f) uniform writeonly imageBuffer forward;
layout(push_constant, scalar) uniform Push { QuantisePush push; };
#include "work.glsl"

void main() {
  const uvec4 work = my_work();
  const uint lane = gl_LocalInvocationIndex;
  if (lane >= work.y) return;
  const int at = int(work.x + lane);
  const vec2 range = texelFetch(ranges, int((work.z & 0xffffu) + divided((work.z >> 16) + lane, work.w).y)).xy;
  const float level = quantised_level(texelFetch(values, at).x, range.x, range.y, push.steps);
  imageStore(forward, at, vec4(level_value(level, range.x, range.y, push.share)));
}
