// The first bits of BC3: alpha, then colour.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_start.glsl"
#include "block/colour_start.glsl"

void main() {
  if (beyond_work()) return;
  start_channel(block_in_work(), component, block_in_work() * halves);
  start_colours(block_in_work(), block_in_work() * halves + 1u);
}
