// What the kernels of training take that have the invocations of a workgroup carry its samples together.
#ifndef TXS_INTEROP_NEURAL_GROUP_H
#define TXS_INTEROP_NEURAL_GROUP_H
#include "neural_train.h"
TXS_INTEROP_BEGIN

TXS_CONST uint neural_wide_group = 128;

// slice_shared.comp and weight_gradient_shared.comp: single precision, activations and weights in shared memory.
// Their tape has the values of neural_train.h's tape in other places: texel ((block * values + value) * neural_group +
// quad of samples) holds that value of four samples.
TXS_CONST uint staged_columns = 32;  // of weights, at a time

// Tiles of weights whose gradients a workgroup makes, an invocation each, and the values of the tape that they are made of,
// which it holds in shared memory. Values count in units of eight.
struct WeightPatch {
  uint first_tile;
  uint tiles;
  uint first_input;
  uint inputs;
  uint first_delta;
  uint deltas;
  uvec2 unused;
};
TXS_ASSERT_SIZE(WeightPatch, 32);

struct SharedWeightsPush {
  uint tape_values;
  uint quads;        // of samples of the slice
  uint quads_a_sum;  // a multiple of those staged at a time
  uint first_sum;
  uint decoder_floats;
};
TXS_ASSERT_SIZE(SharedWeightsPush, 20);

TXS_INTEROP_END
#endif
