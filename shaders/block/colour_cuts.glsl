// All ways to cut the texels, put in order along an axis, into runs of equal indices. How much of the texels' squared
// distances from their mean the best line of a cut explains follows from sums over the runs (cluster fit, after Simon
// Brown's squish), so that a cut costs a dozen operations; the best of them are rounded and tried.
#ifndef TXS_COLOUR_CUTS_GLSL
#define TXS_COLOUR_CUTS_GLSL
#include "block/colour_line.glsl"

// The texels in order.
vec3 ordered[16];
uint ordered_texel[16];

// By counting how many texels come before each: of equals the first. (A sorting network has half the comparisons, but
// Mesa does not unroll its loops: it took three times as long.)
void order_texels(vec3 axis, uvec2 origin) {
  const vec3 scaled = axis * root_weights();
  float at[16];
  uint rank[16];
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    at[t] = sum3(texels[t] * scaled);
    rank[t] = 0u;
  }
  [[unroll]] for (uint t = 1u; t < 16u; ++t) {
    [[unroll]] for (uint s = 0u; s < t; ++s) {
      const uint before = at[s] <= at[t] ? 1u : 0u;
      rank[t] += before;
      rank[s] += 1u - before;
    }
  }
  uvec2 texel_of_place = uvec2(0u);  // 4 bits each
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    texel_of_place.x |= rank[t] < 8u ? t << (4u * rank[t]) : 0u;
    texel_of_place.y |= rank[t] < 8u ? 0u : t << (4u * (rank[t] - 8u));
  }
  [[unroll]] for (uint i = 0u; i < 16u; ++i) {  // fetched again: an array indexed by a variable would leave the registers
    ordered_texel[i] = (i < 8u ? texel_of_place.x >> (4u * i) : texel_of_place.y >> (4u * i - 32u)) & 15u;
    ordered[i] = texel_at(origin, ordered_texel[i]).rgb;
  }
}

// Of the texels that count: how many stand before place p of the order, and the sum of their scaled distances from the
// mean.
float counts[17];
vec3 sums[17];
vec3 counted_mean;

// `counted`: a bit for each texel.
void sum_up(uint counted) {
  vec3 total = vec3(0.0);
  float count = 0.0;
  [[unroll]] for (uint i = 0u; i < 16u; ++i) {
    const float one = float(counted >> ordered_texel[i] & 1u);
    total += ordered[i] * one;
    count += one;
  }
  precise vec3 mean = total / max(count, 1.0);
  counted_mean = mean;
  const vec3 roots = root_weights();
  counts[0] = 0.0;
  sums[0] = vec3(0.0);
  [[unroll]] for (uint i = 0u; i < 16u; ++i) {
    const float one = float(counted >> ordered_texel[i] & 1u);
    counts[i + 1u] = counts[i] + one;
    precise vec3 sum = sums[i] + (ordered[i] - mean) * roots * one;
    sums[i + 1u] = sum;
  }
}

// Selected, not indexed: see above.
vec4 sum_at(uint place) {
  vec4 found = vec4(sums[0], counts[0]);
  [[unroll]] for (uint p = 1u; p < 17u; ++p) found = p == place ? vec4(sums[p], counts[p]) : found;
  return found;
}

// The best cuts so far, best first: what each explains, and its places, 5 bits each.
float explained[keep];
uint places[keep];

void forget_cuts() {
  [[unroll]] for (uint k = 0u; k < keep; ++k) {
    explained[k] = 0.0;
    places[k] = 0u;
  }
}

void insert_cut(float by, uint at) {
  [[unroll]] for (uint k = 0u; k < keep; ++k) {
    const bool better = by > explained[k];
    const float other_by = better ? explained[k] : by;
    const uint other_at = better ? places[k] : at;
    explained[k] = better ? by : explained[k];
    places[k] = better ? at : places[k];
    by = other_by;
    at = other_at;
  }
}

// The first is taken off, so that the others can be reached by a loop that is not unrolled.
void drop_first_cut() {
  [[unroll]] for (uint k = 0u; k + 1u < keep; ++k) {
    explained[k] = explained[k + 1u];
    places[k] = places[k + 1u];
  }
  explained[keep - 1u] = 0.0;
}

// Entries are numbered by their weight, in steps of 1/3 (1/2 of three colours): with c_i texels before place i the sum of
// the numbers is 3 n - a - b - c (2 n - a - b), that of their squares 9 n - a - 3 b - 5 c (4 n - a - 3 b).
//
// Of each pair of first places the best third one is a candidate.
void find_cuts_of_four() {
  forget_cuts();
  for (uint a = 0u; a < 17u; ++a) {
    const vec3 to_a = sum_at(a).xyz;
    for (uint b = a; b < 17u; ++b) {
      const vec3 to_b = to_a + sum_at(b).xyz;
      const float fa = float(a), fb = float(b);
      const float squares = 16.0 * (144.0 - fa - 3.0 * fb), numbers = 48.0 - fa - fb;
      float most = 0.0;
      uint best = 0u;
      [[unroll]] for (uint c = 0u; c < 17u; ++c) {
        const float left = numbers - float(c);
        const float spread = squares - 80.0 * float(c) - left * left;
        const vec3 to_c = to_b + sums[c];
        precise float by = sum3(to_c * to_c) / spread;
        const bool better = c >= b && spread > 0.0 && by > most;
        most = better ? by : most;
        best = better ? c : best;
      }
      insert_cut(most * 16.0, a | b << 5 | best << 10);
    }
  }
}

void find_cuts_of_three() {
  forget_cuts();
  const float n = counts[16];
  float count_before = -1.0;
  for (uint a = 0u; a < 17u; ++a) {
    const vec4 to_a = sum_at(a);
    const bool new_a = to_a.w > count_before;  // else it is the cut before it: the texel between does not count
    count_before = to_a.w;
    [[unroll]] for (uint b = 0u; b < 17u; ++b) {
      const float left = 2.0 * n - to_a.w - counts[b];
      const float spread = n * (4.0 * n - to_a.w - 3.0 * counts[b]) - left * left;
      const vec3 to_b = to_a.xyz + sums[b];
      precise float by = sum3(to_b * to_b) * n / spread;
      const bool new_b = b == 0u || counts[b] > counts[max(b, 1u) - 1u];
      insert_cut(b >= a && new_a && new_b && spread > 0.0 ? by : 0.0, a | b << 5);
    }
  }
}

// The line that fits a cut best.
Line line_of_cut(uint at, bool three) {
  const vec4 first = sum_at(at & 31u), second = sum_at(at >> 5 & 31u);
  const vec4 third = three ? vec4(0.0) : sum_at(at >> 10);
  const float steps = three ? 2.0 : 3.0, n = counts[16];
  const float numbers = steps * n - (first.w + second.w + third.w);
  const float squares = steps * steps * n - (first.w + 3.0 * second.w + 5.0 * third.w);
  const float spread = n * squares - numbers * numbers;
  precise vec3 covariance = ((first.xyz + second.xyz) + third.xyz) / max(root_weights(), vec3(1.0 / 64.0));
  precise vec3 a = counted_mean + covariance * (numbers / spread);
  precise vec3 b = a - covariance * (steps * n / spread);
  precise float high_high = squares / (steps * steps), sum = numbers / steps;
  return Line(a, b, n - 2.0 * sum + high_high, sum - high_high, high_high);
}

// Tries the cuts that were found.
void try_cuts(bool three, inout Colours best) {
  for (uint k = 0u; k < keep && explained[0] > 0.0; ++k) {
    keep_better(round_line(line_of_cut(places[0], three)), three, best);
    drop_first_cut();
  }
}

uint opaque_mask() {
  uint mask = 0u;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) mask |= opaque[t] != 0.0 ? 1u << t : 0u;
  return mask;
}

vec3 axis_of_stage(Colours best) {
  return sorting_axis(HalfSettingsRef(push.settings).settings.axes[push.stage], mean_colour(), best.ends);
}
#endif
