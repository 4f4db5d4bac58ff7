// What the ends of a division's lines may be: of one model, or of each partition's own. Modes of a class store as many pairs of
// colour values as its number and one; those that differ within a block are of a class and the next one (KDFS 23.11, 23.14).
#ifndef TXS_ASTC_MODELS_GLSL
#define TXS_ASTC_MODELS_GLSL
#include "codecs/astc/lines.glsl"

// Pairs of colour values of a line, 1 to 4.
uint model_pairs(uint model) { return 3u - (model & 3u) + ((model & astc_model_alpha) != 0u ? 1u : 0u); }

bool models_differ(uint models) { return models < astc_one_model; }

uint pairs_of_part(uint models, uint p) {
  return models_differ(models) ? (models >> 4) + 1u + (models >> p & 1u) : model_pairs(models - astc_one_model);
}

uint pairs_of(Division division, uint models) {
  return models_differ(models) ? division.partitions * ((models >> 4) + 1u) + bitCount(models & 15u)
                               : division.partitions * model_pairs(models - astc_one_model);
}

// The models that a line of so many pairs may have: one of opaque colours, and one with alpha.
const uint no_model = astc_model_count;
uint model_of_pairs(uint pairs, bool with_alpha) {
  if (with_alpha) return !has_alpha || pairs == 1u ? no_model : 4u - pairs + astc_model_alpha;
  return pairs == 4u ? no_model : 3u - pairs;
}

// Of the division in work, a component a partition:
vec4 model_off[astc_model_count];  // what lies off the lines in each model
vec4 part_texels, line_lengths2;   // texels, and the squared lengths of the lines

// The unit vector of a partition's mean colour.
vec4 hue_of(uint p) {
  const vec4 sum = vec4(line_sum[p].rgb, 0.0);
  return sum * inversesqrt(max(dot(sum, sum), 1.0));
}

// The distance of colours from the plane of grey and alpha, or of one hue and alpha, is left off any line in it.
void measure_models(Division division) {
  vec4 hues[4];
  for (uint p = 0u; p < 4u; ++p) hues[p] = p < division.partitions ? hue_of(p) : vec4(0.0);
  vec4 off_lines = vec4(0.0), off_hues = vec4(0.0), off_greys = vec4(0.0), off_opaque = vec4(0.0);
  part_texels = vec4(0.0);
  for (uint p = 0u; p < 4u; ++p) {
    const vec4 along = line_high[p] - line_low[p];
    line_lengths2[p] = p < division.partitions ? dot(along.rgb, along.rgb) + (has_alpha ? along.a * along.a : 0.0) : 0.0;
  }
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    const uint p = part_of(walk);
    const vec4 here = mix(vec4(0.0), vec4(1.0), equal(uvec4(0u, 1u, 2u, 3u), uvec4(p)));
    const vec4 texel = texel_of(walk), low = choose(line_low, p), high = choose(line_high, p);
    float share, off = 0.0;
    for (uint plane = 0u; plane < plane_count(division); ++plane)
      off += off_line(texel, low, high, plane_channels(division, plane), share);
    const float length2 = dot(texel.rgb, texel.rgb), grey = texel.r + texel.g + texel.b;
    const float along = dot(texel.rgb, choose(hues, p).rgb);
    part_texels += here;
    off_lines += here * off;
    off_hues += here * (length2 - along * along);
    off_greys += here * (length2 - grey * grey * (1.0 / 3.0));
    off_opaque += here * ((255.0 - texel.a) * (255.0 - texel.a));
  }
  // A second plane for red, green or blue leaves no hue.
  const bool apart = division.channel < 3u;
  const vec4 hue_off = apart ? vec4(no_hope) : max(off_lines, off_hues), grey_off = apart ? vec4(no_hope) : max(off_lines, off_greys);
  model_off[astc_model_rgb] = off_lines + off_opaque;
  model_off[astc_model_scale] = hue_off + off_opaque;
  model_off[astc_model_luminance] = grey_off + off_opaque;
  model_off[astc_model_rgb + astc_model_alpha] = off_lines;
  model_off[astc_model_scale + astc_model_alpha] = hue_off;
  model_off[astc_model_luminance + astc_model_alpha] = grey_off;
}

// What is worth a mode of the division in work: models, and what lies off their lines. More pairs are listed later, and only if
// less lies off than of all that is listed before.
const uint listed_models_bits = 4u, most_listed_models = 1u << listed_models_bits;
uint listed_models[most_listed_models], listed_model_count;
float listed_off[most_listed_models];

float sum_of_parts(vec4 of_parts, Division division) {
  return dot(mix(vec4(0.0), of_parts, lessThan(uvec4(0u, 1u, 2u, 3u), uvec4(division.partitions))), vec4(1.0));
}

void list_models_of(uint models, float off) {
  const bool better = listed_model_count == 0u || off < listed_off[listed_model_count - 1u];
  if (better && off < no_hope) {
    listed_models[listed_model_count] = models;
    listed_off[listed_model_count++] = off;
  }
}

// One model of so many pairs for all lines.
void list_one_model(Division division, uint pairs) {
  const uint opaque = model_of_pairs(pairs, false), alpha = model_of_pairs(pairs, true);
  const float off_opaque = opaque == no_model ? no_hope : sum_of_parts(model_off[opaque], division);
  const float off_alpha = alpha == no_model ? no_hope : sum_of_parts(model_off[alpha], division);
  list_models_of(astc_one_model + (off_alpha < off_opaque ? alpha : opaque), min(off_alpha, off_opaque));
}

vec4 off_of_pairs(uint pairs) {
  const uint opaque = model_of_pairs(pairs, false), alpha = model_of_pairs(pairs, true);
  const vec4 off_opaque = opaque == no_model ? vec4(no_hope) : model_off[opaque];
  return alpha == no_model ? off_opaque : min(off_opaque, model_off[alpha]);
}

// Models differ: a pair more than `pairs` for as many partitions as `more`, those that gain most by it.
void list_differing_models(Division division, uint pairs, uint more) {
  vec4 off = off_of_pairs(pairs);
  const vec4 off_with_more = off_of_pairs(pairs + 1u);
  uint models = pairs - 1u << 4;
  for (uint i = 0u; i < more; ++i) {
    uint best = 0u;
    float most = -no_hope;
    for (uint p = 0u; p < division.partitions; ++p) {
      const float gain = off[p] - off_with_more[p];
      const bool better = (models >> p & 1u) == 0u && gain > most;
      most = better ? gain : most;
      best = better ? p : best;
    }
    models |= 1u << best;
    off[best] = off_with_more[best];
  }
  list_models_of(models, sum_of_parts(off, division));
}

void list_models(Division division) {
  measure_models(division);
  listed_model_count = 0u;
  for (uint pairs = division.partitions; pairs <= min(4u * division.partitions, 9u); ++pairs) {
    const uint each = quotient(pairs, division.partitions), more = pairs - each * division.partitions;
    // Loops that run once or not at all: both sides of an `if` are walked on software devices.
    for (bool same = more == 0u; same; same = false) list_one_model(division, each);
    for (bool differ = division.partitions > 1u && each < 4u; differ; differ = false) list_differing_models(division, each, more);
  }
}
#endif
