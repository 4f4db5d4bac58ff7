// How many multiply-adds a second the device does when nothing else is in their way: twelve independent chains keep both
// units of a CPU core busy over their latency (and a GPU by its many invocations), and fit its sixteen registers.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/bench.h"

layout(local_size_x = multiply_add_group) in;
layout(push_constant, scalar) uniform Push { MultiplyAddPush push; };

void main() {
  const uint i = gl_GlobalInvocationID.x;
  const float start = float(i) * 1e-6;
  vec4 a = vec4(start, start + 1, start + 2, start + 3), b = a + 4.0, c = a + 8.0;
  const float factor = push.factor;
  for (uint round = 0; round < push.rounds; ++round) {
#define STEP a = a * factor + 0.25; b = b * factor + 0.25; c = c * factor + 0.25;
#define STEPS STEP STEP STEP STEP
    STEPS STEPS STEPS STEPS
  }
  const vec4 sum = a + b + c;
  push.to.values[i] = sum.x + sum.y + sum.z + sum.w;  // so that none of it can be left out
}
