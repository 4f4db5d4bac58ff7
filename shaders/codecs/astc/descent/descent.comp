// Some steps of the descent of each block: for 1, 2, 3 and 4 partitions, from one or more starts, lines are fitted to texels and
// texels sent to lines in turn; in the last steps their division is snapped to the nearest pattern that the format has.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "codecs/astc/descent/lines.glsl"
#include "codecs/astc/descent/snap.glsl"

// A start of some number of partitions.
struct Descent {
  uint partitions, start;
};

// One start with one partition, then for 2, 3, 4 partitions all starts.
Descent descent_of(uint number) {
  const uint after = number - 1u;
  return number == 0u ? Descent(1u, 0u) : Descent(2u + after / settings.starts, after % settings.starts);
}

// --- what the inspector is told

void trace_step(Descent descent, uint slot, uint kind) {
  AstcDescentTraceMemory memory = AstcDescentTraceMemory(push.trace);
  const uint p = descent.partitions - 1u, at = descent.start * (settings.steps + 1u) + slot;
  [[unroll]] for (uint line = 0u; line < 4u; ++line) {
    memory.trace.steps[p][at].lines[4u * line] = packUnorm2x16(low[line].rg);
    memory.trace.steps[p][at].lines[4u * line + 1u] = packUnorm2x16(low[line].ba);
    memory.trace.steps[p][at].lines[4u * line + 2u] = packUnorm2x16(high[line].rg);
    memory.trace.steps[p][at].lines[4u * line + 3u] = packUnorm2x16(high[line].ba);
  }
  for (uint w = 0u; w < map_words; ++w) memory.trace.steps[p][at].map[w] = map[w];
  memory.trace.steps[p][at].loss = loss_of_lines(false);
  memory.trace.steps[p][at].kind = kind;
}

// --- a step

// Of the descent in work, once it has snapped; before that its names are 0, which no naming is.
uint pattern_number, pattern_names, snap_distance;

// The map becomes the nearest pattern, and lines are fitted to it. Of several near ones it is the one that lines suit best when
// they are fitted exactly; the last turn takes that again.
void snap_to_nearest(uint partitions) {
  assign_texels(partitions, equally_near);
  find_texels_on_lines(partitions);
  const uint count = find_nearest(partitions, settings.patterns);
  uint chosen = nearest[0];
  float least = 1e30;
  for (uint k = 0u; k < (count > 1u ? count + 1u : 1u); ++k) {
    const bool measures = k < count && count > 1u;
    const uint candidate = measures ? nearest_at(k) : chosen;
    pattern_names = take_pattern(partitions, candidate & 1023u);
    solve_lines(partitions, count > 1u || solver == astc_solver_least_squares);
    const float loss = measures ? loss_of_lines(false) : 0.0;
    if (measures && loss < least) {
      least = loss;
      chosen = candidate;
    }
  }
  pattern_number = chosen & 1023u;
  snap_distance = min(chosen >> 10, 63u);
}

// Free: sends texels to lines, then fits the lines. Gives the step's kind.
uint take_step(Descent descent, uint step) {
  const uint partitions = descent.partitions;
  const bool is_last_free = step + 1u >= settings.snap_step;
  // `steps` may change while it runs: a descent may come back from its pattern, and to it late.
  if (step < settings.snap_step || partitions == 1u) {
    pattern_names = 0u;
    const uint used = assign_texels(partitions, step == 0u ? 0.0 : tie);
    solve_lines(partitions, step == 0u && solver == astc_solver_least_squares);
    // Not in the last free step: the line that was sent out would meet no texels.
    if (bitCount(used) > 1 || partitions == 1u || is_last_free) return astc_step_free;
    seed_random(partitions, descent.start, step + 1u);
    restart_line(used);
    return astc_step_restart;
  }
  if (step < settings.fixed_step || pattern_names == 0u) {
    snap_to_nearest(partitions);
    return astc_step_snap;
  }
  solve_lines(partitions, false);
  return astc_step_fixed;
}

// Into the result of its number of partitions, if it is better than what other starts have come to; `map` is its ideal division.
void keep_best(Descent descent, float loss, uint what) {
  const uint partitions = descent.partitions;
  AstcDescentResult best = AstcDescentResult(-1.0, 0u, -1.0, 0u);
  if (descent.start > 0u) best = load_result(partitions);
  const bool same = best.loss >= 0.0 && result_seed(best.what) == result_seed(what);
  if (best.loss < 0.0 || loss < best.loss) {
    if (!same) {
      best.second_loss = best.loss;
      best.second_what = best.what;
    }
    best.loss = loss;
    best.what = what;
    for (uint w = 0u; w < map_words; ++w) words().word[map_word_at(partitions) + w] = map[w];
  } else if (!same && (best.second_loss < 0.0 || loss < best.second_loss)) {
    best.second_loss = loss;
    best.second_what = what;
  }
  store_result(partitions, best);
}

// What the descent has come to: its loss, and how far its pattern is from the division that its lines would like.
void finish(Descent descent) {
  const uint partitions = descent.partitions;
  const float loss = loss_of_lines(true);
  uint hamming = 0u, seed = 0u;
  uint pattern[map_words];
  for (uint w = 0u; w < map_words; ++w) pattern[w] = map[w];
  if (partitions > 1u) {
    seed = seed_of(partitions, pattern_number);
    assign_texels(partitions, equally_near);
    for (uint w = 0u; w < map_words; ++w) {
      const uint off = map[w] ^ pattern[w];
      hamming += bitCount((off | off >> 1) & word_mask(w));
    }
  }
  const uint names = partitions > 1u ? pattern_names : own_names;
  const uint what = seed | hamming << 10 | names << 18 | snap_distance << 26;
  if (tracing) {
    AstcDescentTraceMemory memory = AstcDescentTraceMemory(push.trace);
    memory.trace.starts[partitions - 1u][descent.start] = AstcDescentResult(loss, what, -1.0, 0u);
    for (uint w = 0u; w < map_words; ++w) memory.trace.ideal[partitions - 1u][descent.start][w] = map[w];
  } else {
    keep_best(descent, loss, what);
    words().word[word_at(astc_descent_hamming)] = partitions > 1u ? hamming : astc_no_hamming;
  }
  for (uint w = 0u; w < map_words; ++w) map[w] = pattern[w];
}

// Steps [from, to) of a descent; the first part starts it, the last one ends it.
void run_part(Descent descent, uint part) {
  const uint from = settings.steps * part / settings.parts, to = settings.steps * (part + 1u) / settings.parts;
  for (uint step = from; step < to; ++step) {
    const uint kind = take_step(descent, step);
    if (tracing) trace_step(descent, step + 1u, kind);
  }
}

void start_descent(Descent descent) {
  [[unroll]] for (uint p = 0u; p < 4u; ++p) low[p] = high[p] = vec4(0.0);
  for (uint w = 0u; w < map_words; ++w) map[w] = 0u;
  pattern_number = pattern_names = snap_distance = 0u;
  start_lines(descent.partitions, descent.start);
}

// What is known of the pattern, to travel between stages.
uint packed_pattern() { return pattern_number << 8 | snap_distance << 18 | pattern_names << 24; }
void unpack_pattern(uint packed) {
  pattern_number = packed >> 8 & 1023u;
  snap_distance = packed >> 18 & 63u;
  pattern_names = packed >> 24;
}

void load_descent() {
  load_lines();
  AstcDescentWords memory = words();
  for (uint w = 0u; w < map_words; ++w) map[w] = memory.word[map_word_at(0u) + w];
  unpack_pattern(memory.word[word_at(astc_descent_hamming)]);
}

void store_descent(Descent descent, bool ended) {
  store_lines();
  AstcDescentWords memory = words();
  for (uint w = 0u; w < map_words; ++w) memory.word[map_word_at(0u) + w] = map[w];
  memory.word[word_at(astc_descent_loss)] = floatBitsToUint(loss_of_lines(false));
  if (ended) return;
  uint hamming = astc_no_hamming;
  // Of a free map only by table: looking at all patterns would take longer than the steps.
  if (pattern_names != 0u)
    hamming = snap_distance;
  else if (descent.partitions > 1u && has_table(descent.partitions)) {
    find_texels_of_map();
    hamming = distance_to(descent.partitions, nearest_by_table(descent.partitions));
  }
  memory.word[word_at(astc_descent_hamming)] = hamming | packed_pattern();
}

// A dispatch a part, an invocation a descent: loops of an invocation are not endless everywhere (engine/codecs/bc7/README.md).
// The trace itself is what parts leave for each other.
void trace_part() {
  const uint number = gl_GlobalInvocationID.x;
  if (number > (settings.most_partitions - 1u) * settings.starts) return;
  const Descent descent = descent_of(number);
  const uint part = push.stage, p = descent.partitions - 1u;
  AstcDescentTraceMemory memory = AstcDescentTraceMemory(push.trace);
  start_descent(descent);
  if (number == 0u) {
    memory.trace.steps_a_start = settings.steps;
    memory.trace.record = AstcRecords(push.records).record[block];
  }
  if (part == 0u) {
    trace_step(descent, 0u, astc_step_start);
  } else {
    const uint slot = descent.start * (settings.steps + 1u) + settings.steps * part / settings.parts;
    [[unroll]] for (uint line = 0u; line < 4u; ++line) {
      low[line] = vec4(unpackUnorm2x16(memory.trace.steps[p][slot].lines[4u * line]),
                       unpackUnorm2x16(memory.trace.steps[p][slot].lines[4u * line + 1u]));
      high[line] = vec4(unpackUnorm2x16(memory.trace.steps[p][slot].lines[4u * line + 2u]),
                        unpackUnorm2x16(memory.trace.steps[p][slot].lines[4u * line + 3u]));
    }
    for (uint w = 0u; w < map_words; ++w) map[w] = memory.trace.steps[p][slot].map[w];
    unpack_pattern(memory.trace.starts[p][descent.start].second_what);
  }
  run_part(descent, part);
  if (part + 1u == settings.parts)
    finish(descent);
  else
    memory.trace.starts[p][descent.start].second_what = packed_pattern();
}

void main() {
  if (!tracing && gl_GlobalInvocationID.x >= push.count) return;
  block = push.first + (tracing ? 0u : gl_GlobalInvocationID.x);
  settings = AstcDescentSettingsMemory(push.settings).settings;
  const uint row = block / push.grid.x;
  block_origin = ivec2(block - row * push.grid.x, row) * ivec2(block_width, block_height);
  if (tracing) {
    trace_part();
    return;
  }
  const uint number = push.stage / settings.parts, part = push.stage % settings.parts;
  const Descent descent = descent_of(number);
  if (part == 0u)
    start_descent(descent);
  else
    load_descent();
  run_part(descent, part);
  const bool ends = part + 1u == settings.parts;
  if (ends) finish(descent);
  store_descent(descent, ends);
}
