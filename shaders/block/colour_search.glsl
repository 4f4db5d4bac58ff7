// What the kernels that search a colour half do alike: the block's texels, the error of a pair of ends, the line that
// fits some indices best.
#ifndef TXS_COLOUR_SEARCH_GLSL
#define TXS_COLOUR_SEARCH_GLSL
#include "block/colour_half.glsl"
#include "block/half_search.glsl"

layout(constant_id = colour_constant_kind) const uint kind = colour_kind_opaque;
layout(constant_id = colour_constant_keep) const uint keep = 1;
layout(constant_id = colour_constant_black) const uint black = 0;

const bool may_be_three = kind != colour_kind_four;
const bool black_allowed = may_be_three && black != 0u;

// The block in work. Globals, since the compilers take seconds to see through copies of whole arrays.
vec3 texels[16];       // 0..255, whole numbers, row-major
float opaque[16];      // 1, or 0 of transparent texels, which no error counts
bool any_transparent;  // then the block has three colours
vec3 weights;          // of the channels

void load_colours(uint block) {
  HalfSettingsRef settings = HalfSettingsRef(push.settings);
  weights = settings.settings.weights.rgb;
  const float threshold = float(settings.settings.alpha_threshold);
  any_transparent = false;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec4 texel = texel_at(block_origin(block), t);
    opaque[t] = kind == colour_kind_cutout && texel.a < threshold ? 0.0 : 1.0;
    texels[t] = texel.rgb * opaque[t];  // as they will decode
    any_transparent = any_transparent || opaque[t] == 0.0;
  }
}

// In one order on both sides of the tests, where rounding matters.
float sum3(vec3 v) {
  precise float sum = (v.r + v.g) + v.b;
  return sum;
}
float weigh(vec3 v) { return sum3(weights * v * v); }

// |x - p|^2 = |x|^2 - 2 x p + |p|^2, of each entry the last two: a third cheaper than differences. Exact: texels,
// entries and weights have at most 8, 8 and 7 bits.
struct ErrorTerms {
  vec3 slope[4];
  float offset[4];
};

ErrorTerms error_terms(ColourPalette palette, bool three) {
  ErrorTerms terms;
  [[unroll]] for (uint k = 0u; k < 4u; ++k) {
    terms.slope[k] = palette.entry[k] * weights * -2.0;
    terms.offset[k] = weigh(palette.entry[k]);
  }
  if (three && (any_transparent || !black_allowed)) {  // no opaque texel takes the transparent entry
    terms.slope[3] = terms.slope[2];
    terms.offset[3] = terms.offset[2];
  }
  return terms;
}

// With transparent texels in a block black would be allowed as well; it is not looked for there, so that what is
// transparent is what the source says.
float colour_error(ColourEnds ends, bool three) {
  const ErrorTerms terms = error_terms(palette_of(ends, three), three);
  float error = 0.0;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec3 x = texels[t];
    const float first = min(sum3(terms.slope[0] * x) + terms.offset[0], sum3(terms.slope[1] * x) + terms.offset[1]);
    const float second = min(sum3(terms.slope[2] * x) + terms.offset[2], sum3(terms.slope[3] * x) + terms.offset[3]);
    error += (weigh(x) + min(first, second)) * opaque[t];
  }
  return error;
}

// Two bits a texel, texel 0 lowest: the nearest entry, the first of equals; 3 of transparent texels.
uint colour_indices(ColourEnds ends, bool three) {
  const ErrorTerms terms = error_terms(palette_of(ends, three), three);
  uint indices = 0u;
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec3 x = texels[t];
    float least = sum3(terms.slope[0] * x) + terms.offset[0];
    uint index = 0u;
    [[unroll]] for (uint k = 1u; k < 4u; ++k) {
      const float error = sum3(terms.slope[k] * x) + terms.offset[k];
      index = error < least ? k : index;
      least = min(error, least);
    }
    indices |= (opaque[t] == 0.0 ? 3u : index) << (2u * t);
  }
  return indices;
}

// --- fitting

// A line through the texels and the error's second derivatives about it: with other ends a channel's squared error grows
// by low_low da^2 + 2 low_high da db + high_high db^2.
struct Line {
  vec3 a, b;  // 0..255 and beyond
  float low_low, low_high, high_high;
};

vec3 rounding_cost(Line line, vec3 a, vec3 b) {
  const vec3 da = expand_565(a) - line.a, db = expand_565(b) - line.b;
  precise vec3 cost = (line.low_low * da * da + 2.0 * line.low_high * da * db) + line.high_high * db * db;
  return cost;
}

void keep_cheaper(Line line, vec3 a, vec3 b, inout ColourEnds ends, inout vec3 cost) {
  const vec3 new_cost = rounding_cost(line, a, b);
  const bvec3 cheaper = lessThan(new_cost, cost);
  ends.a = mix(ends.a, a, cheaper);
  ends.b = mix(ends.b, b, cheaper);
  cost = mix(cost, new_cost, cheaper);
}

// Rounds both ends together: a channel's two roundings share its error, so that of the four ways to round them down or
// up the cheapest is taken.
ColourEnds round_line(Line line) {
  precise vec3 a_scaled = line.a * (colour_top / 255.0), b_scaled = line.b * (colour_top / 255.0);
  const vec3 a = clamp(floor(a_scaled), vec3(0.0), colour_top), b = clamp(floor(b_scaled), vec3(0.0), colour_top);
  const vec3 a_up = min(a + 1.0, colour_top), b_up = min(b + 1.0, colour_top);
  ColourEnds ends = ColourEnds(a, b);
  vec3 cost = rounding_cost(line, a, b);
  keep_cheaper(line, a_up, b, ends, cost);
  keep_cheaper(line, a, b_up, ends, cost);
  keep_cheaper(line, a_up, b_up, ends, cost);
  return ends;
}

// --- bits

// The best of a half so far.
struct Colours {
  ColourEnds ends;
  bool three;
  float error;
};

void keep_better(ColourEnds ends, bool three, inout Colours best) {
  const float error = colour_error(ends, three);
  if (error < best.error) best = Colours(ends, three, error);
}

// In 4-colour halves of BC1 the first end is the larger one as a number, in 3-colour ones it is not: the ends change
// places, and with them the indices.
uvec2 pack_colours(Colours colours) {
  uint a = pack_565(colours.ends.a), b = pack_565(colours.ends.b);
  uint indices = colour_indices(colours.ends, colours.three);
  if (may_be_three && (colours.three ? a > b : a < b)) {
    const uint swapped = a;
    a = b;
    b = swapped;
    indices ^= colours.three ? ~(indices >> 1) & 0x55555555u : 0x55555555u;
  }
  return uvec2(a | b << 16, indices);
}

Colours load_colours_found(uint half_) {
  const uvec2 bits = Halves(push.blocks).bits[half_];
  const bool equal = (bits.x & 0xffffu) == bits.x >> 16;  // then four colours are no less, and more can come of them
  Colours best;
  best.ends = unpack_ends(bits);
  best.three = any_transparent || (may_be_three && has_three_colours(bits) && !equal);
  best.error = HalfRecords(push.records).record[half_].error;
  return best;
}

void store_colours_found(uint half_, Colours best, float before) {
  if (best.error < before) Halves(push.blocks).bits[half_] = pack_colours(best);
  store_error(half_, best.error);
}
#endif
