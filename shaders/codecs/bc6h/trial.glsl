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
  float step;                  // of its levels, in 16 bits
  float least, most;           // levels of an endpoint's channel
  vec3 reach;                  // endpoints 1 to 3 are stored in [-reach, reach - 1] from endpoint 0
  float last_index;            // 7 or 15
};

// Endpoints in whatever unit: both of subset 0, both of subset 1.
struct Ends {
  vec3 end[4];
};

// Sums over the texels of each subset, each weighted as its error: 1 and the texel; b, b * b and b * texel, where b in
// [0, 1] is how much it has of the subset's second end.
struct Sums {
  vec3 ones[2], texels[2];
  vec3 b[2], bb[2], b_texels[2];
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
  l.step = float(1u << (16u - uint(l.bits)));
  l.most = (is_signed ? 32768.0 : 65536.0) / l.step - 1.0;
  l.least = is_signed ? -l.most : 0.0;
  const uvec3 delta_bits = uvec3(memory.tables.modes[row].delta_bits[0], memory.tables.modes[row].delta_bits[1],
                                 memory.tables.modes[row].delta_bits[2]);
  l.reach = memory.tables.modes[row].transformed != 0u ? vec3(uvec3(1u) << (delta_bits - 1u)) : vec3(131072.0);
  l.last_index = subsets == 2u ? 7.0 : 15.0;
  return l;
}

// 16-bit numbers of levels, as bc6h_unquantised has it.
vec3 wide_of(vec3 level, Layout l) {
  if (l.bits > 15.0) return level;
  const vec3 magnitude = abs(level);
  vec3 wide = (magnitude + 0.5) * l.step;
  wide = mix(wide, vec3(is_signed ? 32767.0 : 65535.0), greaterThanEqual(magnitude, vec3(l.most)));
  return mix(vec3(0.0), sign(level) * wide, greaterThan(magnitude, vec3(0.0)));
}

// Fractional levels whose palettes have these numbers of halves: what is decoded is rounded towards 0, so that their
// middles lie half a number further out.
vec3 levels_of(vec3 number, Layout l) {
  const vec3 away = is_signed ? sign(number) : vec3(1.0);
  const vec3 wide = (number + 0.5 * away) / half_of_wide;
  return l.bits > 15.0 ? wide : wide / l.step - 0.5 * away;
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

// The part of `sums` that no line changes.
void add_texels(Layout l, out Sums sums) {
  [[unroll]] for (uint s = 0u; s < 2u; ++s) sums.ones[s] = sums.texels[s] = vec3(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const vec3 weight = weight_of_texel(t);
    const float in_second = float(l.subsets >> t & (l.second ? 1u : 0u));
    sums.ones[0] += weight;
    sums.texels[0] += weight * texels[t];
    sums.ones[1] += in_second * weight;
    sums.texels[1] += in_second * weight * texels[t];
  }
  sums.ones[0] -= sums.ones[1];
  sums.texels[0] -= sums.texels[1];
}

// The error of the block with these levels, its best indices (eight in each word), and the rest of the sums. Anchors
// take an index below half whatever lies nearer: no swap of endpoints is needed, whose differences might not fit then.
float error_of(Ends levels, Layout l, vec3 weights, out uvec2 indices, inout Sums sums) {
  vec3 low[2], span[2], along[2];
  [[unroll]] for (uint s = 0u; s < 2u; ++s) {
    low[s] = wide_of(levels.end[2u * s], l);
    span[s] = wide_of(levels.end[2u * s + 1u], l) - low[s];
    const float length2 = dot(span[s], weights * span[s]);
    along[s] = weights * span[s] * (l.last_index / half_of_wide);
    if (!is_signed) along[s] *= length2 > 0.0 ? 1.0 / length2 : 0.0;
    sums.b[s] = sums.bb[s] = sums.b_texels[s] = vec3(0.0);
  }
  const vec3 first_low = low[0] * half_of_wide, second_low = low[1] * half_of_wide;
  const float index_scale = 64.0 / l.last_index;
  indices = uvec2(0u);
  precise vec3 error = vec3(0.0);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const bool second = l.second && (l.subsets >> t & 1u) != 0u;
    const vec3 low_here = second ? low[1] : low[0], span_here = second ? span[1] : span[0];
    const vec3 from_low = texels[t] - (second ? second_low : first_low);
    const vec3 along_here = weight_of_texel(t) * (second ? along[1] : along[0]);
    float place = dot(from_low, along_here);
    if (is_signed) place *= l.last_index / max(half_of_wide * dot(span_here, along_here), 1e-6);
    const float last = (l.anchors >> t & 1u) != 0u ? floor(0.5 * l.last_index) : l.last_index;
    const float index = floor(clamp(place, 0.0, last) + 0.5);
    const float weight = floor(index * index_scale + 0.5);
    const vec3 off = finished(floor(low_here + (weight * span_here + 32.0) * 0.015625)) - texels[t];
    error += weight_of_texel(t) * (off * off);
    indices[t >> 3u] |= uint(index) << 4u * (t & 7u);

    const float b = weight * 0.015625, in_second = second ? 1.0 : 0.0;
    const vec3 for_b = weight_of_texel(t) * b, for_bb = for_b * b, for_b_texel = for_b * texels[t];
    sums.b[0] += for_b;
    sums.bb[0] += for_bb;
    sums.b_texels[0] += for_b_texel;
    sums.b[1] += in_second * for_b;
    sums.bb[1] += in_second * for_bb;
    sums.b_texels[1] += in_second * for_b_texel;
  }
  sums.b[0] -= sums.b[1];
  sums.bb[0] -= sums.bb[1];
  sums.b_texels[0] -= sums.b_texels[1];
  precise float sum = (weights.r * error.r + weights.g * error.g) + weights.b * error.b;
  return sum;
}

// What moving the ends of a subset by x and y adds to the error: aa * x * x + 2 * ab * x * y + bb * y * y.
struct Form {
  vec3 aa, ab, bb;
};

Form form_of(Sums sums, uint s) {
  return Form(max(sums.ones[s] - 2.0 * sums.b[s] + sums.bb[s], 0.0), sums.b[s] - sums.bb[s], sums.bb[s]);
}

vec3 value_of(Form f, vec3 x, vec3 y) { return f.aa * x * x + (2.0 * f.ab * x + f.bb * y) * y; }

// The lines that fit the texels best with the indices of `sums`. Where all indices are alike: their mean.
Ends fitted(Sums sums) {
  Ends numbers;
  [[unroll]] for (uint s = 0u; s < 2u; ++s) {
    const Form f = form_of(sums, s);
    const vec3 low = sums.texels[s] - sums.b_texels[s], high = sums.b_texels[s];
    const vec3 determinant = f.aa * f.bb - f.ab * f.ab;
    const bvec3 solvable = greaterThan(determinant, 1e-4 * f.aa * f.bb + 1e-6);
    const vec3 scale = 1.0 / max(determinant, 1e-6);
    const vec3 mean = sums.texels[s] / max(sums.ones[s], 1e-6);
    numbers.end[2u * s] = mix(mean, (f.bb * low - f.ab * high) * scale, solvable);
    numbers.end[2u * s + 1u] = mix(mean, (f.aa * high - f.ab * low) * scale, solvable);
  }
  return numbers;
}

// For a whole level of the first end the best one of the second, within [least, most].
vec3 second_for(vec3 first, vec3 low, vec3 high, Form f, vec3 least, vec3 most) {
  const vec3 best = high - f.ab / max(f.bb, 1e-6) * (first - low);
  return clamp(floor(best + 0.5), least, most);
}

// Whole levels that can be stored, near the fractional ones: of those tried the ones that raise the error least.
// Endpoint 0 goes halfway to where all differences to it fit;
// the others are clamped into its reach.
Ends quantised(Ends fractional, Form forms[2], Layout l) {
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
    now.end[1] = second_for(now.end[0], fractional.end[0], fractional.end[1], forms[0], least, most);
    vec3 error = value_of(forms[0], now.end[0] - fractional.end[0], now.end[1] - fractional.end[1]);
    vec3 second_error = vec3(3e38);
    [[unroll]] for (uint j = 0u; j < 2u; ++j) {
      const vec3 low = clamp(floor(fractional.end[2]) + float(j), least, most);
      const vec3 high = second_for(low, fractional.end[2], fractional.end[3], forms[1], least, most);
      const vec3 raised = value_of(forms[1], low - fractional.end[2], high - fractional.end[3]);
      const bvec3 better = lessThan(raised, second_error);
      second_error = min(second_error, raised);
      now.end[2] = mix(now.end[2], low, better);
      now.end[3] = mix(now.end[3], high, better);
    }
    if (l.second) error += second_error;
    const bvec3 better = lessThan(error, best_error);
    best_error = min(best_error, error);
    [[unroll]] for (uint e = 0u; e < 4u; ++e) best.end[e] = mix(best.end[e], now.end[e], better);
  }
  return best;
}

// Takes the line of each subset, in numbers of halves, down to where another fit to its own indices gains nothing, in
// at most `rounds`; what is better than `best` replaces it.
void descend(Ends numbers, Layout l, vec3 weights, uint rounds, inout Best best) {
  Sums sums;
  add_texels(l, sums);
  const Form even = Form(vec3(1.0), vec3(0.0), vec3(1.0));
  Form forms[2] = Form[2](even, even);
  float before = 3e38;
  for (uint round = 0u; round < rounds; ++round) {
    Ends fractional;
    [[unroll]] for (uint e = 0u; e < 4u; ++e) fractional.end[e] = levels_of(numbers.end[e], l);
    const Ends levels = quantised(fractional, forms, l);
    uvec2 indices;
    const float error = error_of(levels, l, weights, indices, sums);
    if (error < best.error) best = Best(error, l.row, l.partition_number, levels, indices);
    if (error >= before) break;
    before = error;
    numbers = fitted(sums);
    [[unroll]] for (uint s = 0u; s < 2u; ++s) forms[s] = form_of(sums, s);
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
