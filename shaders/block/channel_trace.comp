// Of BC4, or of both halves of BC5.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_trace.glsl"

void main() {
  if (gl_GlobalInvocationID.x != 0u) return;
  for (uint h = 0u; h < halves; ++h) trace_channel(push.first, component + h, 2u * h);
}
