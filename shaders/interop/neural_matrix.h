// What the kernels of training take that multiply matrices of halves. GLSL needs 16-bit floats.
#ifndef TXS_INTEROP_NEURAL_MATRIX_H
#define TXS_INTEROP_NEURAL_MATRIX_H
#include "neural_train.h"
TXS_INTEROP_BEGIN

// slice_matrix.comp and weight_gradient_matrix.comp: products of 16 x 16 matrices of halves (binary16), summed in floats.
// Weights and tape are such matrices one behind the other, 16 values a row: weights [layer][tile of outputs][tile of
// inputs], rows are outputs; tape [16 samples][tile of values], rows are samples. What exceeds the padding of
// neural_model.h is 0.
TXS_CONST uint matrix_side = 16;
TXS_CONST uint matrix_halves = matrix_side * matrix_side;
TXS_CONST uint matrix_subgroup = 32;  // invocations
TXS_CONST uint matrix_subgroups = 4;  // of a workgroup
// Gradients of the sums are multiples of the true ones, so that they keep clear of the least halves (6e-8, whole
// precision from 6e-5): an output's is the derivative of this times its squared error. Beyond 65504 they are clamped.
TXS_CONST float matrix_loss_scale = 64.0f;

#ifndef __cplusplus
layout(buffer_reference, scalar, buffer_reference_align = 16) buffer MatrixHalves {
  float16_t v[];
};
layout(buffer_reference, scalar, buffer_reference_align = 16) buffer MatrixTape {
  subgroupcoherent float16_t v[];
};
layout(buffer_reference, scalar, buffer_reference_align = 16) buffer MatrixFloats {
  float v[];
};
#endif

struct NeuralMatrixPush {
  NeuralSlicePush slice;
  TXS_ADDRESS(MatrixHalves) weights;
  TXS_ADDRESS(MatrixFloats) biases;  // of each layer, whole tiles
  TXS_ADDRESS(MatrixTape) tape;
};
TXS_ASSERT_SIZE(NeuralMatrixPush, 96);

struct MatrixWeightsPush {
  uint layers_quad;
  uint unused;
  TXS_ADDRESS(MatrixHalves) weights;
  TXS_ADDRESS(MatrixFloats) biases;
};
TXS_ASSERT_SIZE(MatrixWeightsPush, 24);

// A row of up to four matrices of weights, whose gradients a workgroup makes of some of the samples.
TXS_CONST uint matrix_row = 4;
struct MatrixRow {
  uint input_tile;    // of the tape
  uint delta_tile;
  uint tiles;         // 1 .. matrix_row
  uint weights;       // float of [output 0][input 0], from the decoder's first float on
  uint row;           // floats from one output to the next
  uint inputs_left;   // that there are from input 0 on, padding included
  uint outputs_left;
  uint biases;        // float of bias 0, or no_biases
};
TXS_ASSERT_SIZE(MatrixRow, 32);

struct MatrixGradientPush {
  TXS_ADDRESS(MatrixTape) tape;
  uint tape_tiles;
  uint steps;        // of 16 samples, in the slice
  uint steps_a_sum;  // a multiple of matrix_subgroups
  uint first_sum;
  uint decoder_floats;
  float scale;  // of the sums, to be the gradient
};
TXS_ASSERT_SIZE(MatrixGradientPush, 32);

TXS_INTEROP_END
#endif
