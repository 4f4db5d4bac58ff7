// Halves of three colours: the best of all 153 cuts along an axis; where black is allowed, also with the darkest texels
// left to the transparent entry, one more of them each time.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/colour_cuts.glsl"

// How many texels are darker than each, or as dark and before it, 4 bits a texel.
uvec2 ranks_of_darkness() {
  uvec2 ranks = uvec2(0u);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    uint rank = 0u;
    [[unroll]] for (uint other = 0u; other < 16u; ++other) {
      const float mine = weigh(texels[t]), its = weigh(texels[other]);
      rank += its < mine || (its == mine && other < t) ? 1u : 0u;
    }
    if (t < 8u) ranks.x |= rank << (4u * t);
    else ranks.y |= rank << (4u * t - 32u);
  }
  return ranks;
}

uint brighter_than(uvec2 ranks, uint rank) {
  uint mask = 0u;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const uint its = (t < 8u ? ranks.x >> (4u * t) : ranks.y >> (4u * t - 32u)) & 15u;
    mask |= its >= rank ? 1u << t : 0u;
  }
  return mask;
}

void main() {
  if (beyond_work()) return;
  const uint block = block_in_work(), half_ = half_of(block);
  load_colours(block);
  Colours best = load_colours_found(half_);
  const float before = best.error;
  order_texels(axis_of_stage(best), block_origin(block));
  const uvec2 ranks = black_allowed ? ranks_of_darkness() : uvec2(0u);
  const uint most_black = black_allowed && !any_transparent ? 15u : 0u;
  for (uint blacks = 0u; blacks <= most_black; ++blacks) {
    sum_up(opaque_mask() & (black_allowed ? brighter_than(ranks, blacks) : 0xffffu));
    find_cuts_of_three();
    try_cuts(true, best);
  }
  store_colours_found(half_, best, before);
}
