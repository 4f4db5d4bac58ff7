// Which block modes suit a division of the block: what every grid keeps of the texels' weights is told from their cosine
// transform, and for every range of its weights and every line model the rounding of weights and colours is added as noise.
#ifndef TXS_ASTC_MODES_GLSL
#define TXS_ASTC_MODES_GLSL
#include "codecs/astc/weights.glsl"

uint opaque_parts = 0u;  // bit p: alpha is 255 in all texels of partition p of the division in work

void find_opaque_parts() {
  if (!has_alpha) return;
  opaque_parts = 15u;
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk))
    opaque_parts &= ~((texel_of(walk).a < 255.0 ? 1u : 0u) << part_of(walk));
}

// The model of one partition of those that a block's stands for.
uint model_of_part(uint model, uint p) {
  if (model != astc_model_mixed) return model;
  return (opaque_parts >> p & 1u) != 0u ? astc_model_rgb : astc_model_rgb + astc_model_alpha;
}

// Colour values of a partition, in pairs.
uint model_pairs(uint model) {
  const uint colours = 3u - (model & 3u);
  return colours + ((model & astc_model_alpha) != 0u ? 1u : 0u);
}

// The same of all of a division.
uint pairs_of(Division division, uint model) {
  const uint opaque = bitCount(opaque_parts & ((1u << division.partitions) - 1u));
  return model == astc_model_mixed ? 4u * division.partitions - opaque : division.partitions * model_pairs(model);
}

// Bits beside the weights in which endpoint modes that differ are told (KDFS 23.11).
uint extra_bits(Division division, uint model) { return model == astc_model_mixed ? 3u * division.partitions - 4u : 0u; }

// Bits for colours beside those of a grid's weights; negative: none.
int colour_room(Division division, uint model, uint weight_bits) {
  return 128 - int(weight_bits + extra_bits(division, model)) - (division.partitions == 1u ? 17 : 29) -
         (division.channel == 4u ? 0 : 2);
}

// The largest range of a division's colours; astc_no_range: they have no room.
uint colour_range_of(Division division, uint model, uint weight_bits) {
  const int room = colour_room(division, model, weight_bits);
  const uint pairs = pairs_of(division, model);
  if (room < 0 || pairs > 9u) return astc_no_range;
  return astc_byte(search_tables().decode.colour_ranges[pairs][uint(room) >> 2], uint(room));
}

// What lies off the lines of each model.
float model_off[astc_model_count];

// The distance of colours from the plane of grey and alpha, or of one hue and alpha, is left off any line in it.
void measure_models(Division division, vec4 hues[4]) {
  float off_lines = 0.0, off_hues = 0.0, off_greys = 0.0, off_opaque = 0.0;
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
    const uint p = part_of(walk);
    const vec4 texel = texel_of(walk), low = choose(line_low, p), high = choose(line_high, p);
    float share;
    for (uint plane = 0u; plane < plane_count(division); ++plane)
      off_lines += off_line(texel, low, high, plane_channels(division, plane), share);
    const float length2 = dot(texel.rgb, texel.rgb), grey = texel.r + texel.g + texel.b;
    const float along = dot(texel.rgb, choose(hues, p).rgb);
    off_hues += length2 - along * along;
    off_greys += length2 - grey * grey * (1.0 / 3.0);
    off_opaque += (255.0 - texel.a) * (255.0 - texel.a);
  }
  // A second plane for red, green or blue leaves no hue.
  const float hue_off = division.channel < 3u ? no_hope : max(off_lines, off_hues);
  const float grey_off = division.channel < 3u ? no_hope : max(off_lines, off_greys);
  model_off[astc_model_rgb] = off_lines + off_opaque;
  model_off[astc_model_scale] = hue_off + off_opaque;
  model_off[astc_model_luminance] = grey_off + off_opaque;
  model_off[astc_model_rgb + astc_model_alpha] = off_lines;
  const uint opaque = opaque_parts & ((1u << division.partitions) - 1u);
  model_off[astc_model_mixed] = opaque == 0u || opaque == (1u << division.partitions) - 1u ? no_hope : off_lines;
  model_off[astc_model_scale + astc_model_alpha] = hue_off;
  model_off[astc_model_luminance + astc_model_alpha] = grey_off;
}

// The unit vector of a partition's mean colour.
vec4 hue_of(uint p) {
  const vec4 sum = vec4(line_sum[p].rgb, 0.0);
  return sum * inversesqrt(max(dot(sum, sum), 1.0));
}

// A step of s rounds with an error of s^2 / 12 in the mean. Refits and sweeps mend much of it: what is left was found by trial on
// photographs, at 4x4, 8x8 and 12x12 (a half more or less costs up to 0.05 dB). A texel takes 2/3 of the sum of its
// ends' shares, since it lies anywhere between them.
const float weight_noise = 1.0 / 30.0, colour_noise = 2.0 / 3.0 / 12.0 * 0.3;

// A range of n bits a value has about 2^n levels, also with trits or quints; ranges of fewer than 6 levels are none.
float noise_of_colours(float bits_each) {
  const float step = 255.0 / (exp2(min(bits_each, 8.0)) - 1.0);
  return bits_each < 2.6 ? no_hope : colour_noise * step * step * float(texel_count) * (has_alpha ? 4.0 : 3.0);
}

// The best modes so far, in rising order: an error whose lowest bits make room for the mode.
const uint mode_number_bits = astc_trial_mode_bits + 3u;
const uint most_listed_modes = 8u;
uint mode_keys[most_listed_modes];

void list_mode(float error, uint number, uint room) {
  // A positive float's bits rise with it. A loop, since both sides of an `if` are walked on software devices.
  uint key = (floatBitsToUint(error) & ~((1u << mode_number_bits) - 1u)) | number;
  for (bool better = key < mode_keys[room - 1u]; better; better = false) {
    for (uint i = 0u; i < room; ++i) {
      const uint kept = mode_keys[i];
      mode_keys[i] = min(kept, key);
      key = max(kept, key);
    }
  }
}

// The squared error of each frequency of the texels' weights, were it lost: [down * block_width + across].
float energies[texel_count];

// Of a plane's wishes. Partitions whose lines are short miss little by it, whatever they wish: their wishes are drawn towards
// the mean by what their errors count.
void add_energies(uint plane) {
  float total = 0.0, sum = 0.0, most = 1e-6;
  for (uint t = 0u; t < texel_count; ++t) {
    const float pull = reach_of(part_of(t));
    total += pull;
    sum += pull * texel_weights[plane * texel_count + t];
    most = max(most, pull);
  }
  const float mean = sum / max(total, 1e-6);
  for (uint t = 0u; t < texel_count; ++t) {
    const float off = clamp(texel_weights[plane * texel_count + t], 0.0, 64.0) - mean;
    texel_weights[plane * texel_count + t] = off * sqrt(reach_of(part_of(t)));
  }
  for (uint y = 0u; y < block_height; ++y) {
    for (uint u = 0u; u < block_width; ++u) {
      float along = 0.0;
      for (uint x = 0u; x < block_width; ++x)
        along += search_tables().search.cosines_across[u][x] * texel_weights[plane * texel_count + y * block_width + x];
      row_points[y * block_width + u] = along;
    }
  }
  for (uint v = 0u; v < block_height; ++v) {
    for (uint u = 0u; u < block_width; ++u) {
      float along = 0.0;
      for (uint y = 0u; y < block_height; ++y) along += search_tables().search.cosines_down[v][y] * row_points[y * block_width + u];
      energies[v * block_width + u] += along * along;
    }
  }
}

float row_energies[12];  // of each frequency down, what the grid's columns keep

void keep_columns(uint width) {
  for (uint v = 0u; v < block_height; ++v) {
    float sum = 0.0;
    for (uint u = 0u; u < block_width; ++u) sum += search_tables().search.kept_across[width - 2u][u] * energies[v * block_width + u];
    row_energies[v] = sum;
  }
}

float kept_by_rows(uint height) {
  float sum = 0.0;
  for (uint v = 0u; v < block_height; ++v) sum += search_tables().search.kept_down[height - 2u][v] * row_energies[v];
  return sum;
}

// Fills mode_keys with the best `room` modes of the division, whose lines are fitted.
void list_modes(Division division, uint room) {
  vec4 hues[4];
  for (uint p = 0u; p < 4u; ++p) hues[p] = p < division.partitions ? hue_of(p) : vec4(0.0);
  find_opaque_parts();
  measure_models(division, hues);
  for (uint i = 0u; i < most_listed_modes; ++i) mode_keys[i] = 0xffffffffu;

  const uint planes = plane_count(division);
  float both_reach = 0.0, all_energies = 0.0;
  for (uint f = 0u; f < texel_count; ++f) energies[f] = 0.0;
  for (uint plane = 0u; plane < planes; ++plane) {
    wish_weights(division, plane);
    for (uint t = 0u; t < texel_count; ++t) both_reach += reach_of(part_of(t));
    add_energies(plane);
  }
  for (uint f = 0u; f < texel_count; ++f) all_energies += energies[f];

  const uint grids = search_tables().search.grid_count;
  uint width = 0u;
  for (uint g = 0u; g < grids; ++g) {
    // Grids come in the order of their widths.
    for (uint wanted = search_tables().search.grids[g].width; width != wanted; width = wanted) keep_columns(wanted);
    const float blurred = max(all_energies - kept_by_rows(search_tables().search.grids[g].height), 0.0);
    for (uint range = 0u; range < astc_weight_ranges; ++range) {
      const uint mode = search_tables().search.grids[g].modes[(planes - 1u) * 12u + range];
      const float step = 64.0 / float(search_tables().search.weight_levels[range] - 1u);
      const float rounding = step * step * weight_noise * search_tables().search.grids[g].noise * both_reach;
      for (uint model = 0u; model < (has_alpha ? 7u : 3u); ++model) {
        const int room_for_colours = mode == astc_no_mode ? -1 : colour_room(division, model, mode >> 16);
        const uint values = 2u * pairs_of(division, model);
        const float bits_each = values > 18u ? 0.0 : float(room_for_colours) / float(values);
        const float error = model_off[model] + blurred + rounding + noise_of_colours(bits_each);
        list_mode(error, g * 12u + range | model << astc_trial_mode_bits, room);
      }
    }
  }
}
#endif
