// The first bits of BC4, or of both halves of BC5.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_start.glsl"

void main() {
  if (beyond_work()) return;
  for (uint h = 0u; h < halves; ++h) start_channel(block_in_work(), component + h, block_in_work() * halves + h);
}
