// What the search of a colour half tries, written down for the inspector.
#ifndef TXS_COLOUR_TRACE_GLSL
#define TXS_COLOUR_TRACE_GLSL
#include "block/colour_cuts.glsl"

// The squared distances from the mean, of which a cut explains a part.
float total_of_counted(uint counted) {
  float total = 0.0;
  [[unroll]] for (uint i = 0u; i < 16u; ++i) {
    const vec3 distance = (ordered[i] - counted_mean) * root_weights();
    total += sum3(distance * distance) * float(counted >> ordered_texel[i] & 1u);
  }
  return total;
}

void trace_cuts(bool three, float total) {
  const uint from = three ? colour_trace_cuts : 0u;
  for (uint k = 0u; k < colour_trace_cuts && explained[0] > 0.0; ++k) {
    const uint at = places[0];
    ColourCandidate candidate;
    candidate.colours = three ? 3u : 4u;
    candidate.cuts[0] = at & 31u;
    candidate.cuts[1] = at >> 5 & 31u;
    candidate.cuts[2] = at >> 10;
    candidate.estimate = total - explained[0];
    candidate.error = colour_error(round_line(line_of_cut(at, three)), three);
    HalfTraceRef(push.trace).trace.colours[from + k] = candidate;
    drop_first_cut();
  }
}

// `keep` must be colour_trace_cuts.
void trace_colours(uint block) {
  load_colours(block);
  const vec3 mean = mean_colour(), axis = principal_axis(mean);
  HalfTraceRef(push.trace).trace.mean = vec4(mean, 255.0);
  HalfTraceRef(push.trace).trace.axis = vec4(axis, 0.0);
  for (uint k = 0u; k < 2u * colour_trace_cuts; ++k) HalfTraceRef(push.trace).trace.colours[k].colours = 0u;

  const uint counted = opaque_mask();
  order_texels(axis, block_origin(block));
  sum_up(counted);
  const float total = total_of_counted(counted);
  if (!any_transparent) {
    find_cuts_of_four();
    trace_cuts(false, total);
  }
  if (may_be_three) {
    find_cuts_of_three();
    trace_cuts(true, total);
  }
}
#endif
