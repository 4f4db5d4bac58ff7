// Estimates what every candidate of a block would cost, from sums alone, and lists the best, best first.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "interop/bc7_ranked.h"
#include "codecs/bc7/ranked/list.glsl"
#include "codecs/bc7/ranked/moments.glsl"

vec4 texels[16];  // scaled by the roots of their weights
float alpha_error;  // of modes that always decode alpha to 255
bool rgb_only;      // alpha is no channel of this block

bool allowed(uint mode) { return (push.modes >> mode & 1u) != 0u; }

void consider(uint mode, uint shape, float estimate) {
  insert_key(allowed(mode) ? key_of(estimate, mode << 6 | shape) : no_key);
}

float estimate(Bc7ErrorModel model, Spread spread) {
  return model.off * spread.off + model.along * spread.along + model.rounding * 16.0;
}
Spread sum(Spread a, Spread b) { return Spread(a.along + b.along, a.off + b.off); }

void consider_two_subsets(uint number, Moments all, Moments second) {
  const Moments a = centred(difference(all, second)), b = centred(second);
  const Spread colours = sum(colour_spread(a), colour_spread(b));
  consider(1u, number, estimate(bc7_line_models[1], colours) + alpha_error);
  consider(3u, number, estimate(bc7_line_models[3], colours) + alpha_error);
  if (!may_have_alpha) return;
  const Spread full = sum(full_spread(a), full_spread(b));
  if (rgb_only) return;
  consider(7u, number, estimate(bc7_line_models[7], full));
}

void consider_three_subsets(uint number, Moments all, Moments second, Moments third) {
  const Spread colours = sum(colour_spread(centred(difference(difference(all, second), third))),
                             sum(colour_spread(centred(second)), colour_spread(centred(third))));
  const float mode0 = estimate(bc7_line_models[0], colours) + alpha_error;
  consider(0u, number, number < 16u ? mode0 : 1e30);
  consider(2u, number, estimate(bc7_line_models[2], colours) + alpha_error);
}

void consider_partitions(Moments all) {
  for (uint number = 0u; number < 64u; ++number) {
    const uint two = push.tables.tables.partitions[64u + number].subsets;
    const uint three = push.tables.tables.partitions[128u + number].subsets;
    Moments second_of_two = no_moments(), second = no_moments(), third = no_moments();
    [[unroll]] for (uint t = 0u; t < 16u; ++t) {
      add(second_of_two, texels[t], float(two >> 2u * t & 1u));
      add(second, texels[t], float(three >> 2u * t & 1u));
      add(third, texels[t], float(three >> (2u * t + 1u) & 1u));
    }
    consider_two_subsets(number, all, second_of_two);
    consider_three_subsets(number, all, second, third);
  }
}

// Alpha changes places with channel `rotation` - 1.
Moments rotated(Moments m, uint rotation) {
  const vec4 s = m.squares;
  const vec3 c = m.cross_colour, a = m.cross_alpha;
  if (rotation == 1u) {
    m.squares = s.agbr;
    m.cross_colour = vec3(a.g, a.b, c.b);
  } else if (rotation == 2u) {
    m.squares = s.rabg;
    m.cross_colour = vec3(a.r, c.g, a.b);
  } else if (rotation == 3u) {
    m.squares = s.rgab;
    m.cross_colour = vec3(c.r, a.r, a.g);
  }
  return m;
}

void consider_rotations(Moments all_centred) {
  [[unroll]] for (uint rotation = 0u; rotation < 4u; ++rotation) {
    const Moments m = rotated(all_centred, rotation);
    const Spread colours = colour_spread(m);
    const float rounded = rotation > 0u && rgb_only ? 2.0 / 3.0 : 1.0;  // one of the channels is 255
    const float apart_rounded = rotation == 0u && rgb_only ? 0.0 : 1.0;
    // The channel apart: with indices of 2 bits, of 3.
    const float two_bits = 0.03 * m.squares.a, three_bits = 0.0095 * m.squares.a;
    Bc7ErrorModel coarse = bc7_line_models[4], fine = bc7_line_models[5];
    coarse.rounding *= rounded;
    fine.rounding *= rounded;
    const float coarse_apart = 13.0 * apart_rounded, fine_apart = apart_rounded;
    consider(4u, 2u * rotation, estimate(coarse, colours) + three_bits + coarse_apart);
    coarse.along = 0.0095;
    consider(4u, 2u * rotation + 1u, estimate(coarse, colours) + two_bits + coarse_apart);
    consider(5u, rotation, estimate(fine, colours) + two_bits + fine_apart);
  }
}

void main() {
  if (gl_GlobalInvocationID.x >= push.count) return;
  const uint block = push.first + gl_GlobalInvocationID.x;
  begin_block(block);
  clear_list();
  const vec4 weights = channel_weights(), scale = sqrt(weights);
  Moments all = no_moments();
  alpha_error = 0.0;
  rgb_only = !may_have_alpha || pinned;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec4 texel = block_texel(t);
    texels[t] = texel * scale;
    if (!may_have_alpha) texels[t].a = 0.0;
    alpha_error += may_have_alpha ? (255.0 - texel.a) * (255.0 - texel.a) * weights.a : 0.0;
    add(all, texels[t], 1.0);
  }
  const Moments middle = centred(all);
  consider(6u, 0u, estimate(bc7_line_models[6], may_have_alpha ? full_spread(middle) : colour_spread(middle)));
  consider_rotations(middle);
  consider_partitions(all);
  store_list(block);
}
