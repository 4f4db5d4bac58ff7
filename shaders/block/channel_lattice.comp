// Pairs of ends on a lattice as wide as the block's range: what lies far from the outermost texels, coarsely. `reach` steps
// inwards from each, a quarter of that outwards.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_ends.glsl"

// A quarter of the distance between two values: what comes of a pair changes little within.
float lattice_step(ChannelEnds ends, bool eight) {
  return max(1.0, abs(ends.a - ends.b) * (eight ? 1.0 / 28.0 : 1.0 / 20.0));
}

void search_lattice(bool eight, float steps, inout Channel best) {
  const ChannelEnds outer = outermost(eight);
  const float inward = lattice_step(outer, eight) * (eight ? -1.0 : 1.0);  // of end a
  const float outwards = floor(steps * 0.25);
  for (float i = -outwards; i <= steps; i += 1.0) {
    for (float j = -outwards; j <= steps; j += 1.0) {
      const float a = floor(outer.a + inward * i + 0.5), b = floor(outer.b - inward * j + 0.5);
      if (in_range(a) && in_range(b) && (a > b) == eight) keep_better(ChannelEnds(a, b), best);
    }
  }
}

void main() {
  if (beyond_work()) return;
  const uint block = block_in_work(), half_ = half_of(block);
  load_channel(block, component);
  Channel best = load_channel_found(half_);
  const float before = best.error;
  const float steps = float(HalfSettingsRef(push.settings).settings.reach[push.stage]);
  if (before > 0.0) {
    search_lattice(true, steps, best);
    search_lattice(false, steps, best);
  }
  store_channel_found(half_, best, before);
}
