// The first bits of a channel's half: the outermost texels as ends, of eight values or of six.
#ifndef TXS_CHANNEL_START_GLSL
#define TXS_CHANNEL_START_GLSL
#include "block/channel_search.glsl"

void start_channel(uint block, uint of, uint half_) {
  load_channel(block, of);
  const ChannelEnds ends = outermost(true);
  Channel best = Channel(ends, channel_error(ends));
  keep_better(outermost(false), best);
  begin_record(half_);
  store_channel_found(half_, best, best.error + 1.0);
}
#endif
