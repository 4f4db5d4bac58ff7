#version 460
// The decoder's gradient: the partial sums of all slices, added in their order.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform samplerBuffer sums;
layout(binding = 1, rgba32f) uniform writeonly imageBuffer gradient;
layout(push_constant, scalar) uniform Push { GradientSumPush push; };

void main() {
  const uint quad = gl_GlobalInvocationID.x;
  if (quad >= push.decoder_quads) return;
  vec4 total = vec4(0.0);
  for (uint i = 0; i < push.sums; ++i) total += texelFetch(sums, int(i * push.decoder_quads + quad));
  imageStore(gradient, int(push.decoder_quad + quad), total);
}
