// What the search of BC3 tries.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_trace.glsl"
#include "block/colour_trace.glsl"

void main() {
  if (gl_GlobalInvocationID.x != 0u) return;
  trace_channel(push.first, component, 0u);
  trace_colours(push.first);
}
