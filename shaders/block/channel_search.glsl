// What the kernels that search a channel's half do alike: its texels, and the error of a pair of ends.
#ifndef TXS_CHANNEL_SEARCH_GLSL
#define TXS_CHANNEL_SEARCH_GLSL
#include "block/channel_half.glsl"
#include "block/half_search.glsl"

layout(constant_id = channel_constant_source) const uint component = 0;
layout(constant_id = channel_constant_signed) const uint snorm = 0;

const bool is_signed = snorm != 0u;

// The block in work, 0..255, row-major. Global, since the compilers take seconds to see through copies of whole arrays.
vec4 rows[4];

void load_channel(uint block, uint of) {
  [[unroll]] for (uint t = 0u; t < 16u; ++t) rows[t / 4u][t % 4u] = texel_at(block_origin(block), t)[of];
}

float sum4(vec4 v) { return (v.x + v.y) + (v.z + v.w); }
float least_of(vec4 v) { return min(min(v.x, v.y), min(v.z, v.w)); }
float most_of(vec4 v) { return max(max(v.x, v.y), max(v.z, v.w)); }

// The sum of squared errors with the nearest value for each texel. Whole numbers: exact.
float channel_error(ChannelEnds ends) {
  const ChannelPalette palette = channel_palette(ends, is_signed);
  float error = 0.0;
  [[unroll]] for (uint row = 0u; row < 4u; ++row) {
    vec4 nearest = abs(rows[row] - palette.entry[0]);
    [[unroll]] for (uint k = 1u; k < 8u; ++k) nearest = min(nearest, abs(rows[row] - palette.entry[k]));
    error += sum4(nearest * nearest);
  }
  return error;
}

uvec2 pack_channel(ChannelEnds ends) {
  const ChannelPalette palette = channel_palette(ends, is_signed);
  uvec2 half_ = uvec2((uint(int(ends.a)) & 255u) | (uint(int(ends.b)) & 255u) << 8, 0u);
  [[unroll]] for (uint t = 0u; t < 16u; ++t) {
    const float x = rows[t / 4u][t % 4u];
    float least = abs(x - palette.entry[0]);
    uint index = 0u;
    [[unroll]] for (uint k = 1u; k < 8u; ++k) {
      const float distance = abs(x - palette.entry[k]);
      index = distance < least ? k : index;
      least = min(distance, least);
    }
    const uint bit = 16u + 3u * t;
    if (bit < 32u) half_.x |= index << bit;
    if (bit > 29u && bit < 32u) half_.y |= index >> (32u - bit);
    if (bit >= 32u) half_.y |= index << (bit - 32u);
  }
  return half_;
}

// --- where the search starts

float lowest_end() { return is_signed ? -127.0 : 0.0; }
float highest_end() { return is_signed ? 127.0 : 255.0; }

// The end nearest to a byte.
float end_of_byte(float v) { return is_signed ? floor((v - 127.5) * (254.0 / 255.0) + 0.5) : v; }

// Of eight values the ends are the outermost texels; of six, those between the extremes: what lies within 2 of 0 or 255
// is left to these.
ChannelEnds outermost(bool eight) {
  float low = 255.0, high = 0.0;
  [[unroll]] for (uint row = 0u; row < 4u; ++row) {
    const bvec4 inner = bvec4(uvec4(greaterThan(rows[row], vec4(2.0))) & uvec4(lessThan(rows[row], vec4(253.0))));
    low = min(low, least_of(eight ? rows[row] : mix(vec4(255.0), rows[row], inner)));
    high = max(high, most_of(eight ? rows[row] : mix(vec4(0.0), rows[row], inner)));
  }
  if (low > high) low = high = 128.0;  // nothing lies between
  return eight ? ChannelEnds(end_of_byte(high), end_of_byte(low)) : ChannelEnds(end_of_byte(low), end_of_byte(high));
}

struct Channel {
  ChannelEnds ends;
  float error;
};

void keep_better(ChannelEnds ends, inout Channel best) {
  const float error = channel_error(ends);
  if (error < best.error) best = Channel(ends, error);
}

Channel load_channel_found(uint half_) {
  return Channel(unpack_channel_ends(Halves(push.blocks).bits[half_], is_signed),
                 HalfRecords(push.records).record[half_].error);
}

void store_channel_found(uint half_, Channel best, float before) {
  if (best.error < before) Halves(push.blocks).bits[half_] = pack_channel(best.ends);
  store_error(half_, best.error);
}
#endif
