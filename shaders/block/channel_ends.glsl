// All pairs of ends near a pair.
#ifndef TXS_CHANNEL_ENDS_GLSL
#define TXS_CHANNEL_ENDS_GLSL
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
#endif
