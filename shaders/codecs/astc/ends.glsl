// The colours at the ends of the partitions' lines, for weights that are fixed, as the bits can hold them.
#ifndef TXS_ASTC_ENDS_GLSL
#define TXS_ASTC_ENDS_GLSL
#include "codecs/astc/endpoints.glsl"
#include "codecs/astc/modes.glsl"

vec4 end_low[4], end_high[4];  // as they decode, whole numbers
uvec2 stored_colours[4];       // of each partition: its integers, a byte each, in the order of the bits
uint endpoint_modes[4];        // of each partition (KDFS 23.14)

// The ends that leave the least squared error of a partition, channel by channel, and what going away from them costs:
// low_low dl^2 + 2 low_high dl dh + high_high dh^2.
struct Fit {
  vec4 low, high;
  vec4 low_low, low_high, high_high;
};

vec4 high_shares(Division division, uint t) {
  const float first = texel_weights[t], second = division.channel == 4u ? 0.0 : texel_weights[texel_count + t];
  return mix(vec4(first), vec4(second), equal(uvec4(0u, 1u, 2u, 3u), uvec4(division.channel))) * (1.0 / 64.0);
}

Fit fit_ends(uint p, Division division) {
  Fit fit = Fit(vec4(0.0), vec4(0.0), vec4(0.0), vec4(0.0), vec4(0.0));
  vec4 sum = vec4(0.0), high_sum = vec4(0.0);
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    const float inside = part_of(walk) == p ? 1.0 : 0.0;
    const vec4 h = high_shares(division, walk.t) * inside, l = inside - h, texel = texel_of(walk);
    fit.low_low += l * l;
    fit.low_high += l * h;
    fit.high_high += h * h;
    sum += texel * inside;
    high_sum += h * texel;
  }
  const vec4 low_sum = sum - high_sum;
  const vec4 determinant = fit.low_low * fit.high_high - fit.low_high * fit.low_high;
  const vec4 inverse = 1.0 / max(determinant, 1e-4);
  fit.low = (low_sum * fit.high_high - high_sum * fit.low_high) * inverse;
  fit.high = (high_sum * fit.low_low - low_sum * fit.low_high) * inverse;
  // All weights alike: one colour.
  const vec4 mean = sum / max(fit.low_low + 2.0 * fit.low_high + fit.high_high, 1e-6);
  const bvec4 flat_ = lessThan(determinant, vec4(1e-3));
  fit.low = mix(fit.low, mean, flat_);
  fit.high = mix(fit.high, mean, flat_);
  if (!has_alpha) fit.low.a = fit.high.a = 255.0;
  return fit;
}

float excess(Fit fit, vec4 low, vec4 high) {
  const vec4 dl = low - fit.low, dh = high - fit.high;
  const vec4 each = fit.low_low * dl * dl + 2.0 * fit.low_high * dl * dh + fit.high_high * dh * dh;
  return each.r + each.g + each.b + (has_alpha ? each.a : 0.0);
}

// Of a colour value: the range's values on either side and their integers, as AstcSearchTables::colour_of has them.
uint values_about(uint range, float value) {
  return search_tables().search.colour_of[range][uint(clamp(value, 0.0, 255.0))];
}

// The nearest value | its integer << 8.
uint nearest_colour(uint range, float value) {
  const uint about = values_about(range, value);
  const bool above = value - float(about & 255u) > float(about >> 8 & 255u) - value;
  return above ? (about >> 8 & 255u) | about >> 24 << 8 : (about & 255u) | (about >> 16 & 255u) << 8;
}

// The best of the four ways to round both ends of a channel: as nearest_colour, the low one and the high one.
uvec2 nearest_pair(uint range, float low, float high, float low_low, float low_high, float high_high) {
  const uint about_low = values_about(range, low), about_high = values_about(range, high);
  uvec2 pair = uvec2(0u);
  float least = no_hope;
  for (uint way = 0u; way < 4u; ++way) {
    const uint l = about_low >> 8u * (way & 1u) & 0xff00ffu, h = about_high >> 8u * (way >> 1) & 0xff00ffu;
    const float dl = float(l & 255u) - low, dh = float(h & 255u) - high;
    const float error = low_low * dl * dl + 2.0 * low_high * dl * dh + high_high * dh * dh;
    const bool better = error < least;
    least = better ? error : least;
    pair = better ? uvec2(l & 255u | l >> 8, h & 255u | h >> 8) : pair;
  }
  return pair;
}

// RGB as its parts that blue contraction makes into it again (KDFS 23.14): red and green count twice from blue.
vec4 expanded(vec4 c) { return vec4(2.0 * c.rg - c.bb, c.ba); }

// What base and offset modes store (KDFS 23.14): the base without its top bit, and the offset with it; the lowest bits do not
// count. Where the offset has no room, what comes out is far off, and is not taken.
vec4 base_values(vec4 low) { return vec4((ivec4(clamp(low + 0.5, 0.0, 255.0)) & 127) << 1) + 0.5; }
vec4 offset_values(vec4 low, vec4 high) {
  const ivec4 base = ivec4(clamp(low + 0.5, 0.0, 255.0)), other = ivec4(clamp(high + 0.5, 0.0, 255.0));
  return vec4((base & 128) | (clamp(other - base, -32, 31) & 63) << 1) + 0.5;
}
// Of luminance there is more room: KDFS 23.14, mode 1.
vec2 grey_offset_values(float low, float high) {
  const int base = int(clamp(low + 0.5, 0.0, 255.0));
  const int offset = clamp(int(clamp(high + 0.5, 0.0, 255.0)) - base, 0, 63);
  return vec2(float((base & 63) << 2) + 1.5, float((base & 192) | offset));
}

// Ways to store a line: direct; with blue contraction; base and offset; that with blue contraction.
const uint ways = 4u;

uint mode_of_way(uint model, uint way) {
  const uint alpha = (model & astc_model_alpha) != 0u ? 1u : 0u, offset = way >> 1;
  const uint colours = model & 3u;
  return colours == astc_model_rgb ? 8u + 4u * alpha + offset
         : colours == astc_model_scale ? 6u + 4u * alpha
                                       : 4u * alpha + offset;
}

bool has_way(uint model, uint way) {
  return (model & 3u) == astc_model_rgb || way == 0u || (way == 2u && (model & 3u) == astc_model_luminance);
}

// What a way would store if every value could be: in the order of the bits, four and four.
void wished_values(uint model, uint way, vec4 low, vec4 high, out vec4 first, out vec4 last) {
  const bool contracted = (way & 1u) != 0u, offset = way >= 2u;
  vec4 even = contracted ? expanded(high) : low, odd = contracted ? expanded(low) : high;
  if (offset) {
    const vec4 base = base_values(even);
    odd = offset_values(even, odd);
    even = base;
  }
  const uint colours = model & 3u;
  if (colours == astc_model_rgb) {
    first = vec4(even.r, odd.r, even.g, odd.g);
    last = vec4(even.b, odd.b, even.a, odd.a);
  } else if (colours == astc_model_scale) {
    const float scale = dot(low.rgb, high.rgb) / max(dot(high.rgb, high.rgb), 1.0);
    first = vec4(high.rgb, scale * 256.0);
    last = vec4(low.a, high.a, 0.0, 0.0);
  } else {
    const bool greys_apart = offset && (model & astc_model_alpha) == 0u;
    first = vec4(greys_apart ? grey_offset_values(low.r, high.r) : vec2(even.r, odd.r), even.a, odd.a);
    last = vec4(0.0);
  }
}

// The line of a fit as its model can have it.
Fit in_model(Fit fit, uint model) {
  const uint colours = model & 3u;
  const vec4 hue = vec4(fit.low.rgb * fit.low_low.r + fit.high.rgb * fit.high_high.r + (fit.low.rgb + fit.high.rgb) * fit.low_high.r, 0.0);
  const vec3 axis = hue.rgb * inversesqrt(max(dot(hue.rgb, hue.rgb), 1e-3));
  if (colours == astc_model_scale) {
    fit.low.rgb = axis * dot(axis, fit.low.rgb);
    fit.high.rgb = axis * dot(axis, fit.high.rgb);
  }
  if (colours == astc_model_luminance) {
    fit.low.rgb = vec3((fit.low.r + fit.low.g + fit.low.b) * (1.0 / 3.0));
    fit.high.rgb = vec3((fit.high.r + fit.high.g + fit.high.b) * (1.0 / 3.0));
  }
  if ((model & astc_model_alpha) == 0u) fit.low.a = fit.high.a = 255.0;
  return fit;
}

uint bytes_of(vec4 c) {
  const uvec4 b = uvec4(c);
  return b.r | b.g << 8 | b.b << 16 | b.a << 24;
}
vec4 of_bytes(uint b) { return vec4(uvec4(b, b >> 8, b >> 16, b >> 24) & 255u); }

// The model of a partition; of those that differ `option` tells the two of its pairs apart.
uint model_of_part(uint models, uint p, uint option) {
  return models_differ(models) ? model_of_pairs(pairs_of_part(models, p), option == 1u) : models - astc_one_model;
}

// Ends for the texels' weights, rounded in the way that costs least. Direct modes and those with offsets are told apart by
// endpoint modes: where these may not differ all partitions use one of the two families.
void round_ends(Division division, uint models, uint range) {
  uvec4 kept[8];  // of direct modes, then of offsets (of any where modes differ), by partition: ends and integers
  uint kept_modes[8];
  float costs[2] = float[2](0.0, 0.0);
  const bool differ = models_differ(models);
  for (uint p = 0u; p < division.partitions; ++p) {
    const Fit fit = fit_ends(p, division);
    float least[2] = float[2](no_hope, no_hope);
    for (uint option = 0u; option < (differ ? 2u : 1u); ++option) {
      const uint model = model_of_part(models, p, option);
      if (model == no_model) continue;
      const Fit line = in_model(fit, model);
      for (uint way = 0u; way < ways; ++way) {
        if (!has_way(model, way)) continue;
        vec4 wished_first, wished_last;
        wished_values(model, way, line.low, line.high, wished_first, wished_last);
        uvec4 first, last;  // values | integers << 8
        for (uint i = 0u; i < 4u; ++i) {
          first[i] = nearest_colour(range, wished_first[i]);
          last[i] = nearest_colour(range, wished_last[i]);
        }
        if (way == 0u && (model & 3u) != astc_model_scale) {
          // Both ends of a channel lie side by side: rounded with an eye on each other.
          for (uint pair = 0u; pair < 4u; ++pair) {
            const bool of_alpha = pair == ((model & 3u) == astc_model_rgb ? 3u : 1u);
            const uint c = of_alpha ? 3u : min(pair, 2u);
            const uvec2 both = nearest_pair(range, line.low[c], line.high[c], fit.low_low[c], fit.low_high[c], fit.high_high[c]);
            if (pair == 0u) first.xy = both;
            if (pair == 1u) first.zw = both;
            if (pair == 2u) last.xy = both;
            if (pair == 3u) last.zw = both;
          }
        }
        const AstcEnds ends = astc_endpoints(mode_of_way(model, way), ivec4(first & 255u), ivec4(last & 255u));
        const float cost = excess(fit, vec4(ends.low), vec4(ends.high));
        const uint family = differ ? 0u : way >> 1;
        if (cost < least[family]) {
          least[family] = cost;
          kept[family * 4u + p] = uvec4(bytes_of(vec4(ends.low)), bytes_of(vec4(ends.high)), bytes_of(vec4(first >> 8)),
                                        bytes_of(vec4(last >> 8)));
          kept_modes[family * 4u + p] = mode_of_way(model, way);
        }
      }
    }
    costs[0] += least[0];
    costs[1] += least[1];
  }
  const uint family = costs[1] < costs[0] ? 1u : 0u;
  for (uint p = 0u; p < division.partitions; ++p) {
    const uvec4 chosen = kept[family * 4u + p];
    end_low[p] = of_bytes(chosen.x);
    end_high[p] = of_bytes(chosen.y);
    stored_colours[p] = chosen.zw;
    endpoint_modes[p] = kept_modes[family * 4u + p];
  }
}

// The squared error of the block as it decodes, exact below 2^24 (KDFS 23.18, the unorm8 decode mode).
float measure(Division division) {
  float error = 0.0;
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    const uint p = part_of(walk);
    const vec4 weight = high_shares(division, walk.t) * 64.0, low = choose(end_low, p), high = choose(end_high, p);
    // Widened to 16 bits: c * 257, of sRGB colours c * 256 + 128.
    const vec4 wide_low = low * (srgb ? 256.0 : 257.0) + (srgb ? 128.0 : 0.0);
    const vec4 wide_high = high * (srgb ? 256.0 : 257.0) + (srgb ? 128.0 : 0.0);
    const vec4 colour = floor((wide_low * (64.0 - weight) + wide_high * weight + 32.0) * (1.0 / 16384.0));
    const vec4 off = texel_of(walk) - colour;
    error += dot(off.rgb, off.rgb) + (has_alpha ? off.a * off.a : 0.0);
  }
  return error;
}
#endif
