// Which block modes suit a division of the block: for every grid the weights are solved and blended back, and for every
// range of its weights the rounding of weights and colours is added as noise.
#ifndef TXS_ASTC_MODES_GLSL
#define TXS_ASTC_MODES_GLSL
#include "codecs/astc/lines.glsl"
#include "codecs/astc/weights.glsl"

shared float mode_errors[astc_most_modes];  // grid * 12 + range: the squared error to expect of it; no_hope: illegal
shared uint best_key;

const float no_hope = 1e30;

// A division of the block's colours.
struct Division {
  uint partitions, seed;
  uint channel;  // that a second plane of weights is for; 4: there is none
  vec4 in_line;  // 1 for the channels of the first plane
};

Division division_of(uint what) {
  Division division;
  division.partitions = (what & 3u) + 1u;
  division.seed = what >> 2 & 1023u;
  const uint plane = what >> 12 & 7u;
  division.channel = plane == 0u ? 4u : plane - 1u;
  division.in_line = mix(vec4(1.0), vec4(0.0), equal(uvec4(0u, 1u, 2u, 3u), uvec4(division.channel)));
  if (!has_alpha) division.in_line.a = 0.0;
  return division;
}

uint plane_count(Division division) { return division.channel == 4u ? 1u : 2u; }

// The weights that the texels would like along the lines as they are. Gives the squared error that is left off the lines.
float wish_weights(Division division) {
  const vec4 second = mix(vec4(0.0), vec4(1.0), equal(uvec4(0u, 1u, 2u, 3u), uvec4(division.channel)));
  float off = 0.0;
  for (uint t = lane(); t < texel_count; t += group_size) {
    const vec4 low = line_low[part_of[t]], high = line_high[part_of[t]];
    float first_weight, second_weight;
    off += off_line(texels[t], low, high, division.in_line, first_weight);
    off += off_line(texels[t], low, high, second, second_weight);
    ideal[0][t] = first_weight;
    ideal[1][t] = second_weight;
  }
  return group_sum(off);
}

uint pairs_of(Division division) { return division.partitions * (has_alpha ? 4u : 3u); }

// Bits for colours beside `weight_bits` of weights; negative: none.
int colour_room(Division division, uint weight_bits) {
  return 128 - int(weight_bits) - (division.partitions == 1u ? 17 : 29) - (division.channel == 4u ? 0 : 2);
}

uint colour_range_of(Division division, uint weight_bits) {
  const int room = colour_room(division, weight_bits);
  const uint pairs = pairs_of(division);
  if (room < 0 || pairs > 9u) return astc_no_range;
  return astc_byte(search_tables().decode.colour_ranges[pairs][uint(room) >> 2], uint(room));
}

// A step of s rounds with an error of s^2 / 12 in the mean. A texel takes 2/3 of the sum of its ends' shares, since it lies
// anywhere between them; both ends are rounded with an eye on the other, which is worth about a third.
const float colour_noise = 2.0 / 3.0 / 12.0 * 0.7;

float noise_of_colours(uint range) {
  const float step = 255.0 / float(search_tables().search.colour_levels[range] - 1u);
  return colour_noise * step * step * float(texel_count) * (has_alpha ? 4.0 : 3.0);
}

void estimate_modes(Division division, float off_lines) {
  float first_reach = 0.0, second_reach = 0.0;  // what a weight off by one in 64 costs, over all texels
  for (uint t = lane(); t < texel_count; t += group_size) {
    const vec4 along = line_high[part_of[t]] - line_low[part_of[t]];
    first_reach += dot(along * division.in_line, along) / 4096.0;
    if (division.channel < 4u) second_reach += along[division.channel] * along[division.channel] / 4096.0;
  }
  const float reach = group_sum(first_reach + second_reach);

  const uint grids = search_tables().search.grid_count, planes = plane_count(division);
  uint solved_width = 0u;
  for (uint g = 0u; g < grids; ++g) {
    const WeightGrid grid =
        WeightGrid(search_tables().search.grids[g].width, search_tables().search.grids[g].height, planes);
    if (grid.width != solved_width) solve_rows(grid);
    solved_width = grid.width;
    solve_points(grid);
    float blurred = 0.0;
    for (uint t = lane(); t < texel_count; t += group_size) {
      const Infill infill = infill_of(t, grid);
      const vec4 along = line_high[part_of[t]] - line_low[part_of[t]];
      const float off_first = blend_points(infill, 0u) - ideal[0][t];
      blurred += off_first * off_first * dot(along * division.in_line, along) / 4096.0;
      if (division.channel < 4u) {
        const float off_second = blend_points(infill, 1u) - ideal[1][t];
        blurred += off_second * off_second * along[division.channel] * along[division.channel] / 4096.0;
      }
    }
    blurred = group_sum(blurred);
    for (uint range = lane(); range < 12u; range += group_size) {
      const uint mode = search_tables().search.grids[g].modes[(planes - 1u) * 12u + range];
      const uint colours = mode == astc_no_mode ? astc_no_range : colour_range_of(division, mode >> 16);
      const float step = 64.0 / float(search_tables().search.weight_last[range]);
      const float rounding = step * step / 12.0 * search_tables().search.grids[g].noise * reach;
      mode_errors[g * 12u + range] =
          colours == astc_no_range ? no_hope : off_lines + blurred + rounding + noise_of_colours(colours);
    }
  }
  together();
}

// The mode of the least error that was not taken yet, which it takes: its number in mode_errors, or astc_no_mode.
uint take_best_mode() {
  if (lane() == 0u) best_key = 0xffffffffu;
  together();
  // A positive float's bits rise with it; its lowest make room for the number.
  for (uint m = lane(); m < search_tables().search.grid_count * 12u; m += group_size)
    if (mode_errors[m] < no_hope) atomicMin(best_key, (floatBitsToUint(mode_errors[m]) & ~1023u) | m);
  together();
  const uint best = best_key == 0xffffffffu ? astc_no_mode : best_key & 1023u;
  together();
  if (lane() == 0u && best != astc_no_mode) mode_errors[best] = no_hope;
  together();
  return best;
}
#endif
