// The last of each block: least-squares refits of its bits, from their line as it is and with its ends moved by up to
// two palette entries in or out (other starts, since a refit ends in the nearest local optimum), then steps of single
// channels for as long as they help.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "interop/bc7_search.h"
#include "codecs/bc7/search_push.glsl"
#include "codecs/bc7/mode6.glsl"

// 0, 1, -1, 2, -2
float entries_moved(uint number) { return float((number + 1u) / 2u) * ((number & 1u) != 0u ? 1.0 : -1.0); }

// The line of `ends` with its low end moved by `low` palette entries towards the high one, and the other way round.
Ends with_moved_ends(Ends ends, float low, float high) {
  precise vec4 entry = (ends.high - ends.low) * (1.0 / 15.0);
  precise vec4 moved_low = clamp(ends.low + entry * low, 0.0, 255.0);
  precise vec4 moved_high = clamp(ends.high - entry * high, 0.0, 255.0);
  return Ends(moved_low, moved_high);
}

bool in_bytes(vec4 v) { return all(greaterThanEqual(v, vec4(0.0))) && all(lessThanEqual(v, vec4(255.0))); }

// One of the 9 steps of one channel: each end down, not at all or up. (Bytes of a parity lie 2 apart.)
Ends step_channel(Ends ends, uint channel, uint number) {
  const vec4 step = vec4(equal(uvec4(channel), uvec4(0u, 1u, 2u, 3u))) * 2.0;
  return Ends(ends.low + step * (float(number % 3u) - 1.0), ends.high + step * (float(number / 3u) - 1.0));
}

bool polish(inout Bits best) {
  bool better = false;
  const uint channels = pinned ? 3u : 4u;
  for (uint number = 0u; number < 9u * channels; ++number) {
    const Ends ends = step_channel(best.ends, number / 9u, number % 9u);
    uvec2 indices;
    const float error = mode6_error(ends, indices);
    if (error < best.error && in_bytes(ends.low) && in_bytes(ends.high)) {
      best = Bits(ends, indices, error);
      better = true;
    }
  }
  return better;
}

void main() {
  if (gl_GlobalInvocationID.x >= push.count) return;
  const uint block = push.first + gl_GlobalInvocationID.x;
  const float error = float(push.records.record[block].error);
  if (error == 0.0) return;
  load_block(source, block, push.blocks_wide, push.size, push.exact_alpha != 0u);

  const Ends line = unpack_mode6_ends(push.blocks.block[block]);
  Bits best = Bits(line, uvec2(0u), error);
  for (uint start = 0u; start < push.finish_starts; ++start) {
    const Ends moved = with_moved_ends(line, entries_moved(start % 5u), entries_moved(start / 5u));
    try_ends(quantise(moved), push.refit_rounds, best);
  }
  for (uint round = 0u; round < push.polish_rounds; ++round)
    if (!polish(best)) break;

  if (best.error < error) {
    push.blocks.block[block] = pack_mode6(best);
    push.records.record[block].error = uint(best.error);
  }
}
