// What pace `trace` writes down of a block's search. Included by search.comp: the push constants stand there.
#ifndef TXS_BC7_TRACE_GLSL
#define TXS_BC7_TRACE_GLSL
#include "codecs/bc7/nelder_mead.glsl"
#include "codecs/bc7/start.glsl"

#define TRACE push.trace.trace
#define TRACE_NOW push.trace.trace.iteration[iterations]

void trace_start(Start start, Bc7Record record, uvec4 bits) {
  TRACE.bits = bits;
  TRACE.initial_low = start.ends.low;
  TRACE.initial_high = start.ends.high;
  TRACE.start_loss = record.start_loss;
}

// A trial point of the iteration to come, before it changes the simplex.
void trace_trial(Ends point, float loss) {
  if (any_unknown()) return;
  const uint next = iterations + 1u;
  if (trial == bc7_move_reflect) {
    const Ends middle = centroid_of_best();
    TRACE.iteration[next].centroid_low = middle.low;
    TRACE.iteration[next].centroid_high = middle.high;
    TRACE.iteration[next].reflected_low = point.low;
    TRACE.iteration[next].reflected_high = point.high;
    TRACE.iteration[next].reflected_loss = loss;
    TRACE.iteration[next].has_second = 0u;
    TRACE.iteration[next].best_before = losses[0];
    TRACE.iteration[next].second_worst_before = losses[7];
    TRACE.iteration[next].worst_before = losses[8];
  } else {
    TRACE.iteration[next].second_low = point.low;
    TRACE.iteration[next].second_high = point.high;
    TRACE.iteration[next].second_loss = loss;
    TRACE.iteration[next].has_second = 1u;
  }
}

void trace_iteration() {
  [[unroll]] for (uint v = 0u; v < bc7_vertices; ++v) {
    TRACE_NOW.low[v] = vertices[v].low;
    TRACE_NOW.high[v] = vertices[v].high;
    TRACE_NOW.losses[v] = losses[v];
  }
  TRACE_NOW.move = last_move;
}

void trace_end(uint status, float best_error) {
  TRACE.iterations = iterations;
  TRACE.status = status;
  TRACE.error = uint(best_error);
}
#undef TRACE
#undef TRACE_NOW
#endif
