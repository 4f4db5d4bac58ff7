#version 460
// The decoder's gradient: the partial sums of all slices, added in an order that never changes. Where many lanes wait for
// work, several share the partial sums of a quad.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(constant_id = 0) const uint members = 1;  // that share a quad: a power of two
layout(binding = 0) uniform samplerBuffer sums;
layout(binding = 1, std430) writeonly buffer Gradient { vec4 gradient[]; };
layout(push_constant, scalar) uniform Push { GradientSumPush push; };

const uint quads = neural_group / members;  // of a workgroup
shared vec4 totals[members > 1 ? neural_group : 1];

void main() {
  const uint lane = gl_LocalInvocationIndex, member = lane / quads;
  const uint quad = gl_WorkGroupID.x * quads + lane % quads;
  vec4 total = vec4(0.0);
  if (quad < push.decoder_quads)
    for (uint i = member; i < push.sums; i += members) total += texelFetch(sums, int(i * push.decoder_quads + quad));
  if (members > 1) {
    totals[lane] = total;
    for (uint half_of = members / 2; half_of > 0; half_of /= 2) {
      barrier();
      if (member < half_of) totals[lane] += totals[lane + half_of * quads];
    }
    total = totals[lane];
  }
  if (quad < push.decoder_quads && member == 0) gradient[push.decoder_quad + quad] = total;
}
