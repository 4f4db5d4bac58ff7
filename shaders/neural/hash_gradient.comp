#version 460
// The gradient of each entry of the hashed grids: of all corners that share it, in their order.
#include "../interop/neural_train.h"

layout(local_size_x = neural_group) in;
layout(binding = 0) uniform usamplerBuffer works;
layout(binding = 1) uniform usamplerBuffer grids;
layout(binding = 2) uniform usamplerBuffer lists;  // where each entry's corners begin, and after entries + 1 words they
layout(binding = 3) uniform samplerBuffer corners;
layout(binding = 4, r32f) uniform writeonly imageBuffer gradient;
#include "work.glsl"

void main() {
  const uvec4 work = my_work();
  if (work.x == 0) return;
  const int g = int(work.x - 1);
  const uvec4 first = texelFetch(grids, g * 2);
  const uint channels = first.z, entries = first.w, values = texelFetch(grids, g * 2 + 1).y;
  const uint index = work.y + gl_LocalInvocationIndex;
  if (index >= entries * channels) return;
  const uvec2 place = divided(index, channels);
  const uint entry = place.x, channel = place.y;
  const uint from = texelFetch(lists, int(work.z + entry)).x, to = texelFetch(lists, int(work.z + entry + 1)).x;
  float total = 0.0;
  for (uint i = from; i < to; ++i) {
    const uint corner = texelFetch(lists, int(work.z + entries + 1 + i)).x;
    total += texelFetch(corners, int(work.w + corner * channels + channel)).x;
  }
  imageStore(gradient, int(values + index), vec4(total));
}
