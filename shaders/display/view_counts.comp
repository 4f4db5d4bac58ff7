// How many texels of a view have each category, or lie in each part of its scale. A group counts in its own memory
// first: the counters of all are few, and every texel would wait for them.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/display.h"

layout(local_size_x = count_group) in;
layout(binding = 0) uniform sampler2D view;
layout(binding = 1, scalar) buffer Counts {
  uint counts[count_bins + 1];  // the last one is that of texels without a value
};
layout(push_constant, scalar) uniform Push {
  CountPush push;
};

shared uint counted[count_bins + 1];

void main() {
  for (uint bin = gl_LocalInvocationIndex; bin <= count_bins; bin += count_group) counted[bin] = 0;
  barrier();
  // A group takes some rows; a texel's neighbour in the row goes to the next invocation.
  const uint first = gl_WorkGroupID.x * count_rows, last = min(first + count_rows, push.size.y);
  for (uint y = first; y < last; ++y) {
    for (uint x = gl_LocalInvocationIndex; x < push.size.x; x += count_group) {
      const float value = texelFetch(view, ivec2(x, y), 0).r;
      const float bin = clamp((value - push.low) * push.bins_per_unit, 0.0, float(push.bins - 1));
      atomicAdd(counted[value < 0.0 ? count_bins : uint(bin)], 1);
    }
  }
  barrier();
  for (uint bin = gl_LocalInvocationIndex; bin <= count_bins; bin += count_group)
    if (counted[bin] != 0) atomicAdd(counts[bin], counted[bin]);
}
