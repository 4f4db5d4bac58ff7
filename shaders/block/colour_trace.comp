// Of BC1.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/colour_trace.glsl"

void main() {
  if (gl_GlobalInvocationID.x == 0u) trace_colours(push.first);
}
