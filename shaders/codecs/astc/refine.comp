// Tries one division of each block: the block modes that promise most are filled with weights and colours in turn, each for
// the other as it was rounded, and the best bits are kept if they beat the block's. Stage 0 gives first bits.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/pack.glsl"

shared uint block_error;

shared vec4 first_low[4], first_high[4];  // the lines that the texels have, before any rounding

// The colours that the weights blend, by channel.
void take_blend(Division division, WeightGrid grid, uint range) {
  for (uint t = lane(); t < texel_count; t += group_size) {
    const vec2 weights = vec2(texel_weights(infill_of(t, grid), grid, range)) / 64.0;
    blend[t] = mix(vec4(weights.x), vec4(weights.y), equal(uvec4(0u, 1u, 2u, 3u), uvec4(division.channel)));
  }
  together();
}

// The squared error of the block with `blend` and the ends as they decode, exact.
uint measure() {
  if (lane() == 0u) block_error = 0u;
  together();
  for (uint t = lane(); t < texel_count; t += group_size) {
    const uvec4 weight = uvec4(blend[t] * 64.0);
    const uvec4 low = uvec4(end_low[part_of[t]]), high = uvec4(end_high[part_of[t]]);
    const uvec4 wide_low = low << 8 | (srgb ? uvec4(0x80u) : low);
    const uvec4 wide_high = high << 8 | (srgb ? uvec4(0x80u) : high);
    const uvec4 colour = (wide_low * (64u - weight) + wide_high * weight + 32u) >> 14;
    const vec4 off = texels[t] - vec4(colour);
    atomicAdd(block_error, uint(dot(off, off)));
  }
  together();
  const uint error = block_error;
  together();
  return error;
}

// Lines to go on from: those of the texels, or the ends as they decode.
void take_lines(uint partitions, bool first) {
  if (lane() < partitions) {
    line_low[lane()] = first ? first_low[lane()] : vec4(end_low[lane()]);
    line_high[lane()] = first ? first_high[lane()] : vec4(end_high[lane()]);
  }
  together();
}

struct Mode {
  WeightGrid grid;
  uint range, packed, colour_range;
};

Mode mode_of(uint number, Division division) {
  const uint g = quotient(number, 12u);
  Mode mode;
  mode.range = number - g * 12u;
  mode.grid = WeightGrid(search_tables().search.grids[g].width, search_tables().search.grids[g].height,
                         plane_count(division));
  mode.packed = search_tables().search.grids[g].modes[(mode.grid.planes - 1u) * 12u + mode.range];
  mode.colour_range = colour_range_of(division, mode.packed >> 16);
  return mode;
}

// The lines as they are, rounded to a mode's bits. Gives the block's error, and keeps the bits if it is the least.
void round_to_mode(uint block, Division division, Mode mode, inout uint best) {
  solve_rows(mode.grid);
  solve_points(mode.grid);
  round_points(mode.grid, mode.range);
  take_blend(division, mode.grid, mode.range);
  round_ends(division, mode.colour_range);
  const uint error = measure();
  if (error >= best) return;
  best = error;
  if (lane() == 0u)
    AstcBlocksOut(push.blocks).block[block] = pack_block(division, mode.grid, mode.packed, mode.range, mode.colour_range);
}

void main() {
  if (gl_WorkGroupID.x >= push.count) return;
  const uint block = push.first + gl_WorkGroupID.x;
  AstcRecords records = AstcRecords(push.records);
  const bool first = push.stage == 0u;
  uint what = 0u;
  if (!first) {
    const uint number = push.stage - 2u;
    if (number >= AstcStates(push.state).state[block].count) return;
    what = AstcStates(push.state).state[block].candidates[number].what;
  }
  load_texels(block);
  const Division division = division_of(what);
  take_pattern(division.partitions, division.seed);
  fit_lines(division.partitions, division.in_line);
  if (lane() < division.partitions) {
    first_low[lane()] = line_low[lane()];
    first_high[lane()] = line_high[lane()];
  }
  together();

  uint best = first ? 0xffffffffu : records.record[block].error;
  const uint modes = first ? 1u : settings().modes, rounds = first ? 1u : settings().rounds;
  // Turn 0 estimates the modes; each turn after it takes the best that is left. One text: the kernel compiles once so long.
  for (uint turn = 0u; turn <= modes; ++turn) {
    uint number = 0u;
    if (turn > 0u) {
      number = take_best_mode();
      if (number == astc_no_mode) break;
    }
    const Mode mode = mode_of(number, division);
    for (uint round = 0u; round <= rounds; ++round) {
      take_lines(division.partitions, round == 0u);
      const float off = wish_weights(division);
      if (turn == 0u) {
        estimate_modes(division, off);
        break;
      }
      round_to_mode(block, division, mode, best);
      together();
    }
  }
  if (lane() == 0u) {
    records.record[block].error = best;
    if (first) records.record[block].initial_error = best;
  }
}
