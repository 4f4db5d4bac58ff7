// The first bits of a colour half: the principal line, rounded and refitted, or the one colour that all texels share.
#ifndef TXS_COLOUR_START_GLSL
#define TXS_COLOUR_START_GLSL
#include "block/colour_line.glsl"

const uint refits = 2u;

// Cut where the outermost projections lie.
Line extreme_line(vec3 mean) {
  const vec3 axis = principal_axis(mean), roots = root_weights();
  float least = 0.0, most = 0.0;  // the mean lies between them
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    precise float at = sum3((texels[t] - mean) * roots * axis) * opaque[t];
    least = min(least, at);
    most = max(most, at);
  }
  // A channel without weight has a direction of 0: its ends are the mean.
  precise vec3 along = axis / max(roots, vec3(1.0 / 64.0));
  precise vec3 a = mean + along * least, b = mean + along * most;
  return Line(a, b, 1.0, 0.0, 1.0);
}

// The weight of end b in an entry.
float entry_weight(uint index, bool three) {
  const float inner = three ? 0.5 : index == 2u ? 1.0 / 3.0 : 2.0 / 3.0;
  return index < 2u ? float(index) : inner;
}

// The least-squares line of the texels over the weights of their indices. False if these are all equal.
bool fit_indices(uint indices, bool three, out Line line) {
  float n = 0.0;
  precise float sum_w = 0.0, sum_ww = 0.0;
  precise vec3 sum_x = vec3(0.0), sum_wx = vec3(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const uint index = indices >> (2u * t) & 3u;
    const float counted = three && index == 3u ? 0.0 : 1.0;
    precise float w = entry_weight(index, three) * counted;
    n += counted;
    sum_w += w;
    sum_ww += w * w;
    sum_x += texels[t] * counted;
    sum_wx += texels[t] * w;
  }
  precise float spread = n * sum_ww - sum_w * sum_w;
  precise vec3 slope = (sum_wx * n - sum_x * sum_w) / max(spread, 0.01);
  precise vec3 a = (sum_x - slope * sum_w) / max(n, 1.0);
  precise vec3 b = a + slope;
  line = Line(a, b, n - 2.0 * sum_w + sum_ww, sum_w - sum_ww, sum_ww);
  return spread > 0.01;  // indices that differ make it 2/9 at least
}

// The ends whose entry 2 is nearest to one colour: for each value of one end the best other one. Of equals those that
// lie closest together, since devices interpolate differently.
ColourEnds ends_of_one_colour(vec3 colour, bool three) {
  ColourEnds best = ColourEnds(vec3(0.0), vec3(0.0));
  vec3 least = vec3(1e30);
  for (uint v = 0u; v < 64u; ++v) {
    const vec3 a = min(vec3(float(v)), colour_top);
    const vec3 wanted = three ? 2.0 * colour - expand_565(a) : 3.0 * colour - 2.0 * expand_565(a);
    const vec3 b = clamp(floor(wanted * (colour_top / 255.0) + 0.5), vec3(0.0), colour_top);
    const vec3 entry = palette_of(ColourEnds(a, b), three).entry[2];
    const vec3 error = (entry - colour) * (entry - colour) + abs(a - b) * (1.0 / 256.0);
    const bvec3 better = lessThan(error, least);
    best.a = mix(best.a, a, better);
    best.b = mix(best.b, b, better);
    least = min(error, least);
  }
  return best;
}

void start_colours(uint block, uint half_) {
  load_colours(block);
  const bool three = any_transparent;
  const vec3 mean = mean_colour();

  Colours best = Colours(round_line(extreme_line(mean)), three, 0.0);
  best.error = colour_error(best.ends, three);
  ColourEnds ends = best.ends;
  for (uint refit = 0u; refit < refits; ++refit) {
    Line line;
    if (!fit_indices(colour_indices(ends, three), three, line)) break;
    ends = round_line(line);
    keep_better(ends, three, best);
  }
  keep_better(ends_of_one_colour(floor(mean + 0.5), three), three, best);

  begin_record(half_);
  store_colours_found(half_, best, best.error + 1.0);
}
#endif
