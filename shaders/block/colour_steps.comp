// The last of a colour half: steps of its quantised ends for as long as they help.
#version 460
#extension GL_GOOGLE_include_directive : require
#extension GL_EXT_control_flow_attributes : require
#include "block/colour_search.glsl"

const bool whole_neighbourhood = keep != 0u;

bool in_range(vec3 v) { return all(greaterThanEqual(v, vec3(0.0))) && all(lessThanEqual(v, colour_top)); }

// A digit of a number to base 3 as a step: -1, 0 or 1.
float step_of(uint number, uint place) { return float(number / place % 3u) - 1.0; }

// One of the 9 steps of one channel: each end down, not at all or up.
ColourEnds step_channel(ColourEnds ends, uint number) {
  const vec3 channel = vec3(equal(uvec3(number / 9u), uvec3(0u, 1u, 2u)));
  return ColourEnds(ends.a + channel * step_of(number, 1u), ends.b + channel * step_of(number, 3u));
}

// One of the 729 of all channels.
ColourEnds step_all(ColourEnds ends, uint number) {
  return ColourEnds(ends.a + vec3(step_of(number, 1u), step_of(number, 3u), step_of(number, 9u)),
                    ends.b + vec3(step_of(number, 27u), step_of(number, 81u), step_of(number, 243u)));
}

void main() {
  if (beyond_work()) return;
  const uint block = block_in_work(), half_ = half_of(block);
  load_colours(block);
  Colours best = load_colours_found(half_);
  const float before = best.error;
  const uint rounds = HalfSettingsRef(push.settings).settings.reach[push.stage];
  for (uint round = 0u; round < rounds && best.error > 0.0; ++round) {
    const Colours from = best;
    for (uint number = 0u; number < (whole_neighbourhood ? 729u : 27u); ++number) {
      const ColourEnds ends = whole_neighbourhood ? step_all(from.ends, number) : step_channel(best.ends, number);
      if (in_range(ends.a) && in_range(ends.b)) keep_better(ends, best.three, best);
    }
    if (best.error >= from.error) break;
  }
  store_colours_found(half_, best, before);
}
