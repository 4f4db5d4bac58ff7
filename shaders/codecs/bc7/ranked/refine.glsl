// The endpoints of a part: least-squares refits from several lines, then steps of single channels.
#ifndef TXS_BC7_RANKED_REFINE_GLSL
#define TXS_BC7_RANKED_REFINE_GLSL
#include "codecs/bc7/ranked/part.glsl"

struct Solution {
  Ends ends;
  float error;
};

// 0, 1, -1, 2, -2, 3, -3
float entries_moved(uint number) { return float((number + 1u) / 2u) * ((number & 1u) != 0u ? 1.0 : -1.0); }

// The line with its ends moved inwards by so many palette entries.
Ends with_moved_ends(Ends bytes, float low, float high) {
  const vec4 entry = (bytes.high - bytes.low) / last_entry;
  return Ends(clamp(bytes.low + entry * low, 0.0, 255.0), clamp(bytes.high - entry * high, 0.0, 255.0));
}

// Refits for as long as they get better: to the nearest local optimum of ends and indices.
void refit(Ends start, uint rounds, inout Solution best) {
  Ends ends = start;
  float last = 1e30;
  for (uint round = 0u; round <= rounds; ++round) {
    Fit fit;
    const float error = error_and_fit(ends, fit);
    if (error < best.error) best = Solution(ends, error);
    if (error >= last || fit.low_low == 0.0) break;
    last = error;
    ends = round_line(fit, part_weights);
  }
}

// From lines `first` up to `starts`, the square of an odd number: 0 is the best so far, the others that with its ends
// moved. A refit ends in the nearest local optimum; other starts reach other optima.
void refit_from_lines(uint first, uint starts, uint rounds, inout Solution best) {
  const Ends line = Ends(widen(best.ends.low), widen(best.ends.high));
  const uint moves = uint(sqrt(float(starts)) + 0.5);
  for (uint start = first; start < starts && best.error > 0.0; ++start) {
    const Ends moved = with_moved_ends(line, entries_moved(start % moves), entries_moved(start / moves));
    refit(quantise(moved, part_weights), rounds, best);
  }
}

// The channels that a step may change: not those without meaning, nor the one that holds the constant alpha.
uint free_channels() {
  if (dual) return part_number == 1u ? 1u : pinned && rotation > 0u ? 7u & ~(1u << (rotation - 1u)) : 7u;
  return alpha_counts() ? 15u : 7u;
}

// One of the 8 steps of one channel: each end down, not at all or up; not both not at all.
Ends step_channel(Ends ends, uint channel, uint number) {
  const uint step = number < 4u ? number : number + 1u;
  const vec4 unit = vec4(equal(uvec4(channel), uvec4(0u, 1u, 2u, 3u))) * step_size;
  return Ends(ends.low + unit * (float(step % 3u) - 1.0), ends.high + unit * (float(step / 3u) - 1.0));
}

bool storable(vec4 v) { return all(greaterThanEqual(v, vec4(0.0))) && all(lessThanEqual(v, vec4(top))); }

// Steps for as long as they help, at most so many rounds over all channels.
void polish(uint rounds, inout Solution best) {
  const uint channels = free_channels();
  bool better = true;
  for (uint round = 0u; round < rounds && better; ++round) {
    better = false;
    for (uint number = 0u; number < 8u * (may_have_alpha && lines_have_alpha() ? 4u : 3u); ++number) {
      const Ends ends = step_channel(best.ends, number / 8u, number % 8u);
      if ((channels >> (number / 8u) & 1u) == 0u || !storable(ends.low) || !storable(ends.high)) continue;
      const float error = error_of(ends);
      if (error < best.error) {
        best = Solution(ends, error);
        better = true;
      }
    }
  }
}
#endif
