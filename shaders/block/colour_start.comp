// The first bits of BC1.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/colour_start.glsl"

void main() {
  if (!beyond_work()) start_colours(block_in_work(), half_of(block_in_work()));
}
