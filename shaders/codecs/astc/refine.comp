// Tries one division of each block: the block modes that promise most are filled with weights and colours in turn, each for
// the other as it was rounded, and the best bits are kept if they beat the block's. Stage 0 gives first bits.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/pack.glsl"

shared uint block_error;

// The squared error of the block with `level` and the ends as they decode, exact; leaves `blend` for the next colours.
uint measure(Division division, WeightGrid grid, uint range) {
  if (lane() == 0u) block_error = 0u;
  barrier();
  for (uint t = lane(); t < texel_count; t += group_size) {
    const uvec2 weights = texel_weights(infill_of(t, grid), grid, range);
    uvec4 weight = mix(uvec4(weights.x), uvec4(weights.y), equal(uvec4(0u, 1u, 2u, 3u), uvec4(division.channel)));
    const uvec4 low = uvec4(end_low[part_of[t]]), high = uvec4(end_high[part_of[t]]);
    const uvec4 wide_low = low << 8 | (srgb ? uvec4(0x80u) : low);
    const uvec4 wide_high = high << 8 | (srgb ? uvec4(0x80u) : high);
    const uvec4 colour = (wide_low * (64u - weight) + wide_high * weight + 32u) >> 14;
    const vec4 off = texels[t] - vec4(colour);
    atomicAdd(block_error, uint(dot(off, off)));
  }
  barrier();
  return block_error;
}

void take_blend(Division division, WeightGrid grid, uint range) {
  for (uint t = lane(); t < texel_count; t += group_size) {
    const vec2 weights = vec2(texel_weights(infill_of(t, grid), grid, range)) / 64.0;
    blend[t] = mix(vec4(weights.x), vec4(weights.y), equal(uvec4(0u, 1u, 2u, 3u), uvec4(division.channel)));
  }
  barrier();
}

void use_rounded_lines(uint partitions) {
  if (lane() < partitions) {
    line_low[lane()] = vec4(end_low[lane()]);
    line_high[lane()] = vec4(end_high[lane()]);
  }
  barrier();
}

void try_mode(uint block, Division division, uint number, uint what, inout uint best) {
  const uint g = quotient(number, 12u), range = number - g * 12u;
  const WeightGrid grid = WeightGrid(search_tables().search.grids[g].width, search_tables().search.grids[g].height,
                                     plane_count(division));
  const uint mode = search_tables().search.grids[g].modes[(grid.planes - 1u) * 12u + range];
  const uint colours = colour_range_of(division, mode >> 16);

  fit_lines(division.partitions, division.in_line);
  for (uint round = 0u; round <= settings().rounds; ++round) {
    wish_weights(division);
    barrier();
    solve_rows(grid);
    solve_points(grid);
    round_points(grid, range);
    take_blend(division, grid, range);
    round_ends(division, colours);
    const uint error = measure(division, grid, range);
    if (error < best) {
      best = error;
      if (lane() == 0u) {
        AstcBlocksOut(push.blocks).block[block] = pack_block(division, grid, mode, range, colours);
        AstcRecords(push.records).record[block].chosen = what;
      }
    }
    barrier();
    use_rounded_lines(division.partitions);
  }
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
  const float off = wish_weights(division);
  estimate_modes(division, off);

  uint best = first ? 0xffffffffu : records.record[block].error;
  const uint modes = first ? 1u : settings().modes;
  for (uint m = 0u; m < modes; ++m) {
    const uint number = take_best_mode();
    if (number == astc_no_mode) break;
    try_mode(block, division, number, what, best);
  }
  if (lane() == 0u) {
    records.record[block].error = best;
    if (first) records.record[block].initial_error = best;
    if (!first) records.record[block].tried = push.stage - 1u;
  }
}
