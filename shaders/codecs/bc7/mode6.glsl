// Blocks of mode 6 (KDFS 1.4, section 20.1): one line of colours, endpoints of 7 bits a channel and a p-bit that is the
// lowest bit of all four channels, sixteen weights. Endpoints are kept as they decode: bytes of one parity each.
#ifndef TXS_BC7_MODE6_GLSL
#define TXS_BC7_MODE6_GLSL
#include "codecs/bc7/block.glsl"

// The weight of palette entry `index` in 64ths: bc7_weights[12 + index], without a table.
float mode6_weight(float index) { return floor(index * 4.25 + 0.5); }

// The nearest byte whose lowest bit is `p`.
vec4 nearest_of_parity(vec4 colour, float p) {
  precise vec4 steps = floor((colour - p) * 0.5 + 0.5);
  return clamp(steps, 0.0, 127.0) * 2.0 + p;
}

// With the p-bit that rounds less.
vec4 quantise_end(vec4 colour) {
  const vec4 even = nearest_of_parity(colour, 0.0), odd = nearest_of_parity(colour, 1.0);
  precise vec4 even_error = (even - colour) * (even - colour);
  precise vec4 odd_error = (odd - colour) * (odd - colour);
  return pinned || sum4(odd_error) <= sum4(even_error) ? odd : even;
}

// `ends` in 0..255. Pinned: alpha is 255 at both ends, which takes p-bits of 1.
Ends quantise(Ends ends) {
  Ends bytes = Ends(quantise_end(ends.low), quantise_end(ends.high));
  if (pinned) bytes.low.a = bytes.high.a = 255.0;
  return bytes;
}

// ((64 - w) * low + w * high + 32) >> 6 of the specification. Exact: w / 64 has 6 fractional bits.
vec4 palette_colour(Ends ends, float index) {
  return floor(ends.low + (ends.high - ends.low) * (mode6_weight(index) * 0.015625) + 0.5);
}

// The squared error of the block with these endpoints, 8-bit units, exact, and the index of each texel (4 bits each,
// texel 0 lowest). Of the sixteen entries only the two on either side of the texel's projection are compared: comparing
// all gains 0.002 dB.
float mode6_error(Ends ends, out uvec2 indices) {
  const vec4 along = ends.high - ends.low;
  const float length2 = dot(along, along);
  precise float scale = length2 > 0.0 ? 15.0 / length2 : 0.0;
  const float origin = dot(ends.low, along);

  float error = 0.0;
  indices = uvec2(0u);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec4 texel = texels[t];
    precise float position = (dot(texel, along) - origin) * scale;
    const float below = min(floor(clamp(position, 0.0, 15.0)), 14.0);
    const vec4 to_below = texel - palette_colour(ends, below);
    const vec4 to_above = texel - palette_colour(ends, below + 1.0);
    const float below_error = dot(to_below, to_below), above_error = dot(to_above, to_above);
    error += min(below_error, above_error);
    const uint index = uint(below) + (above_error < below_error ? 1u : 0u);
    if (t < 8u) indices.x |= index << (4u * t);
    else indices.y |= index << (4u * t - 32u);
  }
  return error;
}

// The least-squares line of the texels over the weights of their indices, and the error's second derivatives about it.
struct Fit {
  vec4 low, high;                   // 0..255 and beyond
  float low_low, low_high, high_high;  // error = ll dl^2 + 2 lh dl dh + hh dh^2, times 64^2
};

// False if all indices are equal: no line. The sums are whole numbers below 2^24: each quotient is rounded once.
bool fit_line(uvec2 indices, out Fit fit) {
  float sum_w = 0.0, sum_ww = 0.0;
  vec4 sum_x = vec4(0.0), sum_wx = vec4(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const float w = mode6_weight(float((t < 8u ? indices.x >> (4u * t) : indices.y >> (4u * t - 32u)) & 15u));
    sum_w += w;
    sum_ww += w * w;
    sum_x += texels[t];
    sum_wx += w * texels[t];
  }
  const float spread = 16.0 * sum_ww - sum_w * sum_w;
  precise vec4 slope = (16.0 * sum_wx - sum_w * sum_x) / max(spread, 1.0);
  precise vec4 low = (sum_x - slope * sum_w) * 0.0625;
  precise vec4 high = low + slope * 64.0;
  fit = Fit(low, high, 65536.0 - 128.0 * sum_w + sum_ww, 64.0 * sum_w - sum_ww, sum_ww);
  return spread > 0.0;
}

vec4 rounding_cost(Fit fit, vec4 low, vec4 high) {
  const vec4 dl = low - fit.low, dh = high - fit.high;
  precise vec4 cost = fit.low_low * dl * dl + (2.0 * fit.low_high * dl * dh + fit.high_high * dh * dh);
  return cost;
}

void keep_cheaper(Fit fit, vec4 low, vec4 high, inout Ends ends, inout vec4 cost) {
  const vec4 new_cost = rounding_cost(fit, low, high);
  const bvec4 cheaper = lessThan(new_cost, cost);
  ends.low = mix(ends.low, low, cheaper);
  ends.high = mix(ends.high, high, cheaper);
  cost = mix(cost, new_cost, cheaper);
}

// Rounds both ends of the line together: a channel's two roundings share its error, so that of the four ways to round
// them down or up the cheapest is taken (the nearest for each end is 0.03 dB worse), for every pair of p-bits allowed.
Ends round_line(Fit fit) {
  Ends best;
  float best_cost = 1e30;
  for (int p_bits = 3; p_bits >= (pinned ? 3 : 0); --p_bits) {
    const vec4 p_low = vec4(float(p_bits & 1)), p_high = vec4(float(p_bits >> 1));
    const vec4 low = clamp(floor((fit.low - p_low) * 0.5), 0.0, 127.0) * 2.0 + p_low;
    const vec4 high = clamp(floor((fit.high - p_high) * 0.5), 0.0, 127.0) * 2.0 + p_high;
    const vec4 low_up = min(low + 2.0, 254.0 + p_low), high_up = min(high + 2.0, 254.0 + p_high);
    Ends ends = Ends(low, high);
    vec4 cost = rounding_cost(fit, low, high);
    keep_cheaper(fit, low_up, high, ends, cost);
    keep_cheaper(fit, low, high_up, ends, cost);
    keep_cheaper(fit, low_up, high_up, ends, cost);
    if (pinned) {
      ends.low.a = ends.high.a = 255.0;
      cost.a = 0.0;
    }
    if (sum4(cost) < best_cost) {
      best_cost = sum4(cost);
      best = ends;
    }
  }
  return best;
}

// The best bits of a block so far.
struct Bits {
  Ends ends;
  uvec2 indices;
  float error;
};

// Tries `ends`, then refits of them for as long as they get better, and keeps what is better than `best`. Gives the
// error of `ends` themselves.
float try_ends(Ends ends, uint refit_rounds, inout Bits best) {
  float first = 0.0, last = 1e30;
  for (uint round = 0u; round <= refit_rounds; ++round) {
    uvec2 indices;
    const float error = mode6_error(ends, indices);
    if (error < best.error) best = Bits(ends, indices, error);
    if (round == 0u) first = error;
    Fit fit;
    if (error >= last || !fit_line(indices, fit)) break;
    last = error;
    ends = round_line(fit);
  }
  return first;
}

// Texel 0's index is stored without its top bit (the anchor): where that is 1 the line is turned round.
uvec4 pack_mode6(Bits bits) {
  const bool turned = (bits.indices.x & 8u) != 0u;
  const uvec2 indices = turned ? ~bits.indices : bits.indices;
  const uvec4 low = uvec4(turned ? bits.ends.high : bits.ends.low);
  const uvec4 high = uvec4(turned ? bits.ends.low : bits.ends.high);
  const uvec4 l = low >> 1, h = high >> 1;
  return uvec4(0x40u | l.r << 7 | h.r << 14 | l.g << 21 | h.g << 28,
               h.g >> 4 | l.b << 3 | h.b << 10 | l.a << 17 | h.a << 24 | (low.r & 1u) << 31,
               (high.r & 1u) | (indices.x & 7u) << 1 | (indices.x & 0xfffffff0u), indices.y);
}

Ends unpack_mode6_ends(uvec4 block) {
  const uvec4 l = uvec4(block.x >> 7, block.x >> 21, block.y >> 3, block.y >> 17) & 127u;
  const uvec4 h = uvec4(block.x >> 14, block.x >> 28 | block.y << 4, block.y >> 10, block.y >> 24) & 127u;
  return Ends(vec4(l << 1 | block.y >> 31), vec4(h << 1 | (block.z & 1u)));
}
#endif
