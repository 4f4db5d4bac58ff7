#version 460
// The loss of a step and the health of what it works on: numbers that are none, and the largest of the others. In two
// rounds, one part of everything a workgroup, then the parts; the order of the sums never changes.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(constant_id = 0) const bool last = false;  // the second round, of one workgroup
layout(binding = 0) uniform samplerBuffer losses;
layout(binding = 1) uniform samplerBuffer parameters;
layout(binding = 2) uniform samplerBuffer gradient;
layout(binding = 3, r32ui) uniform uimageBuffer parts;  // NeuralStatistics; the first round leaves the last round its sums
layout(push_constant, scalar) uniform Push { StatisticsPush push; };

const int words = 5;  // of NeuralStatistics

shared float losses_of[neural_group];
shared uvec2 bad_of[neural_group];
shared vec2 largest_of[neural_group];

bool is_number(float value) { return abs(value) <= 3.402823466e38; }

void first_round(out float loss, out uvec2 bad, out vec2 largest) {
  loss = 0.0;
  bad = uvec2(0);
  largest = vec2(0.0);
  const uint all = gl_NumWorkGroups.x * neural_group;
  for (uint i = gl_GlobalInvocationID.x; i < push.losses; i += all) loss += texelFetch(losses, int(i)).x;
  for (uint i = gl_GlobalInvocationID.x; i < push.quads; i += all) {
    const vec4 p = texelFetch(parameters, int(i)), g = texelFetch(gradient, int(i));
    for (uint c = 0; c < 4; ++c) {
      if (is_number(p[c])) largest.x = max(largest.x, abs(p[c])); else ++bad.x;
      if (is_number(g[c])) largest.y = max(largest.y, abs(g[c])); else ++bad.y;
    }
  }
}

uint part_word(uint part, int word) { return imageLoad(parts, int(part) * words + word).x; }

void last_round(out float loss, out uvec2 bad, out vec2 largest) {
  const uint part = 1 + gl_LocalInvocationIndex;  // 0 is the result
  loss = uintBitsToFloat(part_word(part, 0));
  bad = uvec2(part_word(part, 1), part_word(part, 2));
  largest = vec2(uintBitsToFloat(part_word(part, 3)), uintBitsToFloat(part_word(part, 4)));
}

void main() {
  const uint lane = gl_LocalInvocationIndex;
  float loss;
  uvec2 bad;
  vec2 largest;
  if (last)
    last_round(loss, bad, largest);
  else
    first_round(loss, bad, largest);
  losses_of[lane] = loss;
  bad_of[lane] = bad;
  largest_of[lane] = largest;
  for (uint half_of = neural_group / 2; half_of > 0; half_of /= 2) {
    barrier();
    if (lane >= half_of) continue;
    losses_of[lane] += losses_of[lane + half_of];
    bad_of[lane] += bad_of[lane + half_of];
    largest_of[lane] = max(largest_of[lane], largest_of[lane + half_of]);
  }
  if (lane != 0) return;
  const int to = last ? 0 : int(1 + gl_WorkGroupID.x) * words;
  imageStore(parts, to, uvec4(floatBitsToUint(losses_of[0])));
  imageStore(parts, to + 1, uvec4(bad_of[0].x));
  imageStore(parts, to + 2, uvec4(bad_of[0].y));
  imageStore(parts, to + 3, uvec4(floatBitsToUint(largest_of[0].x)));
  imageStore(parts, to + 4, uvec4(floatBitsToUint(largest_of[0].y)));
}
