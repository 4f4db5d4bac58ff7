#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/encoded_network.h"
#include "image/image.h"
#include "neural/model.h"

/// The CPU reference in double precision: what the kernels are held to, and what decodes files without a device. Written
/// for reading; nothing here is fast.
namespace txs::neural::reference {

/// The value of an activation's derivative is taken at the layer's sums.
double activate(codec::Activation activation, double omega0, double sum);
double activate_derivative(codec::Activation activation, double omega0, double sum);

/// All parameters in the order of ModelLayout, as doubles.
struct Network {
  ModelShape shape;
  ModelLayout layout;
  double omega0 = 30;
  std::vector<double> parameters;  ///< layout.floats

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

/// Mean over samples and channels of the squared error, and its gradient in the order of ModelLayout. The straight-through
/// estimator of quantisation-aware training is this gradient taken at the quantised grids (see fake_quantise).
struct Gradient {
  double loss = 0;
  std::vector<double> values;
};
Gradient gradient(const Network& network, std::uint32_t image_width, std::uint32_t image_height,
                  std::span<const Sample> samples);

/// One step of Adam (interop/neural_model.h has its constants); `step` counts from 1.
struct Adam {
  std::vector<double> first, second;
  void update(std::span<double> parameters, std::span<const double> gradient, std::span<const double> learning_rates,
              std::uint64_t step);
};

/// The grids rounded to 2^bits levels between the least and largest value of each channel of each grid.
void fake_quantise(Network& network, std::uint32_t bits);

/// The samples of a training step, by the formulas of interop/neural_model.h.
std::vector<Sample> stratified_batch(const Rgba8Image& picture, std::uint32_t channels, std::uint32_t cells_x,
                                     std::uint32_t cells_y, std::uint64_t seed, std::uint32_t step);

}  // namespace txs::neural::reference
