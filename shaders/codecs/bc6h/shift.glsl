// Other starts for the fits of a block: the ends of its lines moved along them.
#ifndef TXS_BC6H_SHIFT_GLSL
#define TXS_BC6H_SHIFT_GLSL
#include "codecs/bc6h/trial.glsl"

const uint shifts_a_subset = 8u;  // each end a palette entry out, in, or not at all

Ends numbers_of(Ends levels, Layout l) {
  Ends numbers;
  [[unroll]] for (uint e = 0u; e < 4u; ++e) numbers.end[e] = numbers_of(levels.end[e], l);
  return numbers;
}

Ends shifted(Ends numbers, uint subset, uint which, float entries) {
  const uint way = which < 4u ? which : which + 1u;  // 4 would move neither end
  const vec3 low = subset == 0u ? numbers.end[0] : numbers.end[2];
  const vec3 high = subset == 0u ? numbers.end[1] : numbers.end[3];
  const vec3 move = (high - low) * entries;
  const vec3 new_low = low + (float(way / 3u) - 1.0) * move, new_high = high + (float(way % 3u) - 1.0) * move;
  if (subset == 0u) numbers.end[0] = new_low, numbers.end[1] = new_high;
  else numbers.end[2] = new_low, numbers.end[3] = new_high;
  return numbers;
}

// Descends from `numbers`, then, where asked to, from each shift of the best that was found.
void descend_with_shifts(Ends numbers, Layout l, vec3 weights, bool with_shifts, inout Best best) {
  const uint shifts = with_shifts ? shifts_a_subset * (l.second ? 2u : 1u) : 0u;
  Ends from = numbers;
  for (uint start = 0u; start <= shifts; ++start) {  // one loop, so that a kernel holds one descent
    if (start == 1u) from = numbers_of(best.levels, l);
    const uint which = max(start, 1u) - 1u;
    Ends now = from;
    if (start > 0u)
      now = shifted(from, which / shifts_a_subset, which % shifts_a_subset, SETTINGS.shifts[0] / l.last_index);
    descend(now, l, weights, SETTINGS.rounds, best);
  }
}
#endif
