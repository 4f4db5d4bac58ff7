// What the search gained on each half.
#ifndef TXS_HALF_GAIN_GLSL
#define TXS_HALF_GAIN_GLSL
#include "interop/bc1_to_bc5.h"

layout(local_size_x = block_decode_group_side, local_size_y = block_decode_group_side) in;
layout(push_constant, scalar) uniform Push { BlockDecodePush push; };

const float decibels_per_e = 4.342944819;  // 10 / ln 10

// Of the bits over the first bits, dB. A half without error counts as if one channel of one texel were off by one.
float gain_of_half(uint number) {
  const HalfRecord record = HalfRecords(push.records).record[number];
  float first = 0.0;
  for (uint stage = half_most_stages; stage > 0u; --stage)
    if (record.after[stage - 1u] >= 0.0) first = record.after[stage - 1u];
  return decibels_per_e * log(max(first, 1.0) / max(record.error, 1.0));
}
#endif
