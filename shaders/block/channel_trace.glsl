// What the search of a channel's half tries, written down for the inspector.
#ifndef TXS_CHANNEL_TRACE_GLSL
#define TXS_CHANNEL_TRACE_GLSL
#include "block/channel_ends.glsl"

void trace_channel(uint block, uint of, uint first_candidate) {
  load_channel(block, of);
  for (uint pass = 0u; pass < 2u; ++pass) {
    const ChannelEnds ends = outermost(pass == 0u);
    Channel best = Channel(ends, channel_error(ends));
    const float first = best.error;
    search_near(ends, pass == 0u, float(half_trace_reach), best);
    HalfTraceRef(push.trace).trace.channels[first_candidate + pass] =
        ChannelCandidate(first, best.error, best.ends.a, best.ends.b);
  }
}
#endif
