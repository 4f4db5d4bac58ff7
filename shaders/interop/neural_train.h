// What the kernels of training and decoding take and leave.
#ifndef TXS_INTEROP_NEURAL_TRAIN_H
#define TXS_INTEROP_NEURAL_TRAIN_H
#include "interop.h"
#include "neural_model.h"
TXS_INTEROP_BEGIN

// A block of samples: those of one workgroup. Each invocation carries several samples through the network, so that a
// weight, once fetched, is used as often (measured on lavapipe: 1, 2, 4, 8 samples give 7.5, 10.5, 11.7, 12 GFLOP/s).
TXS_CONST uint neural_group = 64;
TXS_CONST uint neural_samples = 4;
TXS_CONST uint neural_block = neural_group * neural_samples;

TXS_CONST uint activation_siren = 0;
TXS_CONST uint activation_gelu = 1;
TXS_CONST uint activation_silu = 2;
TXS_CONST uint activation_relu = 3;

TXS_CONST uint sampling_stratified = 0;
TXS_CONST uint sampling_independent = 1;

// Quads of a model's padded features, of those that hold any, and of a padded hidden layer.
struct NeuralWidths {
  uint input_quads;
  uint feature_quads;
  uint hidden_quads;
};
TXS_ASSERT_SIZE(NeuralWidths, 12);

// Planes of quads: texel ((block * quads + quad) * neural_block + sample % neural_block) holds values 4 * quad .. + 3 of
// a sample. A step's "tape" has the inputs of all layers, then the gradients of all sums, in this order.
struct NeuralSlicePush {
  uvec2 seed;
  uvec2 image;
  uvec2 cells;
  uint sampling;
  uint step;
  uint first_block;    // of this slice; the tape holds one slice, the other outputs the whole batch
  uint samples;        // of the batch
  uint grids;
  uint layers_quad;    // of the first layer's weights in the arena
  float omega0;
  float gradient_scale;  // 2 / (samples * outputs)
  NeuralWidths widths;
};
TXS_ASSERT_SIZE(NeuralSlicePush, 68);

// Pixels `first` + `stride` * (0 .. columns - 1, 0, 1, ...), row by row.
struct NeuralDecodePush {
  uvec2 first;
  uint stride;
  uint columns;
  uint pixels;  // of all such blocks together
  uint spread;  // pixels a side that each stands for
  uint grids;
  uint layers_quad;
  float omega0;
  uint first_block;
  NeuralWidths widths;
};
TXS_ASSERT_SIZE(NeuralDecodePush, 52);

// A tile of weights (and biases beside the first of a row of tiles): where its factors are on the tape and its gradient in
// the decoder's part of the arena.
struct WeightTile {
  uint quads;    // of the inputs, and in the upper half of the deltas
  uint weights;  // float of [output 0][input 0], from the decoder's first float on
  uint row;      // floats from one output to the next; bits 16..23 and 24..31: inputs and outputs of the tile
  uint biases;   // float of bias 0, or no_biases
};
TXS_ASSERT_SIZE(WeightTile, 16);
TXS_CONST uint no_biases = 0xffffffffu;

struct WeightGradientPush {
  uint first_tile;
  uint tape_quads;
  uint blocks_a_sum;  // blocks of the slice that one workgroup adds up
  uint blocks;        // of the slice
  uint first_sum;     // of this slice in the partial sums
  uint decoder_floats;
};
TXS_ASSERT_SIZE(WeightGradientPush, 24);

struct GradientSumPush {
  uint sums;
  uint decoder_quads;
  uint decoder_quad;  // where the decoder begins in the arena
};
TXS_ASSERT_SIZE(GradientSumPush, 12);

// Passes over all grids at once: what a workgroup of `neural_group` invocations does, in a texel of a table.
// ChannelWork, of range.comp: float of the channel's first value in the arena, entries, channels of the grid (floats from
// one entry to the next), number of the channel among those of all grids.
// ValueWork, of fake_quantise.comp and store.comp: first float, how many values; number of the grid's first channel, in
// the upper half the channel of the first value; channels of the grid, 0 of the decoder's values.
// CornerWork, of grid_gradient.comp: number of the grid, counted from 1 (0: no work), and one of the quads of features that
// it has channels in, times quads_apart; first corner; float of corner 0; side of a corner's team.
// CellWork, of cell_gradient.comp and corner_sum.comp: grid and quad as before; first cell of the grid, named by its low
// corner; float of corner 0; quad of cell 0's sums.
// EntryWork, of hash_gradient.comp: number of the grid, counted from 1 (0: no work); first value; word of the grid's list;
// float of corner 0.
TXS_CONST uint quads_apart = 32;  // more than there are grids
// Corners or cells of an invocation on software devices, which take as long to read what they are to do as to do it.
TXS_CONST uint neural_corners_each = 8;
// A corner that many samples touch is worked on by a square of invocations of this side at most.
TXS_CONST uint neural_team_side = 8;

struct GridGradientPush {
  uvec2 image;
  uvec2 cells;
  uint input_quads;
};
TXS_ASSERT_SIZE(GridGradientPush, 20);

struct AdamPush {
  uint quads;
  uint decoder_quad;
  float grid_rate;     // learning rates over the first moment's bias correction
  float decoder_rate;
  float second_correction;  // 1 / (1 - beta2^step)
};
TXS_ASSERT_SIZE(AdamPush, 20);

struct QuantisePush {
  float steps;  // 2^bits - 1 of quantised grids; 0: binary16
  float share;  // 1 / steps
};
TXS_ASSERT_SIZE(QuantisePush, 8);

struct NeuralInspectPush {
  uvec2 pixel;
  uint grids;
  uint layers_quad;
  float omega0;
  NeuralWidths widths;
};
TXS_ASSERT_SIZE(NeuralInspectPush, 32);

struct FeaturesPush {
  uint grid;
  uint first_channel;
};
TXS_ASSERT_SIZE(FeaturesPush, 8);

// Statistics are made of so many parts, each by a workgroup, whatever the device: their order decides the loss's last bit.
TXS_CONST uint statistics_parts = 64;
struct StatisticsPush {
  uint losses;
  uint quads;  // of the arena
};
TXS_ASSERT_SIZE(StatisticsPush, 8);

struct NeuralStatistics {
  float loss;  // sum of squared errors
  uint bad_parameters;
  uint bad_gradients;
  float largest_parameter;
  float largest_gradient;
};
TXS_ASSERT_SIZE(NeuralStatistics, 20);

// Independent sampling: the samples of a step, counted and sorted by the cell they fall into.
struct DrawPush {
  uvec2 seed;
  uvec2 image;
  uvec2 cells;
  uint step;
  uint samples;
};
TXS_ASSERT_SIZE(DrawPush, 32);

TXS_INTEROP_END
#endif
