// Which block modes suit a division of the block: for every grid the weights are solved and blended back, and for every
// range of its weights and every line model the rounding of weights and colours is added as noise.
#ifndef TXS_ASTC_MODES_GLSL
#define TXS_ASTC_MODES_GLSL
#include "codecs/astc/weights.glsl"

// Colour values of a partition, in pairs.
uint model_pairs(uint model) {
  const uint colours = 3u - (model & 3u);
  return colours + ((model & astc_model_alpha) != 0u ? 1u : 0u);
}

// Bits for colours beside those of a grid's weights; negative: none.
int colour_room(Division division, uint weight_bits) {
  return 128 - int(weight_bits) - (division.partitions == 1u ? 17 : 29) - (division.channel == 4u ? 0 : 2);
}

// The largest range of a division's colours; astc_no_range: they have no room.
uint colour_range_of(Division division, uint model, uint weight_bits) {
  const int room = colour_room(division, weight_bits);
  const uint pairs = division.partitions * model_pairs(model);
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
  model_off[astc_model_scale + astc_model_alpha] = hue_off;
  model_off[astc_model_luminance + astc_model_alpha] = grey_off;
}

// The unit vector of each partition's mean colour.
vec4 hue_of(uint p) {
  vec4 sum = vec4(0.0);
  for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk))
    if (part_of(walk) == p) sum += texel_of(walk);
  sum.a = 0.0;
  return sum * inversesqrt(max(dot(sum, sum), 1.0));
}

// A step of s rounds with an error of s^2 / 12 in the mean. A texel takes 2/3 of the sum of its ends' shares, since it lies
// anywhere between them; both ends are rounded with an eye on the other, which is worth about a third.
const float colour_noise = 2.0 / 3.0 / 12.0 * 0.3;

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

// All that the grid's weights miss of the texels' wishes.
float blurred_by(Division division, WeightGrid grid, float total_reach[2]) {
  float blurred = 0.0;
  for (uint plane = 0u; plane < grid.planes; ++plane) {
    solve_points(grid, plane);
    const float scale = plane == 0u ? 1.0 : total_reach[1] / max(total_reach[0], 1e-6);
    for (Walk walk = first_texel(); walk.t < texel_count; next_texel(walk)) {
      const float off = blend_points(infill_of(walk.x, walk.y, grid), grid, plane) * 0.0625 -
                        clamp(texel_weights[plane * texel_count + walk.t], 0.0, 64.0);
      blurred += off * off * reach_of(part_of(walk)) * scale;
    }
  }
  return blurred;
}

// Fills mode_keys with the best `room` modes of the division, whose lines are fitted.
void list_modes(Division division, uint room) {
  vec4 hues[4];
  for (uint p = 0u; p < 4u; ++p) hues[p] = p < division.partitions ? hue_of(p) : vec4(0.0);
  measure_models(division, hues);
  for (uint i = 0u; i < most_listed_modes; ++i) mode_keys[i] = 0xffffffffu;

  const uint planes = plane_count(division);
  float total_reach[2] = float[2](0.0, 0.0);
  for (uint plane = planes; plane-- > 0u;) {
    wish_weights(division, plane);
    for (uint t = 0u; t < texel_count; ++t) total_reach[plane] += reach_of(part_of(t));
  }
  const float both_reach = total_reach[0] + total_reach[1];
  const uint grids = search_tables().search.grid_count;
  for (uint g = 0u; g < grids; ++g) {
    const WeightGrid grid = WeightGrid(search_tables().search.grids[g].width, search_tables().search.grids[g].height, planes);
    const float blurred = blurred_by(division, grid, total_reach);
    for (uint range = 0u; range < astc_weight_ranges; ++range) {
      const uint mode = search_tables().search.grids[g].modes[(planes - 1u) * 12u + range];
      const float step = 64.0 / float(search_tables().search.weight_levels[range] - 1u);
      const float rounding = step * step / 30.0 * search_tables().search.grids[g].noise * both_reach;
      const int room_for_colours = mode == astc_no_mode ? -1 : colour_room(division, mode >> 16);
      for (uint model = has_alpha ? 0u : 0u; model < (has_alpha ? 7u : 3u); ++model) {
        if (model == 3u) continue;
        const uint values = 2u * division.partitions * model_pairs(model);
        const float bits_each = values > 18u ? 0.0 : float(room_for_colours) / float(values);
        const float error = model_off[model] + blurred + rounding + noise_of_colours(bits_each);
        list_mode(error, g * 12u + range | model << astc_trial_mode_bits, room);
      }
    }
  }
}
#endif
