// The squared error of the relaxed solution, summed exactly: one word a workgroup, the rest is the host's.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/bc7_search.h"

layout(local_size_x = bc7_sum_group) in;
layout(push_constant, scalar) uniform Push { Bc7ViewPush push; };

shared uint group_sum;

void main() {
  if (gl_LocalInvocationIndex == 0u) group_sum = 0u;
  barrier();
  if (gl_GlobalInvocationID.x < push.grid.x * push.grid.y)
    atomicAdd(group_sum, push.records.record[gl_GlobalInvocationID.x].relaxed_error);
  barrier();
  if (gl_LocalInvocationIndex == 0u) push.sums.sum[gl_WorkGroupID.x] = group_sum;
}
