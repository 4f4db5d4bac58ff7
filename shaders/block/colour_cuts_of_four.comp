// Halves of four colours: the best of all 969 cuts along an axis.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/colour_cuts.glsl"

void main() {
  if (beyond_work()) return;
  const uint block = block_in_work(), half_ = half_of(block);
  load_colours(block);
  Colours best = load_colours_found(half_);
  const float before = best.error;
  if (!any_transparent) {
    order_texels(axis_of_stage(best), block_origin(block));
    sum_up(0xffffu);
    find_cuts_of_four();
    try_cuts(false, best);
  }
  store_colours_found(half_, best, before);
}
