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
struct NeuralSharedPush {
  NeuralSlicePush slice;
};
TXS_ASSERT_SIZE(NeuralSharedPush, 56);

// Weights whose gradients a workgroup makes, an invocation a tile of 8 x 8, row by row: of one layer, from tile (output 0,
// input 0) on. Units count in eights.
struct WeightPatch {
  uint first_input;  // of the tape
  uint first_delta;
  uint inputs;
  uint outputs;      // inputs * outputs: neural_wide_group at most
  uint weights;      // float of [output 0][input 0], from the decoder's first float on
  uint row;          // floats from one output to the next
  uint biases;       // float of bias 0
  uint unused;
};
TXS_ASSERT_SIZE(WeightPatch, 32);
// A patch is so many units wide and high together at most: 16 and the 8 that 128 tiles leave.
TXS_CONST uint patch_units = 24;
// Of the tape, that the workgroup holds in shared memory at a time.
TXS_CONST uint staged_quads = 8;

struct SharedWeightsPush {
  uint tape_values;
  uint quads;        // of samples of the slice
  uint quads_a_sum;  // a multiple of staged_quads
  uint first_sum;
  uint decoder_floats;
};
TXS_ASSERT_SIZE(SharedWeightsPush, 20);

TXS_INTEROP_END
#endif
