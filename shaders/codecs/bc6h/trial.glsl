// What a line through each subset costs as bits of a mode, and the better lines that its indices ask for.
#ifndef TXS_BC6H_TRIAL_GLSL
#define TXS_BC6H_TRIAL_GLSL
#include "codecs/bc6h/bc6h_header.glsl"
#include "codecs/bc6h/block.glsl"

// 16-bit numbers to numbers of halves.
const float half_of_wide = is_signed ? 31.0 / 32.0 : 31.0 / 64.0;

// A way to lay a block out.
struct Layout {
  uint row, partition_number;
  uint subsets, anchors;       // bit t: of texel t
  bool second;                 // there is a subset 1
  float bits;                  // of an endpoint's channel
  float least, most;           // levels of an endpoint's channel
  vec3 reach;                  // endpoints 1 to 3 are stored in [-reach, reach - 1] from endpoint 0
  float last_index;            // 7 or 15
};

// Endpoints in whatever unit: both of subset 0, both of subset 1.
struct Ends {
  vec3 end[4];
};

// Sums over the texels of a subset, a = 1 - b: of a * a, a * b, b * b; of a * texel and b * texel.
struct Sums {
  vec3 squares[2];
  vec3 low[2], high[2];
};

struct Best {
  float error;
  uint row, partition_number;
  Ends levels;
  uvec2 indices;
};

Layout layout_of(uint row, uint partition_number) {
  Bc6hTablesMemory memory = Bc6hTablesMemory(push.tables);
  const uint subsets = memory.tables.modes[row].subsets;
  const Bc6hPartition texel = memory.tables.partitions[(subsets - 1u) * bc6h_partitions + partition_number];
  Layout l;
  l.row = row;
  l.partition_number = partition_number;
  l.subsets = texel.subsets;
  l.anchors = texel.anchors;
  l.second = subsets == 2u;
  l.bits = float(memory.tables.modes[row].endpoint_bits);
  l.most = exp2(is_signed ? l.bits - 1.0 : l.bits) - 1.0;
  l.least = is_signed ? -l.most : 0.0;
  const vec3 delta_bits = vec3(memory.tables.modes[row].delta_bits[0], memory.tables.modes[row].delta_bits[1],
                               memory.tables.modes[row].delta_bits[2]);
  l.reach = memory.tables.modes[row].transformed != 0u ? exp2(delta_bits - 1.0) : vec3(131072.0);
  l.last_index = subsets == 2u ? 7.0 : 15.0;
  return l;
}

// 16-bit numbers of levels, as bc6h_unquantised has it.
vec3 wide_of(vec3 level, Layout l) {
  if (l.bits > 15.0) return level;
  const float step = exp2(16.0 - l.bits);
  const vec3 magnitude = abs(level);
  vec3 wide = magnitude * step + 0.5 * step;
  wide = mix(wide, vec3(is_signed ? 32767.0 : 65535.0), greaterThanEqual(magnitude, vec3(l.most)));
  return mix(vec3(0.0), sign(level) * wide, greaterThan(magnitude, vec3(0.0)));
}

// Fractional levels whose palettes have these numbers of halves: what is decoded is rounded towards 0, so that their
// middles lie half a number further out.
vec3 levels_of(vec3 number, Layout l) {
  const float step = exp2(16.0 - l.bits);
  const vec3 away = is_signed ? sign(number) : vec3(1.0);
  const vec3 wide = (number + 0.5 * away) / half_of_wide;
  return l.bits > 15.0 ? wide : wide / step - 0.5 * away;
}

// The numbers of halves in the middle of what a level decodes to.
vec3 numbers_of(vec3 level, Layout l) {
  const vec3 wide = wide_of(level, l);
  return wide * half_of_wide - 0.5 * (is_signed ? sign(wide) : vec3(1.0));
}

// As decoded.
vec3 finished(vec3 wide) {
  return is_signed ? sign(wide) * floor(abs(wide) * 31.0 * 0.03125) : floor(wide * 31.0 * 0.015625);
}

// The error of the block with these levels, its best indices (eight in each word), and the sums over them. All numbers
// but the error are exact. Anchors take an index below half whatever lies nearer: no swap of endpoints is needed, whose
// differences might not fit then.
float error_of(Ends levels, Layout l, vec3 weights, out uvec2 indices, out Sums sums) {
  vec3 low[2], span[2], along[2];
  [[unroll]] for (uint s = 0u; s < 2u; ++s) {
    low[s] = wide_of(levels.end[2u * s], l);
    span[s] = wide_of(levels.end[2u * s + 1u], l) - low[s];
    const float length2 = dot(span[s], weights * span[s]);
    along[s] = length2 > 0.0 ? weights * span[s] * (l.last_index / (half_of_wide * length2)) : vec3(0.0);
    sums.squares[s] = sums.low[s] = sums.high[s] = vec3(0.0);
  }
  const vec3 first_low = low[0] * half_of_wide, second_low = low[1] * half_of_wide;
  const float index_scale = 64.0 / l.last_index;
  indices = uvec2(0u);
  precise vec3 error = vec3(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const bool second = l.second && (l.subsets >> t & 1u) != 0u;
    const vec3 from_low = texels[t] - (second ? second_low : first_low);
    const float place = dot(from_low, second ? along[1] : along[0]);
    const float last = (l.anchors >> t & 1u) != 0u ? floor(0.5 * l.last_index) : l.last_index;
    const float index = floor(clamp(place, 0.0, last) + 0.5);
    const float weight = floor(index * index_scale + 0.5);
    const vec3 wide = floor((second ? low[1] : low[0]) + (weight * (second ? span[1] : span[0]) + 32.0) * 0.015625);
    const vec3 off = finished(wide) - texels[t];
    error += off * off;
    indices[t >> 3u] |= uint(index) << 4u * (t & 7u);

    const float b = weight * 0.015625, a = 1.0 - b;
    const vec3 squares = vec3(a * a, a * b, b * b), to_low = a * texels[t], to_high = b * texels[t];
    const float in_second = second ? 1.0 : 0.0, in_first = 1.0 - in_second;
    sums.squares[0] += in_first * squares;
    sums.low[0] += in_first * to_low;
    sums.high[0] += in_first * to_high;
    sums.squares[1] += in_second * squares;
    sums.low[1] += in_second * to_low;
    sums.high[1] += in_second * to_high;
  }
  precise float sum = (weights.r * error.r + weights.g * error.g) + weights.b * error.b;
  return sum;
}

// The lines that fit the texels best with the indices of `sums`. Where all indices are alike: their mean.
Ends fitted(Sums sums) {
  Ends numbers;
  [[unroll]] for (uint s = 0u; s < 2u; ++s) {
    const vec3 q = sums.squares[s], low = sums.low[s], high = sums.high[s];
    const float determinant = q.x * q.z - q.y * q.y;
    const bool solvable = determinant > 1e-3;
    const float scale = solvable ? 1.0 / determinant : 0.0;
    const vec3 mean = (low + high) / max(q.x + 2.0 * q.y + q.z, 1e-6);
    numbers.end[2u * s] = solvable ? (q.z * low - q.y * high) * scale : mean;
    numbers.end[2u * s + 1u] = solvable ? (q.x * high - q.y * low) * scale : mean;
  }
  return numbers;
}

// a * x * x + 2 * b * x * y + c * y * y for q = (a, b, c)
vec3 form(vec3 q, vec3 x, vec3 y) { return q.x * x * x + (2.0 * q.y * x + q.z * y) * y; }

// Whole levels for two endpoints within [least, most] near the fractional ones: `first`, and the best second one for it.
vec3 second_for(vec3 first, vec3 low, vec3 high, vec3 q, vec3 least, vec3 most) {
  const vec3 best = high - (q.z > 0.0 ? q.y / q.z : 0.0) * (first - low);
  return clamp(floor(best + 0.5), least, most);
}

// Whole levels that can be stored, near the fractional ones: of those tried the ones that raise the error, a quadratic
// form `squares` of the differences in each subset, least. Endpoint 0 goes halfway to where all differences to it fit;
// the others are clamped into its reach.
Ends quantised(Ends fractional, vec3 squares[2], Layout l) {
  const vec3 second_top = l.second ? max(fractional.end[2], fractional.end[3]) : fractional.end[1];
  const vec3 second_bottom = l.second ? min(fractional.end[2], fractional.end[3]) : fractional.end[1];
  const vec3 lowest = max(fractional.end[1], second_top) - (l.reach - 1.0);
  const vec3 highest = min(fractional.end[1], second_bottom) + l.reach;
  const vec3 middle = 0.5 * (lowest + highest);
  const vec3 fit = clamp(fractional.end[0], min(lowest, middle), max(highest, middle));
  const vec3 start = floor(0.5 * (fractional.end[0] + mix(fit, middle, greaterThan(lowest, highest))));

  Ends best;
  vec3 best_error = vec3(3e38);
  [[unroll]] for (uint i = 0u; i < 2u; ++i) {
    Ends now;
    now.end[0] = clamp(start + float(i), l.least, l.most);
    const vec3 least = max(now.end[0] - l.reach, l.least), most = min(now.end[0] + l.reach - 1.0, l.most);
    now.end[1] = second_for(now.end[0], fractional.end[0], fractional.end[1], squares[0], least, most);
    vec3 error = form(squares[0], now.end[0] - fractional.end[0], now.end[1] - fractional.end[1]);
    vec3 second_error = vec3(3e38);
    [[unroll]] for (uint j = 0u; j < 2u; ++j) {
      const vec3 low = clamp(floor(fractional.end[2]) + float(j), least, most);
      const vec3 high = second_for(low, fractional.end[2], fractional.end[3], squares[1], least, most);
      const vec3 raised = form(squares[1], low - fractional.end[2], high - fractional.end[3]);
      const bvec3 better = lessThan(raised, second_error);
      second_error = min(second_error, raised);
      now.end[2] = mix(now.end[2], low, better);
      now.end[3] = mix(now.end[3], high, better);
    }
    error += second_error;
    const bvec3 better = lessThan(error, best_error);
    best_error = min(best_error, error);
    [[unroll]] for (uint e = 0u; e < 4u; ++e) best.end[e] = mix(best.end[e], now.end[e], better);
  }
  return best;
}

// Takes the line of each subset, given in numbers of halves, down to where another fit to its own indices gains nothing,
// in at most `rounds`; what is better than `best` replaces it.
void descend(Ends numbers, Layout l, vec3 weights, uint rounds, inout Best best) {
  vec3 squares[2] = vec3[2](vec3(1.0, 0.0, 1.0), vec3(1.0, 0.0, 1.0));
  float before = 3e38;
  for (uint round = 0u; round < rounds; ++round) {
    Ends fractional;
    [[unroll]] for (uint e = 0u; e < 4u; ++e) fractional.end[e] = levels_of(numbers.end[e], l);
    const Ends levels = quantised(fractional, squares, l);
    uvec2 indices;
    Sums sums;
    const float error = error_of(levels, l, weights, indices, sums);
    if (error < best.error) best = Best(error, l.row, l.partition_number, levels, indices);
    if (error >= before) break;
    before = error;
    numbers = fitted(sums);
    squares = sums.squares;
  }
}

uvec4 bits_of(Best best) {
  Bc6hHeader header;
  header.row = best.row;
  header.partition_number = best.partition_number;
  [[unroll]] for (uint e = 0u; e < 4u; ++e) header.quantised[e] = ivec3(best.levels.end[e]);
  return bc6h_packed(header, best.indices, Bc6hTablesMemory(push.tables));
}
#endif
