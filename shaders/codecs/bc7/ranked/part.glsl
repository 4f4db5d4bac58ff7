// The part of a candidate in work: its texels, the line through them, and what a pair of endpoints makes of them.
#ifndef TXS_BC7_RANKED_PART_GLSL
#define TXS_BC7_RANKED_PART_GLSL
#include "codecs/bc7/ranked/endpoints.glsl"

Bc7Part texel_list;
uint part_number, rotation;
vec4 part_weights;

uint listed_texel(uint i) {
  return (i < 8u ? texel_list.first_texels : texel_list.last_texels) >> (4u * (i & 7u)) & 15u;
}

// What the line of the part in work holds of RGBA; 0 in channels that it does not have.
vec4 channels_of_part(vec4 rgba) {
  if (dual) {
    const float apart = rotation == 0u ? rgba.a : rotation == 1u ? rgba.r : rotation == 2u ? rgba.g : rgba.b;
    const bvec4 rotated = equal(uvec4(rotation), uvec4(1u, 2u, 3u, 4u));
    return part_number == 0u ? vec4(mix(rgba.rgb, rgba.aaa, rotated.xyz), 0.0) : vec4(apart, 0.0, 0.0, 0.0);
  }
  return vec4(rgba.rgb, alpha_counts() ? rgba.a : 0.0);
}

vec4 part_texel(uint i) { return channels_of_part(block_texel(listed_texel(i))); }

uint part_index(uint part, uint shape) {
  return subset_count == 1u   ? 0u
         : subset_count == 2u ? bc7_first_part2 + shape * 2u + part
                              : bc7_first_part3 + shape * 3u + part;
}

void begin_part(uint part, uint shape) {
  part_number = part;
  rotation = push.mode == 4u ? shape >> 1 : shape;
  texel_list = push.tables.tables.parts[part_index(dual ? 0u : part, shape)];
  begin_endpoints(part, shape);
  part_weights = channels_of_part(channel_weights());
}

// The line through the mean along the main axis, cut at the extreme projections; clamped to bytes.
Ends principal_line() {
  vec4 mean = vec4(0.0);
  for (uint i = 0u; i < texel_list.count; ++i) mean += part_texel(i);
  mean /= float(texel_list.count);

  mat4 covariance = mat4(0.0);
  for (uint i = 0u; i < texel_list.count; ++i) {
    const vec4 d = part_texel(i) - mean;
    const vec4 w = d * part_weights;
    covariance[0] += d * w.x;
    covariance[1] += d * w.y;
    covariance[2] += d * w.z;
    covariance[3] += d * w.w;
  }
  // C^32 is nearly a multiple of the projector on the main axis; its longest column is never near zero.
  for (uint i = 0u; i < 5u; ++i) {
    const float trace = covariance[0].x + covariance[1].y + covariance[2].z + covariance[3].w;
    covariance *= 1.0 / max(trace, 1e-20);
    covariance = covariance * covariance;
  }
  vec4 axis = covariance[0];
  if (dot(covariance[1], covariance[1]) > dot(axis, axis)) axis = covariance[1];
  if (dot(covariance[2], covariance[2]) > dot(axis, axis)) axis = covariance[2];
  if (dot(covariance[3], covariance[3]) > dot(axis, axis)) axis = covariance[3];
  const float length2 = dot(axis * part_weights, axis);
  const vec4 towards = length2 > 0.0 ? axis * part_weights / length2 : vec4(0.0);

  float least = 0.0, most = 0.0;
  for (uint i = 0u; i < texel_list.count; ++i) {
    const float along = dot(part_texel(i) - mean, towards);
    least = min(least, along);
    most = max(most, along);
  }
  return Ends(clamp(mean + axis * least, 0.0, 255.0), clamp(mean + axis * most, 0.0, 255.0));
}

// The weight of palette entry `index` in 64ths: KDFS table 20.11, without a table.
float entry_weight(float index) { return floor(index * (64.0 / last_entry) + 0.5); }

// ((64 - w) * low + w * high + 32) >> 6 of the specification. Exact: w / 64 has 6 fractional bits.
vec4 entry_colour(Ends bytes, float weight) {
  return floor(bytes.low + (bytes.high - bytes.low) * (weight * 0.015625) + 0.5);
}

// A line that texels are assigned to.
struct Ruler {
  Ends bytes;
  vec4 towards;  // a texel's place among the palette entries is dot(texel - low, towards)
};
Ruler ruler_of(Ends stored) {
  const Ends bytes = Ends(widen(stored.low), widen(stored.high));
  const vec4 along = (bytes.high - bytes.low) * part_weights;
  const float length2 = dot(along, bytes.high - bytes.low);
  return Ruler(bytes, along * (length2 > 0.0 ? last_entry / length2 : 0.0));
}

struct Assigned {
  float error;   // exact where the weights are 1
  float index;
  float weight;  // of the palette entry, 64ths
};

// The better of the two entries on either side of the projection.
Assigned assign(Ruler ruler, vec4 texel) {
  const float place = dot(texel - ruler.bytes.low, ruler.towards);
  const float below = floor(clamp(place, 0.0, last_entry - 1.0));
  const float low_weight = entry_weight(below), high_weight = entry_weight(below + 1.0);
  const vec4 to_low = texel - entry_colour(ruler.bytes, low_weight);
  const vec4 to_high = texel - entry_colour(ruler.bytes, high_weight);
  const float low_error = dot(to_low * part_weights, to_low), high_error = dot(to_high * part_weights, to_high);
  return high_error < low_error ? Assigned(high_error, below + 1.0, high_weight)
                                : Assigned(low_error, below, low_weight);
}

// The error of the part with these endpoints.
float error_of(Ends stored) {
  const Ruler ruler = ruler_of(stored);
  float error = 0.0;
  for (uint i = 0u; i < texel_list.count; ++i) error += assign(ruler, part_texel(i)).error;
  return error;
}

// The same, and the line that fits the indices best. The fit is none (low_low 0) where all indices are equal.
float error_and_fit(Ends stored, out Fit fit) {
  const Ruler ruler = ruler_of(stored);
  float error = 0.0, sum_w = 0.0, sum_ww = 0.0;
  vec4 sum_x = vec4(0.0), sum_wx = vec4(0.0);
  for (uint i = 0u; i < texel_list.count; ++i) {
    const vec4 texel = part_texel(i);
    const Assigned a = assign(ruler, texel);
    error += a.error;
    sum_w += a.weight;
    sum_ww += a.weight * a.weight;
    sum_x += texel;
    sum_wx += a.weight * texel;
  }
  const float n = float(texel_list.count);
  const float spread = n * sum_ww - sum_w * sum_w;
  const vec4 slope = (n * sum_wx - sum_w * sum_x) / max(spread, 1.0);
  const vec4 low = (sum_x - slope * sum_w) / n;
  fit = Fit(low, low + slope * 64.0, 4096.0 * n - 128.0 * sum_w + sum_ww, 64.0 * sum_w - sum_ww, sum_ww);
  if (spread <= 0.0) fit.low_low = 0.0;
  return error;
}
#endif
