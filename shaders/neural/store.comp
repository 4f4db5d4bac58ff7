#version 460
// What an artifact holds of the parameters, and what decodes from that: binary16, or of quantised grids the levels.
#include "../interop/neural_train.h"
#include "binary16.glsl"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform usamplerBuffer works;
layout(binding = 1) uniform samplerBuffer values;
layout(binding = 2) uniform samplerBuffer ranges;
layout(binding = 3, r32ui) uniform writeonly uimageBuffer stored;  // a word each: binary16 bits, or a level
layout(binding = 4, r32f) uniform writeonly imageBuffer decoded;
layout(push_constant, scalar) uniform Push { QuantisePush push; };
#include "work.glsl"

void main() {
  const uvec4 work = my_work();
  const uint lane = gl_LocalInvocationIndex;
  if (lane >= work.y) return;
  const int at = int(work.x + lane);
  const float value = texelFetch(values, at).x;
  const bool decoder = work.w == 0;
  if (push.steps == 0.0 || decoder) {
    const uint bits = binary16_bits(value);
    imageStore(stored, at, uvec4(bits));
    imageStore(decoded, at, vec4(binary16_value(bits)));
    return;
  }
  const vec2 range = texelFetch(ranges, int((work.z & 0xffffu) + divided((work.z >> 16) + lane, work.w).y)).xy;
  const float level = quantised_level(value, range.x, range.y, push.steps);
  imageStore(stored, at, uvec4(uint(level)));
  imageStore(decoded, at, vec4(level_value(level, range.x, range.y, push.share)));
}
