// Endpoints for weights that are fixed, as the bits can hold them.
#ifndef TXS_ASTC_COLOURS_GLSL
#define TXS_ASTC_COLOURS_GLSL
#include "codecs/astc/endpoints.glsl"
#include "codecs/astc/modes.glsl"

shared vec4 blend[most_texels];   // of each texel, by channel: the share of the high end, 0..1
shared uint stored[4][8];         // colour integers of each partition, as they are stored
shared ivec4 end_low[4], end_high[4];  // as they decode

uint endpoint_mode() { return has_alpha ? 12u : 8u; }

uint nearest_stored(uint range, float value) {
  const uint v = uint(clamp(value + 0.5, 0.0, 255.0));
  return astc_byte(search_tables().search.colour_nearest[range][v >> 2], v);
}

float value_of(uint range, uint integer) { return float(astc_colour_value(decode_tables(), range, integer)); }

// The ends that leave the least squared error of partition p, 0..255, channel by channel.
void solve_ends(uint p, out vec4 low, out vec4 high) {
  vec4 low_low = vec4(0.0), low_high = vec4(0.0), high_high = vec4(0.0), low_sum = vec4(0.0), high_sum = vec4(0.0);
  for (uint t = 0u; t < texel_count; ++t) {
    const float inside = part_of[t] == p ? 1.0 : 0.0;
    const vec4 h = blend[t], l = 1.0 - h, texel = texels[t] * inside;
    low_low += l * l * inside;
    low_high += l * h * inside;
    high_high += h * h * inside;
    low_sum += l * texel;
    high_sum += h * texel;
  }
  const vec4 determinant = low_low * high_high - low_high * low_high;
  const vec4 inverse = 1.0 / max(determinant, 1e-6);
  low = (low_sum * high_high - high_sum * low_high) * inverse;
  high = (high_sum * low_low - low_sum * low_high) * inverse;
  // All weights alike: one colour.
  const vec4 mean = (low_sum + high_sum) / max(low_low + 2.0 * low_high + high_high, 1e-6);
  const bvec4 flat_ = lessThan(determinant, vec4(1e-4));
  low = clamp(mix(low, mean, flat_), 0.0, 255.0);
  high = clamp(mix(high, mean, flat_), 0.0, 255.0);
}

// RGB as its parts that blue contraction makes into it again (KDFS 23.14): red and green count twice from blue.
vec4 expanded(vec4 c) { return vec4(2.0 * c.rg - c.bb, c.ba); }

// Invocation p rounds the ends of partition p, straight or contracted, whichever comes nearer. Contracted ones are told by
// the order of their sums, and lie the other way round.
void round_ends(Division division, uint range) {
  if (lane() < division.partitions) {
    const uint p = lane();
    vec4 low, high;
    solve_ends(p, low, high);
    if (!has_alpha) low.a = high.a = 255.0;
    float least = no_hope;
    for (uint way = 0u; way < 2u; ++way) {
      const vec4 even = way == 0u ? low : expanded(high), odd = way == 0u ? high : expanded(low);
      uvec4 even_stored, odd_stored;
      ivec4 even_value, odd_value;
      [[unroll]] for (uint c = 0u; c < 4u; ++c) {
        even_stored[c] = nearest_stored(range, even[c]);
        odd_stored[c] = nearest_stored(range, odd[c]);
        even_value[c] = int(value_of(range, even_stored[c]));
        odd_value[c] = int(value_of(range, odd_stored[c]));
      }
      const AstcEnds ends = astc_endpoints(endpoint_mode(), ivec4(even_value.x, odd_value.x, even_value.y, odd_value.y),
                                           ivec4(even_value.z, odd_value.z, even_value.w, odd_value.w));
      const vec4 off_low = low - vec4(ends.low), off_high = high - vec4(ends.high);
      const float off = dot(off_low, off_low) + dot(off_high, off_high);
      if (off >= least) continue;
      least = off;
      end_low[p] = ends.low;
      end_high[p] = ends.high;
      [[unroll]] for (uint c = 0u; c < 4u; ++c) {
        stored[p][2u * c] = even_stored[c];
        stored[p][2u * c + 1u] = odd_stored[c];
      }
    }
  }
  together();
}
#endif
