// Which block modes suit a division of the block: what every grid keeps of the texels' weights is told from their cosine
// transform, and for every range of its weights and every line model the rounding of weights and colours is added as noise.
#ifndef TXS_ASTC_MODES_GLSL
#define TXS_ASTC_MODES_GLSL
#include "codecs/astc/models.glsl"
#include "codecs/astc/weights.glsl"

// Bits beside the weights in which endpoint modes that differ are told (KDFS 23.11).
uint extra_bits(Division division, uint models) { return models_differ(models) ? 3u * division.partitions - 4u : 0u; }

// Bits for colours beside those of a grid's weights; negative: none.
int colour_room(Division division, uint models, uint weight_bits) {
  return 128 - int(weight_bits + extra_bits(division, models)) - (division.partitions == 1u ? 17 : 29) -
         (division.channel == 4u ? 0 : 2);
}

// The largest range of a division's colours; astc_no_range: they have no room.
uint colour_range_of(Division division, uint models, uint weight_bits) {
  const int room = colour_room(division, models, weight_bits);
  const uint pairs = pairs_of(division, models);
  if (room < 0 || pairs > 9u) return astc_no_range;
  return astc_byte(search_tables().decode.colour_ranges[pairs][uint(room) >> 2], uint(room));
}

// A step of s rounds with an error of s^2 / 12 in the mean. Refits and sweeps mend much of it: what is left was found by trial on
// photographs and a cut-out, at 4x4, 8x8 and 12x12 (a half more or less costs up to 0.05 dB).
const float weight_noise = 0.4;

// A texel takes 2/3 of the sum of its ends' shares, since it lies anywhere between them. Along the line its weight makes up for
// what the ends were rounded, but not if the line is shorter than a few steps.
const float texel_noise = 2.0 / 3.0 / 12.0, noise_of_long = 0.3, noise_of_short = 2.4, short_steps = 2.0;

// A range of n bits a value has about 2^n levels, also with trits or quints; ranges of fewer than 6 levels are none.
float noise_of_colours(float bits_each) {
  const float step = 255.0 / (exp2(min(bits_each, 8.0)) - 1.0), step2 = step * step;
  const vec4 short2 = vec4(short_steps * short_steps * step2);
  const vec4 left = (noise_of_long * line_lengths2 + noise_of_short * short2) / (line_lengths2 + short2);
  return bits_each < 2.6 ? no_hope : texel_noise * step2 * (has_alpha ? 4.0 : 3.0) * dot(left, part_texels);
}

// The best modes so far, in rising order: an error whose lowest bits make room for the mode.
const uint mode_number_bits = astc_trial_mode_bits + listed_models_bits;  // the place in listed_models above
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
  float total = 0.0, sum = 0.0;
  for (uint t = 0u; t < texel_count; ++t) {
    const float pull = reach_of(part_of(t));
    total += pull;
    sum += pull * texel_weights[plane * texel_count + t];
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

// Whether that is a mode that can be: where the list was not filled errors are not numbers, and hopeless ones have lost their
// lowest bits.
bool is_hopeful(AstcTrial trial) { return trial.error < 0.5 * no_hope; }

// What is listed at `i`, as in AstcTrial.
AstcTrial listed_trial(uint i, uint division) {
  const uint number = mode_keys[i] & ((1u << mode_number_bits) - 1u), place = number & ((1u << astc_trial_mode_bits) - 1u);
  const uint mode = place | listed_models[number >> astc_trial_mode_bits] << astc_trial_mode_bits;
  return AstcTrial(uintBitsToFloat(mode_keys[i] ^ number), division | mode << astc_division_bits);
}

float range_noise[astc_weight_ranges];  // what rounding the texels' wishes to each range's levels leaves

// Of a plane's wishes. Measured, since wishes at edges lie near the ends: two levels are enough for them.
void add_range_noise(uint plane) {
  for (uint range = 0u; range < astc_weight_ranges; ++range) {
    const float steps = float(search_tables().search.weight_levels[range] - 1u) * (1.0 / 64.0);
    float sum = 0.0;
    for (uint t = 0u; t < texel_count; ++t) {
      const float wish = clamp(texel_weights[plane * texel_count + t], 0.0, 64.0);
      const float off = wish - floor(wish * steps + 0.5) / steps;
      sum += reach_of(part_of(t)) * off * off;
    }
    range_noise[range] += sum;
  }
}

// Fills mode_keys with the best `room` modes of the division, whose lines are fitted.
void list_modes(Division division, uint room) {
  list_models(division);
  for (uint i = 0u; i < most_listed_modes; ++i) mode_keys[i] = 0xffffffffu;

  const uint planes = plane_count(division);
  float all_energies = 0.0;
  for (uint f = 0u; f < texel_count; ++f) energies[f] = 0.0;
  for (uint range = 0u; range < astc_weight_ranges; ++range) range_noise[range] = 0.0;
  for (uint plane = 0u; plane < planes; ++plane) {
    wish_weights(division, plane);
    add_range_noise(plane);
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
      const float rounding = range_noise[range] * weight_noise * search_tables().search.grids[g].noise;
      for (uint m = 0u; m < listed_model_count; ++m) {
        const int room_for_colours = mode == astc_no_mode ? -1 : colour_room(division, listed_models[m], mode >> 16);
        const float bits_each = float(room_for_colours) / float(2u * pairs_of(division, listed_models[m]));
        const float error = listed_off[m] + blurred + rounding + noise_of_colours(bits_each);
        list_mode(error, g * 12u + range | m << astc_trial_mode_bits, room);
      }
    }
  }
}
#endif
