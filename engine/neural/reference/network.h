#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/encoded_network.h"
#include "image/image.h"
#include "neural/model.h"
#include "shaders/interop/neural_model.h"

/// The CPU reference in double precision: what the kernels, and the decoder of files, are held to. Written for reading;
/// nothing here is fast.
namespace txs::neural::reference {

/// siren: sin(omega0 * sum). gelu: the exact one, by erf. The derivative is by the sum; relu's is 0 at 0.
double activate(codec::Activation activation, double omega0, double sum);
double activate_derivative(codec::Activation activation, double omega0, double sum);

/// After the output layer.
double sigmoid(double sum);

/// The four corners that a sample of a grid blends, top left, top right, bottom left, bottom right; weights sum to 1.
struct Corner {
  std::uint32_t entry = 0;
  double weight = 0;
};
std::array<Corner, 4> corners(const interop::NeuralGrid& grid, std::uint32_t x, std::uint32_t y);

/// All parameters in the order of ModelLayout, as doubles.
struct Network {
  ModelShape shape;
  ModelLayout layout;
  double omega0 = 30;
  std::vector<double> parameters;  ///< layout.floats

  /// Throws Error(internal) unless there are layout.floats parameters.
  Network(const ModelShape& shape, double omega0, std::span<const float> parameters);
};

/// Everything a sample passes through, kept for the backward pass and for tests of the inspector.
struct Trace {
  std::vector<double> features;
  std::vector<std::vector<double>> sums, outputs;  ///< a vector a layer; the last outputs are sigmoids
};
Trace forward(const Network& network, std::uint32_t image_width, std::uint32_t image_height, std::uint32_t x,
              std::uint32_t y);

/// A pixel and the colour (RGB or RGBA, [0, 1]) that it should have.
struct Sample {
  std::uint32_t x = 0, y = 0;
  std::array<double, 4> colour{};
};

/// Mean over samples and channels of the squared error, and its gradient in the order of ModelLayout, 0 in padding. The
/// straight-through estimator of quantisation-aware training is this gradient taken at the quantised grids (see
/// fake_quantise) and applied to the values that were quantised.
struct Gradient {
  double loss = 0;
  std::vector<double> values;
};
Gradient gradient(const Network& network, std::uint32_t image_width, std::uint32_t image_height,
                  std::span<const Sample> samples);

/// Adam after Kingma and Ba 2015, algorithm 1 (interop/neural_model.h has its constants).
struct Adam {
  std::vector<double> first, second;  ///< moments; empty before the first step, when they are 0

  /// One learning rate a parameter; `step` counts from 1.
  void update(std::span<double> parameters, std::span<const double> gradient, std::span<const double> learning_rates,
              std::uint64_t step);
};

/// The grids rounded to 2^bits (2..8) levels between the least and largest value of each channel of each grid, by the
/// formulas of interop/neural_model.h in single precision: the very values that kernels and artifacts have.
void fake_quantise(Network& network, std::uint32_t bits);

/// The samples of a training step (counted from 0), by the formulas of interop/neural_model.h: one of each of cells_x x
/// cells_y cells, row-major. No more cells than pixels either way.
std::vector<Sample> stratified_batch(const Rgba8Image& picture, std::uint32_t channels, std::uint32_t cells_x,
                                     std::uint32_t cells_y, std::uint64_t seed, std::uint32_t step);

}  // namespace txs::neural::reference
