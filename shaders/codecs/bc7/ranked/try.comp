// Tries the candidates of mode `push.mode` in one slot of the blocks' lists: finds their endpoints, and keeps the
// bits of those that are better than what their blocks have. In pass `first` all blocks try the mode's
// first candidate, and keep it.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "interop/bc7_ranked.h"
#include "codecs/bc7/ranked/simplex.glsl"
#include "codecs/bc7/ranked/pack.glsl"

// The blocks of this workgroup whose candidate is of this mode, so that no lane waits beside one that works; then each
// of their parts is a lane's work.
shared uint waiting[bc7_ranked_group_blocks];
shared uint candidates[bc7_ranked_group_blocks];
shared uint waiting_count;
shared uvec2 solved[bc7_ranked_group_blocks * 3u];
shared float solved_error[bc7_ranked_group_blocks * 3u];
shared uint stepped[bc7_ranked_group_blocks];  // whether the refiner got beyond the refits in any part

bool first_bits() { return push.pass_kind == bc7_pass_first; }

uint key_place(uint block) { return (block - push.tile_first) * push.list_length + push.slot; }

void list_waiting_blocks() {
  if (gl_LocalInvocationIndex == 0u) waiting_count = 0u;
  barrier();
  for (uint i = gl_LocalInvocationIndex; i < bc7_ranked_group_blocks; i += bc7_ranked_group) {
    const uint number = gl_WorkGroupID.x * bc7_ranked_group_blocks + i;
    const uint block = push.first + number;
    if (number >= push.count) continue;
    const uint candidate =
        first_bits() ? push.mode << 6 : push.keys.key[key_place(block)] & bc7_candidate_mask;
    if (candidate >> 6 != push.mode) continue;
    if (!first_bits()) {
      const bool worth = error_of_key(push.keys.key[key_place(block)]) < push.records.record[block].error * push.worth;
      push.records.record[block].tried += worth ? 1u : 0x10000u;
      if (!worth) continue;
    }
    const uint place = atomicAdd(waiting_count, 1u);
    waiting[place] = block;
    candidates[place] = candidate;
    stepped[place] = 0u;
  }
  barrier();
}

// Refits of the principal line; then refits from several lines about the best, and what the refiner does beyond, again
// for as long as that helps. One loop of both, so that there is one copy of the refits to compile.
Solution solve_part(out bool by_steps) {
  Solution best = Solution(quantise(principal_line(), part_weights), 1e30);
  by_steps = false;
  float before = 2e30;
  for (uint repeat = 0u; repeat <= push.repeats && best.error < before; ++repeat) {
    before = best.error;
    refit_from_lines(repeat == 0u ? 0u : 1u, repeat == 0u ? 1u : push.starts, push.refit_rounds, best);
    const float refitted = best.error;
    if (simplex_iterations > 0u && repeat > 0u) search_simplex(best);
    if (simplex_iterations == 0u) polish(repeat == 0u ? 0u : push.polish_rounds, best);
    by_steps = by_steps || best.error < refitted;
  }
  return best;
}

void solve(uint item) {
  const uint place = item % waiting_count, part = item / waiting_count;
  begin_block(waiting[place]);
  begin_part(part, candidates[place] & 63u);
  bool by_steps;
  const Solution best = solve_part(by_steps);
  const uint at = part * bc7_ranked_group_blocks + place;
  solved[at] = uvec2(pack_bytes(best.ends.low), pack_bytes(best.ends.high));
  solved_error[at] = best.error;
  if (by_steps) stepped[place] = 1u;
}

// Of alpha, in modes that always decode it to 255.
float alpha_error() {
  float error = 0.0;
  if (!may_have_alpha || push.mode >= 4u) return error;
  for (uint t = 0u; t < 16u; ++t) {
    const float difference = 255.0 - block_texel(t).a;
    error += difference * difference;
  }
  return error * channel_weights().a;
}

void keep_if_better(uint place) {
  const uint block = waiting[place], candidate = candidates[place];
  begin_block(block);
  uvec3 low = uvec3(0u), high = uvec3(0u);
  float error = alpha_error();
  [[unroll]] for (uint part = 0u; part < 3u; ++part) {
    if (part >= part_count) continue;
    const uint at = part * bc7_ranked_group_blocks + place;
    low[part] = solved[at].x;
    high[part] = solved[at].y;
    error += solved_error[at];
  }
  if (!first_bits()) push.keys.key[key_place(block)] = key_of(error, candidate);

  // A loop, since llvmpipe walks both sides of an `if`, but leaves a loop that no lane wants.
  bool better = first_bits() || error < push.records.record[block].error;
  for (; better; better = false) {
    push.blocks.block[block] = pack_block(candidate & 63u, low, high);
    Bc7RankedRecord record = push.records.record[block];
    record.error = error;
    record.winner = candidate | (push.pass_kind + stepped[place]) << bc7_candidate_bits;
    if (first_bits()) {
      record.first_error = error;
      record.tried = 0u;
    }
    push.records.record[block] = record;
  }
}

void main() {
  list_waiting_blocks();
  for (uint item = gl_LocalInvocationIndex; item < waiting_count * part_count; item += bc7_ranked_group) solve(item);
  barrier();
  for (uint place = gl_LocalInvocationIndex; place < waiting_count; place += bc7_ranked_group) keep_if_better(place);
}
