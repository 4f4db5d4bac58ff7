// The squared error of the relaxed solution, summed exactly: one word a workgroup, the rest is the host's.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "interop/bc7_search.h"

layout(local_size_x = bc7_sum_group) in;
layout(push_constant, scalar) uniform Push { Bc7SumPush push; };

shared uint group_sum;

void main() {
  if (gl_LocalInvocationIndex == 0u) group_sum = 0u;
  barrier();
  const uint first = gl_WorkGroupID.x * bc7_sum_blocks + gl_LocalInvocationIndex;
  const uint end = min((gl_WorkGroupID.x + 1u) * bc7_sum_blocks, push.blocks);
  uint sum = 0u;
  for (uint block = first; block < end; block += bc7_sum_group) sum += push.records.record[block].relaxed_error;
  atomicAdd(group_sum, sum);
  barrier();
  if (gl_LocalInvocationIndex == 0u) push.sums.sum[gl_WorkGroupID.x] = group_sum;
}
