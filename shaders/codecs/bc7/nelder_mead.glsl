// The simplex method of Nelder and Mead (A simplex method for function minimization, The Computer Journal 7, 1965) by
// asking and telling: `ask` gives the point to evaluate next, `tell` takes its loss and decides. One evaluation a turn,
// whatever the move, so that neighbouring blocks stay in step although their moves differ. Includers have defined Ends.
#ifndef TXS_BC7_NELDER_MEAD_GLSL
#define TXS_BC7_NELDER_MEAD_GLSL
#include "interop/bc7_search.h"

const float unknown_loss = 1e30;  // of a vertex that was not evaluated yet; above any loss

struct Coefficients {
  float reflection, expansion, contraction, shrink;
};

// The simplex of the block in work: vertices sorted by loss, best first; those of unknown loss last.
Ends vertices[bc7_vertices];
float losses[bc7_vertices];
uint iterations;       // done
uint last_move;        // that the last one took

uint trial;            // the move that `ask` is to try: start or shrink while losses are unknown
Ends shrink_target;    // shrink: the vertex that the others move to
Ends reflected;        // the first trial point, while a second is tried
float reflected_loss;

bool any_unknown() { return losses[8] == unknown_loss; }

Ends clamp_point(Ends p) { return Ends(clamp(p.low, 0.0, 1.0), clamp(p.high, 0.0, 1.0)); }

Ends centroid_of_best() {
  precise Ends sum = vertices[0];
  [[unroll]] for (uint v = 1u; v < 8u; ++v) {
    sum.low += vertices[v].low;
    sum.high += vertices[v].high;
  }
  return Ends(sum.low * 0.125, sum.high * 0.125);
}

// from + factor * (to - from)
Ends along_line(Ends from, Ends to, float factor) {
  precise Ends p = Ends(from.low + (to.low - from.low) * factor, from.high + (to.high - from.high) * factor);
  return p;
}

// Nine vertices: the start, whose loss is known, and one step from it in each dimension; where the step would leave the
// unit cube it goes the other way (a step that is clamped away would leave the simplex flat in that dimension for ever:
// 0.08 dB on the published start). Channels whose bit is not in `channels` stay as they are in every point: where alpha
// is pinned the search has but six dimensions.
void start_simplex(Ends start, float start_loss, float step, uint channels) {
  vertices[0] = start;
  losses[0] = start_loss;
  const vec4 low_step = mix(vec4(step), vec4(-step), greaterThan(start.low + step, vec4(1.0)));
  const vec4 high_step = mix(vec4(step), vec4(-step), greaterThan(start.high + step, vec4(1.0)));
  [[unroll]] for (uint d = 0u; d < 4u; ++d) {
    vertices[1u + d] = vertices[5u + d] = start;
    if ((channels >> d & 1u) != 0u) {
      vertices[1u + d].low[d] = clamp(start.low[d] + low_step[d], 0.0, 1.0);
      vertices[5u + d].high[d] = clamp(start.high[d] + high_step[d], 0.0, 1.0);
    }
    losses[1u + d] = losses[5u + d] = unknown_loss;
  }
  trial = bc7_move_start;
  iterations = 0u;
}

Ends ask(Coefficients k) {
  // Beyond the centroid, seen from the worst vertex; a contraction inside stays on the worst vertex's side.
  precise float beyond = trial == bc7_move_reflect            ? k.reflection
                         : trial == bc7_move_expand           ? k.reflection * k.expansion
                         : trial == bc7_move_contract_outside ? k.reflection * k.contraction
                                                              : -k.contraction;
  const bool known = !any_unknown();
  const bool shrinking = trial == bc7_move_shrink;
  const Ends middle = centroid_of_best();
  const Ends from = Ends(known ? middle.low : shrink_target.low, known ? middle.high : shrink_target.high);
  const Ends point = clamp_point(along_line(from, vertices[8], known ? -beyond : k.shrink));
  return Ends(known || shrinking ? point.low : vertices[8].low, known || shrinking ? point.high : vertices[8].high);
}

// The new vertex takes the place of the worst and rises above all that are worse than it.
void insert_vertex(Ends vertex, float loss) {
  vertices[8] = vertex;
  losses[8] = loss;
  [[unroll]] for (uint i = 0u; i < 8u; ++i) {  // counting up: Mesa does not unroll a loop that counts down
    const uint v = 8u - i;
    const bool better = losses[v] < losses[v - 1u];
    const Ends above = vertices[v - 1u], below = vertices[v];
    const float above_loss = losses[v - 1u], below_loss = losses[v];
    vertices[v - 1u] = Ends(better ? below.low : above.low, better ? below.high : above.high);
    vertices[v] = Ends(better ? above.low : below.low, better ? above.high : below.high);
    losses[v - 1u] = better ? below_loss : above_loss;
    losses[v] = better ? above_loss : below_loss;
  }
}

// True when this loss ended an iteration (or the initial simplex).
bool tell(Ends point, float loss) {
  Ends vertex = point;
  float vertex_loss = loss;
  bool accepted = true;

  if (any_unknown()) {
    last_move = trial;
  } else if (trial == bc7_move_reflect) {
    accepted = loss >= losses[0] && loss < losses[7];
    last_move = bc7_move_reflect;
    reflected = point;
    reflected_loss = loss;
    if (!accepted)
      trial = loss < losses[0]   ? bc7_move_expand
              : loss < losses[8] ? bc7_move_contract_outside
                                 : bc7_move_contract_inside;
  } else {
    const float bar = trial == bc7_move_contract_inside ? losses[8] : reflected_loss;
    if (loss < bar) {
      last_move = trial;
    } else if (trial == bc7_move_expand) {
      vertex = reflected;
      vertex_loss = reflected_loss;
      last_move = bc7_move_reflect;
    } else {
      accepted = false;
      trial = bc7_move_shrink;
      shrink_target = vertices[0];
      [[unroll]] for (uint v = 1u; v < 9u; ++v) losses[v] = unknown_loss;
    }
  }
  if (!accepted) return false;

  insert_vertex(vertex, vertex_loss);
  if (any_unknown()) return false;
  iterations += last_move == bc7_move_start ? 0u : 1u;
  trial = bc7_move_reflect;
  return true;
}
#endif
