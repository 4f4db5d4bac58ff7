// All pairs of ends near a pair: of the best bits so far, and of the outermost texels for the number of values that these
// do not have.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/channel_ends.glsl"

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
