// Nelder-Mead on the endpoints of each block, from iteration `from_iteration` to `to_iteration` or until its loss is
// small enough. Of all points that are tried, the one that costs least as a block becomes the block's bits.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "interop/bc7_search.h"
#include "codecs/bc7/search_push.glsl"
#include "codecs/bc7/objective.glsl"
#include "codecs/bc7/start.glsl"
#include "codecs/bc7/nelder_mead.glsl"
#include "codecs/bc7/trace.glsl"

const bool tracing = pace == bc7_pace_trace;

void load_simplex(uint slot, uint iterations_done) {
  [[unroll]] for (uint v = 0u; v < bc7_vertices; ++v) {
    vertices[v] = Ends(push.simplexes.simplex[slot].low[v], push.simplexes.simplex[slot].high[v]);
    losses[v] = push.simplexes.simplex[slot].losses[v];
  }
  trial = bc7_move_reflect;
  iterations = iterations_done;
}

void store_simplex(uint slot) {
  [[unroll]] for (uint v = 0u; v < bc7_vertices; ++v) {
    push.simplexes.simplex[slot].low[v] = vertices[v].low;
    push.simplexes.simplex[slot].high[v] = vertices[v].high;
    push.simplexes.simplex[slot].losses[v] = losses[v];
  }
}

void begin(uint block, Bc7Record record) {
  if (pace == bc7_pace_step && push.from_iteration > 0u) {
    load_simplex(block - push.tile_first, record.iterations);
    return;
  }
  const Start start = start_of(start_kind);
  start_simplex(start.ends, record.start_loss, push.initial_step, pinned ? 7u : 15u);
  if (tracing) trace_start(start, record, push.blocks.block[block]);
}

uint status_now() {
  return losses[0] <= push.loss_threshold ? bc7_status_at_threshold
         : losses[8] <= losses[0]         ? bc7_status_flat
                                          : bc7_status_searching;
}

void search_block(uint block) {
  load_block(source, block, push.blocks_wide, push.size, push.exact_alpha != 0u);
  Bc7Record record = push.records.record[block];
  begin(block, record);

  const Coefficients k = Coefficients(push.reflection, push.expansion, push.contraction, push.shrink);
  const uint last_iteration = tracing ? record.iterations : push.to_iteration;
  uint status = record.start_loss <= push.loss_threshold ? bc7_status_at_threshold : bc7_status_searching;
  Ends best = Ends(vec4(0.0), vec4(0.0));
  float best_error = tracing ? unknown_loss : float(record.error);
  while (status == bc7_status_searching && (any_unknown() || iterations < last_iteration)) {
    const Ends point = ask(k);
    const Evaluation e = evaluate(point, objective);
    if (e.error < best_error) {
      best_error = e.error;
      best = e.quantised;
    }
    if (tracing) trace_trial(point, e.loss);
    if (tell(point, e.loss)) {
      status = status_now();
      if (tracing) trace_iteration();
    }
  }
  if (tracing) {
    trace_end(status, best_error);
    return;
  }

  if (pace == bc7_pace_step && status == bc7_status_searching) store_simplex(block - push.tile_first);
  if (best_error < float(record.error)) {
    Bits bits;
    bits.ends = best;
    bits.error = mode6_error(best, bits.indices);
    push.blocks.block[block] = pack_mode6(bits);
  }
  record.error = uint(best_error);
  record.relaxed_error = relaxed_rounded_error(vertices[0], texels_inside(block));
  record.iterations = iterations;
  record.status = status;
  push.records.record[block] = record;
}

// Few blocks need a search, and theirs differ in length: a workgroup first lists those of its blocks that do, so that
// no invocation stands beside one that searches.
shared uint waiting[bc7_search_group_blocks];
shared uint waiting_count;

void list_waiting_blocks() {
  if (gl_LocalInvocationIndex == 0u) waiting_count = 0u;
  barrier();
  for (uint i = gl_LocalInvocationIndex; i < bc7_search_group_blocks; i += bc7_search_group) {
    const uint number = gl_WorkGroupID.x * bc7_search_group_blocks + i;
    const uint block = push.first + number;
    if (number < push.count && (tracing || push.records.record[block].status == bc7_status_searching))
      waiting[atomicAdd(waiting_count, 1u)] = block;
  }
  barrier();
}

void main() {
  list_waiting_blocks();
  for (uint i = gl_LocalInvocationIndex; i < waiting_count; i += bc7_search_group) search_block(waiting[i]);
}
