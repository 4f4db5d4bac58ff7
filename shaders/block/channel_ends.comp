// All pairs of ends near a pair: of the best bits so far, and of the outermost texels for the number of values that these
// do not have.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_search.glsl"

bool in_range(float end) { return end >= lowest_end() && end <= highest_end(); }

// Ends further out than a step between two values are never worth it: the first value would have no texel.
float useful_reach(ChannelEnds ends, float most) { return min(most, ceil(abs(ends.a - ends.b) * (1.0 / 5.0)) + 2.0); }

void search_near(ChannelEnds centre, bool eight, float most, inout Channel best) {
  const float reach = useful_reach(centre, most);
  for (float a = centre.a - reach; a <= centre.a + reach; a += 1.0) {
    for (float b = centre.b - reach; b <= centre.b + reach; b += 1.0) {
      if (in_range(a) && in_range(b) && (a > b) == eight) keep_better(ChannelEnds(a, b), best);
    }
  }
}

void main() {
  if (beyond_work()) return;
  const uint block = block_in_work(), half_ = half_of(block);
  load_channel(block, component);
  Channel best = load_channel_found(half_);
  const Channel before = best;
  const float most = float(HalfSettingsRef(push.settings).settings.reach[push.stage]);
  if (before.error > 0.0) {
    for (uint pass = 0u; pass < 2u; ++pass) {
      const bool eight = pass == 0u, found = eight == (before.ends.a > before.ends.b);
      ChannelEnds centre = outermost(eight);
      if (found) centre = before.ends;
      search_near(centre, eight, most, best);
    }
  }
  store_channel_found(half_, best, before.error);
}
