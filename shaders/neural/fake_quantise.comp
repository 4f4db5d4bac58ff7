#version 460
// Quantisation-aware training: what the forward pass reads of a grid is rounded to the levels that the artifact will hold.
// The gradient passes straight through (Bengio et al. 2013): it is applied to the values that were rounded.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform samplerBuffer values;
layout(binding = 1) uniform samplerBuffer ranges;
layout(binding = 2, r32f) uniform writeonly imageBuffer forward;
layout(push_constant, scalar) uniform Push { GridPassPush push; };

void main() {
  const uint index = gl_GlobalInvocationID.x;
  if (index >= push.entries * push.channels) return;
  const vec2 range = texelFetch(ranges, int(push.first_channel + index % push.channels)).xy;
  const float value = texelFetch(values, int(push.values + index)).x;
  const float level = quantised_level(value, range.x, range.y, push.steps);
  imageStore(forward, int(push.values + index), vec4(level_value(level, range.x, range.y, push.steps)));
}
