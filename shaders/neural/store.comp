#version 460
// What an artifact holds of the parameters, and what decodes from that: binary16, or of quantised grids the levels.
#include "../interop/neural_train.h"
#include "binary16.glsl"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform samplerBuffer values;
layout(binding = 1) uniform samplerBuffer ranges;
layout(binding = 2, r32ui) uniform writeonly uimageBuffer stored;  // a word each: binary16 bits, or a level
layout(binding = 3, r32f) uniform writeonly imageBuffer decoded;
layout(push_constant, scalar) uniform Push { GridPassPush push; };

void main() {
  const uint index = gl_GlobalInvocationID.x;
  if (index >= push.entries * push.channels) return;
  const int at = int(push.values + index);
  const float value = texelFetch(values, at).x;
  if (push.steps == 0.0) {
    const uint bits = binary16_bits(value);
    imageStore(stored, at, uvec4(bits));
    imageStore(decoded, at, vec4(binary16_value(bits)));
    return;
  }
  const vec2 range = texelFetch(ranges, int(push.first_channel + index % push.channels)).xy;
  const float level = quantised_level(value, range.x, range.y, push.steps);
  imageStore(stored, at, uvec4(uint(level)));
  imageStore(decoded, at, vec4(level_value(level, range.x, range.y, push.steps)));
}
