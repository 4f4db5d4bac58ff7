// Fits a candidate - one subset, or two by a partition - in the mode that promises most.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/bc6h/line.glsl"
#include "codecs/bc6h/shift.glsl"
#include "codecs/bc6h/trial.glsl"

layout(constant_id = 1) const uint task = bc6h_fit_first;

// What a mode is expected to add to the error of these lines: by its steps, and by endpoints out of endpoint 0's reach.
// A level is off by up to half a step, which adds 1/12 of a step's square to an endpoint's and two thirds of that to a
// texel's error: 16 / 18 steps squared a channel, and somewhat more until indices and levels suit each other. An
// endpoint that is clamped takes about four texels along. Both factors were tried from half to double: 0.01 dB.
float cost_of_mode(vec3 top, vec3 bottom, uint row, vec3 weights) {
  const float step = float(1u << (16u - bc6h_endpoint_bits[row])) * half_of_wide;
  const uint deltas = bc6h_delta_bits[row];
  const vec3 reach = vec3(uvec3(1u) << (uvec3(deltas, deltas >> 4, deltas >> 8) & 15u)) * 0.5;
  const vec3 beyond = max(max(top - (reach - 0.5) * step, -bottom - (reach + 0.5) * step), 0.0);
  const float of_steps = 1.5 * step * step * (weights.r + weights.g + weights.b);
  return of_steps + (deltas == 0u ? 0.0 : 4.0 * dot(weights, beyond * beyond));
}

uint best_mode(Ends numbers, uint subsets, vec3 weights) {
  const vec3 first = numbers.end[1] - numbers.end[0], second = numbers.end[2] - numbers.end[0],
             third = numbers.end[3] - numbers.end[0];
  const vec3 top = subsets == 2u ? max(first, max(second, third)) : first;
  const vec3 bottom = subsets == 2u ? min(first, min(second, third)) : first;
  const uint of_subsets = (1u << bc6h_first_of_one_subset) - 1u;
  const uint allowed = SETTINGS.modes & (subsets == 2u ? of_subsets : ~of_subsets);
  uint best = 0u;
  float least = 3e38;
  [[unroll]] for (uint row = 0u; row < bc6h_mode_count; ++row) {
    const float cost = (allowed >> row & 1u) != 0u ? cost_of_mode(top, bottom, row, weights) : 3e38;
    if (cost < least) best = row;
    least = min(least, cost);
  }
  return best;
}

// The lines of the candidate's subsets.
Ends lines_of(uint subsets, uint partition_number, vec3 weights, out float left) {
  const Bc6hPartition texel =
      Bc6hTablesMemory(push.tables).tables.partitions[(subsets - 1u) * bc6h_partitions + partition_number];
  Ends numbers;
  left = 0.0;
  for (uint s = 0u; s < 2u; ++s) {
    const uint mask = (s == 0u ? ~texel.subsets : texel.subsets) & 0xFFFFu;
    const Line line = line_of(mask, uint(findLSB(texel.anchors & mask)), weights);
    left += line.left;
    if (s == 0u) numbers.end[0] = line.low, numbers.end[1] = line.high;
    else numbers.end[2] = line.low, numbers.end[3] = line.high;
  }
  return numbers;
}

bool uses(uint subsets) {
  const uint of_two = (1u << bc6h_first_of_one_subset) - 1u;
  return (SETTINGS.modes & (subsets == 2u ? of_two : ~of_two)) != 0u;
}

// `best` takes what is better; returns the error of unquantised lines. A candidate that gets shifts gets them for its
// own best, even where the block has better bits.
float fit(uint subsets, uint partition_number, uint rank, vec3 weights, inout Best best) {
  float left;
  const Ends numbers = lines_of(subsets, partition_number, weights, left);
  const Layout l = layout_of(best_mode(numbers, subsets, weights), partition_number);
  const bool with_shifts = rank < SETTINGS.deep_candidates;
  Best mine = best;
  if (with_shifts) mine.error = 3e38;
  descend_with_shifts(numbers, l, weights, with_shifts, mine);
  if (mine.error < best.error) best = mine;
  return left;
}

uint partition_of_rank(uint block, uint rank) {
  return Bc6hStates(push.state).state[block].partitions[rank >> 2u] >> 8u * (rank & 3u) & 31u;
}

void trace(uint block, vec3 weights) {
  const uint one = uses(1u) ? 1u : 0u, two = uses(2u) ? SETTINGS.candidates : 0u;
  for (uint i = 0u; i < one + two; ++i) {
    Best best;
    best.error = 3e38;
    const bool single = i < one;
    const uint rank = single ? 0u : i - one;
    const float left = fit(single ? 1u : 2u, single ? 0u : partition_of_rank(block, rank), rank, weights, best);
    Bc6hTraceMemory(push.trace).trace.candidates[i] = Bc6hCandidate(best.row, best.partition_number, left, best.error);
  }
}

void main() {
  if (gl_GlobalInvocationID.x >= push.count) return;
  const uint block = push.first + gl_GlobalInvocationID.x;
  load_texels(block);
  const vec3 weights = vec3(SETTINGS.weights[0], SETTINGS.weights[1], SETTINGS.weights[2]);
  if (task == bc6h_fit_trace) {
    trace(block, weights);
    return;
  }

  Best best;
  best.error = task == bc6h_fit_first ? 3e38 : Bc6hRecords(push.records).record[block].error;
  const float before = best.error;
  uint subsets = 2u, partition_number = 0u, rank = 0u;
  if (task == bc6h_fit_first) {
    subsets = uses(1u) ? 1u : 2u;
  } else {
    rank = push.stage - SETTINGS.first_candidate;
    partition_number = partition_of_rank(block, rank);
  }
  fit(subsets, partition_number, rank, weights, best);
  if (best.error >= before) return;

  Bc6hBlocks(push.blocks).block[block] = bits_of(best);
  Bc6hRecords(push.records).record[block].error = best.error;
  Bc6hRecords(push.records).record[block].fitted_error = best.error;
  if (task == bc6h_fit_first) Bc6hRecords(push.records).record[block].first_error = best.error;
}
