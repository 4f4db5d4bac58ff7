// Which endpoints a part of a candidate can have. They are kept as stored, p-bit lowest, in floats that hold whole
// numbers: a mode with p-bits has endpoints two apart, whose parity is that of the p-bit.
#ifndef TXS_BC7_RANKED_ENDPOINTS_GLSL
#define TXS_BC7_RANKED_ENDPOINTS_GLSL
#include "codecs/bc7/ranked/push.glsl"

// Kernels are made for modes that share their parts, and told the mode: eight of them took twice as long to compile.
layout(constant_id = 2) const uint parts_kind = 1u;  // subsets, or bc7_parts_dual
const bool dual = parts_kind == bc7_parts_dual;       // modes 4 and 5: a line of colours, and one channel apart
const uint subset_count = dual ? 1u : parts_kind;
const uint part_count = dual ? 2u : parts_kind;

bool p_bit_shared() { return parts_kind == 2u && push.mode == 1u; }
bool p_bits() { return !dual && push.mode != 2u; }
// A mode whose lines have alpha. Not that of the block: alpha_counts().
bool lines_have_alpha() { return !dual && parts_kind < 3u && push.mode >= 6u; }

// How the endpoints of the part in work are stored.
float top;        // the largest value: all bits 1
float up, down;   // what widens it to a byte: value * up + floor(value * down)
float last_entry; // of the palette
float step_size;  // between stored values of a p-bit

uint colour_bits() {  // with the p-bit
  switch (push.mode) {
    case 1u:
    case 5u: return 7u;
    case 3u:
    case 6u: return 8u;
    case 7u: return 6u;
  }
  return 5u;
}
uint separate_bits() { return push.mode == 4u ? 6u : 8u; }

// The bits of an index of part 0 or, in modes 4 and 5, of the separate channel.
uint index_bits(uint part, uint shape) {
  if (push.mode == 4u) return part == (shape & 1u) ? 2u : 3u;
  return push.mode == 6u ? 4u : push.mode <= 1u ? 3u : 2u;
}

void begin_endpoints(uint part, uint shape) {
  const uint bits = dual && part == 1u ? separate_bits() : colour_bits();
  top = float((1u << bits) - 1u);
  up = float(1u << (8u - bits));
  down = bits == 8u ? 0.0 : 1.0 / float(1u << (2u * bits - 8u));
  last_entry = float((1u << index_bits(part, shape)) - 1u);
  step_size = p_bits() ? 2.0 : 1.0;
}

bool alpha_counts() { return may_have_alpha && lines_have_alpha() && !pinned; }

struct Ends {
  vec4 low;
  vec4 high;
};

// 0..255. A line without alpha has 0 there, in texels as in endpoints.
vec4 widen(vec4 stored) {
  vec4 bytes = stored * up + floor(stored * down);
  if (!dual && !alpha_counts()) bytes.a = 0.0;
  return bytes;
}

// The nearest stored values whose lowest bit is `p` (0 in modes without p-bits).
vec4 nearest(vec4 bytes, float p) {
  const vec4 steps = floor((bytes * (top / 255.0) - p) / step_size + 0.5);
  return clamp(steps, 0.0, floor(top / step_size)) * step_size + p;
}

// The pairs of p-bits that both ends may have: bit 0 that of the low end, bit 1 that of the high one.
uint first_pair() { return lines_have_alpha() && pinned ? 3u : 0u; }
uint end_of_pairs() { return p_bits() ? 4u : 1u; }
uint pair_stride() { return p_bit_shared() ? 3u : 1u; }

float sum4(vec4 v) { return (v.x + v.y) + (v.z + v.w); }

// Each end to its nearest, with the p-bits that round less.
Ends quantise(Ends bytes, vec4 weights) {
  Ends best;
  float best_error = 1e30;
  for (uint pair = first_pair(); pair < end_of_pairs(); pair += pair_stride()) {
    const Ends ends = Ends(nearest(bytes.low, float(pair & 1u)), nearest(bytes.high, float(pair >> 1)));
    const vec4 low = widen(ends.low) - bytes.low, high = widen(ends.high) - bytes.high;
    const float error = sum4((low * low + high * high) * weights);
    if (error < best_error) {
      best_error = error;
      best = ends;
    }
  }
  return best;
}

// The least-squares line of texels over the weights of their indices, and the error's second derivatives about it.
struct Fit {
  vec4 low, high;                      // 0..255 and beyond
  float low_low, low_high, high_high;  // error = ll dl^2 + 2 lh dl dh + hh dh^2, times 64^2
};

vec4 rounding_cost(Fit fit, Ends ends) {
  const vec4 low = widen(ends.low) - fit.low, high = widen(ends.high) - fit.high;
  return fit.low_low * low * low + (2.0 * fit.low_high * low * high + fit.high_high * high * high);
}

void keep_cheaper(Fit fit, Ends ends, inout Ends best, inout vec4 best_cost) {
  const vec4 cost = rounding_cost(fit, ends);
  const bvec4 cheaper = lessThan(cost, best_cost);
  best = Ends(mix(best.low, ends.low, cheaper), mix(best.high, ends.high, cheaper));
  best_cost = mix(best_cost, cost, cheaper);
}

// Rounds both ends of the line together: a channel's two roundings share its error, so that of the four ways to round
// them down or up the cheapest is taken, for every pair of p-bits that the mode allows.
Ends round_line(Fit fit, vec4 weights) {
  const float scale = top / 255.0, most = floor(top / step_size);
  Ends best;
  float best_cost = 1e30;
  for (uint pair = first_pair(); pair < end_of_pairs(); pair += pair_stride()) {
    const float p_low = float(pair & 1u), p_high = float(pair >> 1);
    const vec4 low_steps = floor((fit.low * scale - p_low) / step_size);
    const vec4 high_steps = floor((fit.high * scale - p_high) / step_size);
    const vec4 low = clamp(low_steps, 0.0, most) * step_size + p_low;
    const vec4 high = clamp(high_steps, 0.0, most) * step_size + p_high;
    const vec4 low_up = clamp(low_steps + 1.0, 0.0, most) * step_size + p_low;
    const vec4 high_up = clamp(high_steps + 1.0, 0.0, most) * step_size + p_high;
    Ends ends = Ends(low, high);
    vec4 cost = rounding_cost(fit, ends);
    keep_cheaper(fit, Ends(low_up, high), ends, cost);
    keep_cheaper(fit, Ends(low, high_up), ends, cost);
    keep_cheaper(fit, Ends(low_up, high_up), ends, cost);
    const float sum = sum4(cost * weights);
    if (sum < best_cost) {
      best_cost = sum;
      best = ends;
    }
  }
  return best;
}
#endif
