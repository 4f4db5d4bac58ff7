// The reference's forward pass, optimiser and quantiser against values and properties known without it.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/error.h"
#include "neural/grids.h"
#include "../support/neural_models.h"

namespace txs::neural::reference {
namespace {

using codec::Activation;
using test::lively_parameters;

TEST(NeuralReference, ActivationsHaveTheirKnownValues) {
  // Phi(1) = 0.8413447460685429 and 1 / (1 + e^-1) = 0.7310585786300049, to the last digit of a double.
  EXPECT_NEAR(activate(Activation::gelu, 30, 1), 0.8413447460685429, 1e-15);
  EXPECT_NEAR(activate(Activation::gelu, 30, -1), 0.8413447460685429 - 1, 1e-15);
  EXPECT_NEAR(activate(Activation::silu, 30, 1), 0.7310585786300049, 1e-15);
  EXPECT_NEAR(activate(Activation::silu, 30, -2), -2 / (1 + std::exp(2.0)), 1e-15);
  EXPECT_EQ(activate(Activation::relu, 30, 1.5), 1.5);
  EXPECT_EQ(activate(Activation::relu, 30, -1.5), 0);
  EXPECT_NEAR(activate(Activation::siren, 30, 0.01), 0.29552020666133955, 1e-15) << "sin 0.3";
  for (const Activation activation : test::all_activations)
    EXPECT_EQ(activate(activation, 30, 0), 0) << test::name_of(activation) << ": padding must stay 0";
  EXPECT_EQ(sigmoid(0), 0.5);
  EXPECT_NEAR(sigmoid(std::log(3.0)), 0.75, 1e-15);
  EXPECT_EQ(sigmoid(-1e9), 0);
  EXPECT_EQ(sigmoid(1e9), 1);
}

TEST(NeuralReference, DerivativesAreThoseOfTheActivations) {
  for (const Activation activation : test::all_activations)
    for (double x = -6.05; x < 6; x += 0.1) {  // misses relu's kink
      const double h = 1e-5;
      const double difference = (activate(activation, 3, x + h) - activate(activation, 3, x - h)) / (2 * h);
      EXPECT_NEAR(activate_derivative(activation, 3, x), difference, 1e-8) << test::name_of(activation) << " at " << x;
    }
  EXPECT_EQ(activate_derivative(Activation::relu, 30, 0), 0);
}

/// Interpolation reproduces a plane: with values 1 + 2x + 30y at grid texels, features are 1 + 2x + 30y between them.
TEST(NeuralReference, SamplesAreBilinearWithAlignedCorners) {
  const ModelShape shape{.grids = {{5, 3, 2, 15}}, .hidden = 1, .depth = 1};
  Network network(shape, 30, std::vector<float>(ModelLayout(shape).floats));
  for (std::uint32_t y = 0; y < 3; ++y)
    for (std::uint32_t x = 0; x < 5; ++x) {
      network.parameters[(y * 5 + x) * 2] = 1 + 2.0 * x + 30.0 * y;
      network.parameters[(y * 5 + x) * 2 + 1] = double(x) * y;
    }
  for (std::uint32_t y = 0; y < 21; ++y)
    for (std::uint32_t x = 0; x < 33; ++x) {
      const auto features = forward(network, 33, 21, x, y).features;
      const double at_x = x * 4 / 32.0, at_y = y * 2 / 20.0;
      EXPECT_NEAR(features[0], 1 + 2 * at_x + 30 * at_y, 1e-5);  // places are of single precision
      EXPECT_NEAR(features[1], at_x * at_y, 1e-5) << "the blend of xy is xy: bilinear, not a plane";
    }
  EXPECT_EQ(forward(network, 33, 21, 0, 0).features[0], 1);
  EXPECT_NEAR(forward(network, 33, 21, 32, 20).features[0], 69, 1e-5);
  EXPECT_EQ(forward(network, 1, 1, 0, 0).features[0], 1) << "one pixel lies on the first texel";
}

TEST(NeuralReference, CornersStayInsideAndWeighOne) {
  const GridLayout grid{.shape = {7, 4, 1, 28}};
  for (const auto& [width, height] : {std::pair{1u, 1u}, {2u, 9u}, {7u, 4u}, {1000u, 333u}, {16384u, 3u}})
    for (std::uint32_t x : {0u, width / 3, width - 1})
      for (std::uint32_t y : {0u, height / 3, height - 1}) {
        double sum = 0;
        for (const Corner& corner : corners(addressing(grid, width, height), x, y)) {
          EXPECT_LT(corner.entry, 28u);
          EXPECT_GE(corner.weight, 0);
          sum += corner.weight;
        }
        EXPECT_NEAR(sum, 1, 1e-15);
      }
}

/// Two layers written out by hand, the second grid's feature behind the first's.
TEST(NeuralReference, ForwardIsLayersOfSumsBehindConcatenatedFeatures) {
  const ModelShape shape{.grids = {{1, 1, 1, 1}, {1, 1, 1, 1}}, .hidden = 2, .depth = 1, .outputs = 3};
  Network network(shape, 30, std::vector<float>(ModelLayout(shape).floats));
  network.parameters[0] = 0.25, network.parameters[1] = -0.5;
  const LayerLayout hidden = network.layout.layers[0], output = network.layout.layers[1];
  const auto weight = [&](const LayerLayout& layer, std::uint32_t to, std::uint32_t from) -> double& {
    return network.parameters[layer.weights + to * layer.padded_inputs + from];
  };
  weight(hidden, 0, 0) = 0.1, weight(hidden, 0, 1) = 0.02, weight(hidden, 1, 0) = -0.03, weight(hidden, 1, 1) = 0.04;
  network.parameters[hidden.biases] = 0.005, network.parameters[hidden.biases + 1] = -0.006;
  for (std::uint32_t i = 0; i < 3; ++i) {
    weight(output, i, 0) = 1 + i, weight(output, i, 1) = 2.0 - i;
    network.parameters[output.biases + i] = 0.1 * i;
  }

  const Trace trace = forward(network, 4, 4, 2, 3);
  EXPECT_EQ(trace.features, (std::vector<double>{0.25, -0.5}));
  const double sum0 = 0.1 * 0.25 - 0.02 * 0.5 + 0.005, sum1 = -0.03 * 0.25 - 0.04 * 0.5 - 0.006;
  EXPECT_NEAR(trace.sums[0][0], sum0, 1e-15);
  EXPECT_NEAR(trace.sums[0][1], sum1, 1e-15);
  EXPECT_NEAR(trace.outputs[0][0], std::sin(30 * sum0), 1e-15);
  for (int i = 0; i < 3; ++i) {
    const double sum = (1 + i) * std::sin(30 * sum0) + (2 - i) * std::sin(30 * sum1) + 0.1 * i;
    EXPECT_NEAR(trace.sums[1][i], sum, 1e-14);
    EXPECT_NEAR(trace.outputs[1][i], 1 / (1 + std::exp(-sum)), 1e-14);
  }
}

TEST(NeuralReference, RefusesParametersOfAnotherShape) {
  const ModelShape shape{.grids = {{2, 2, 1, 4}}};
  EXPECT_THROW(Network(shape, 30, std::vector<float>(3)), Error);
}

/// Adam as its paper writes it, one scalar at a time.
TEST(NeuralReference, AdamFollowsItsPaper) {
  const double beta1 = 0.9f, beta2 = 0.999f;  // the kernels' constants are floats
  std::vector<double> parameters = {1, -2, 0.5};
  const std::vector<double> rates = {0.1, 0.001, 0.03};
  const std::vector<std::vector<double>> gradients = {{1, -3e-8, 0}, {-2, 5e-8, 0}, {0.5, 4e-8, 1e-3}, {0, 1e-12, 0}};
  double expected[3] = {1, -2, 0.5}, m[3] = {}, v[3] = {};
  Adam adam;
  for (std::size_t step = 1; step <= gradients.size(); ++step) {
    adam.update(parameters, gradients[step - 1], rates, step);
    for (int i = 0; i < 3; ++i) {
      const double g = gradients[step - 1][i];
      m[i] = beta1 * m[i] + (1 - beta1) * g;
      v[i] = beta2 * v[i] + (1 - beta2) * g * g;
      double power1 = 1, power2 = 1;
      for (std::size_t k = 0; k < step; ++k) power1 *= beta1, power2 *= beta2;
      expected[i] -= rates[i] * (m[i] / (1 - power1)) / (std::sqrt(v[i] / (1 - power2)) + 1e-15);
      EXPECT_NEAR(parameters[i], expected[i], 1e-12) << "parameter " << i << ", step " << step;
    }
    if (step == 1) {
      EXPECT_NEAR(parameters[0], 1 - 0.1, 1e-12) << "a first step is one learning rate long";
      EXPECT_NEAR(parameters[1], -2 + 0.001, 1e-9) << "whatever the gradient's size";
      EXPECT_EQ(parameters[2], 0.5) << "an entry that no sample touches stays: 0 / epsilon";
    }
  }
}

/// The parts together: gradient, Adam and quantisation in training as the trainer strings them together.
TEST(NeuralReference, TrainingByItLearnsAPicture) {
  Rgba8Image picture{.width = 16, .height = 12};
  for (int y = 0; y < 12; ++y)
    for (int x = 0; x < 16; ++x) {
      const auto wave = std::uint8_t(127 + 100 * std::sin(x * 0.9) * std::cos(y * 0.7));
      picture.texels.insert(picture.texels.end(), {std::uint8_t(16 * x), std::uint8_t(20 * y), wave, 255});
    }
  const ModelShape shape{.grids = latent_grids(16, 12, 4, 2, 0, 1), .hidden = 12, .depth = 1};
  for (const std::uint32_t bits : {0u, 6u}) {
    Network network(shape, 30, initial_parameters(shape, GridStart::normal_001, 30, 1));
    const std::vector<double> rates(network.parameters.size(), 1e-2);
    Adam adam;
    std::vector<double> losses;
    for (std::uint32_t step = 0; step < 150; ++step) {
      Network forwards = network;
      if (bits > 0) fake_quantise(forwards, bits);
      const Gradient by = gradient(forwards, 16, 12, stratified_batch(picture, 3, 8, 6, 1, step));
      adam.update(network.parameters, by.values, rates, step + 1);
      losses.push_back(by.loss);
    }
    EXPECT_GT(losses.front(), 0.05);
    EXPECT_LT(losses.back(), 1.5e-3) << bits << " bits";
  }
}

TEST(NeuralReference, FakeQuantisationRoundsEachChannelToItsOwnLevels) {
  const ModelShape shape{.grids = {{8, 8, 3, 64}, {16, 16, 2, 32}}, .hidden = 5};
  Network values(shape, 30, lively_parameters(shape, 9));
  for (std::uint32_t entry = 0; entry < 64; ++entry) {
    values.parameters[entry * 3 + 1] *= 128;    // a wide channel beside narrow ones
    values.parameters[entry * 3 + 2] = 0.125;  // a flat one
  }
  for (const std::uint32_t bits : {2u, 3u, 8u}) {
    Network quantised = values;
    fake_quantise(quantised, bits);
    for (const GridLayout& grid : values.layout.grids)
      for (std::uint32_t channel = 0; channel < grid.shape.channels; ++channel) {
        double low = 1e9, high = -1e9;
        const auto index = [&](std::uint32_t entry) { return grid.values + entry * grid.shape.channels + channel; };
        for (std::uint32_t entry = 0; entry < grid.shape.entries; ++entry) {
          low = std::min(low, values.parameters[index(entry)]);
          high = std::max(high, values.parameters[index(entry)]);
        }
        const double step = (high - low) / ((1 << bits) - 1);
        std::set<double> levels;
        for (std::uint32_t entry = 0; entry < grid.shape.entries; ++entry) {
          const double before = values.parameters[index(entry)], after = quantised.parameters[index(entry)];
          EXPECT_LE(std::abs(after - before), step * 0.50001 + 1e-7) << bits << " bits, channel " << channel;
          if (step > 0) {
            const double level = (after - low) / step;
            EXPECT_NEAR(level, std::round(level), 1e-3);
          }
          levels.insert(after);
        }
        EXPECT_LE(levels.size(), std::size_t(1) << bits);
        if (bits == 2 && step > 0) {
          EXPECT_EQ(levels.size(), 4u);
        }
        EXPECT_EQ(*levels.begin(), low);
        EXPECT_NEAR(*levels.rbegin(), high, 1e-6 * std::abs(high));
      }
    for (std::uint32_t i = values.layout.grid_floats; i < values.layout.floats; ++i)
      ASSERT_EQ(quantised.parameters[i], values.parameters[i]) << "decoder weights are not quantised";
  }
}

TEST(NeuralReference, LevelsRoundToNearestAndKeepToTheirRange) {
  using interop::quantised_level;
  EXPECT_EQ(quantised_level(0.0f, 0, 3, 3), 0);
  EXPECT_EQ(quantised_level(0.49f, 0, 3, 3), 0);
  EXPECT_EQ(quantised_level(0.51f, 0, 3, 3), 1);
  EXPECT_EQ(quantised_level(3.0f, 0, 3, 3), 3);
  EXPECT_EQ(quantised_level(-1.0f, 0, 3, 3), 0);
  EXPECT_EQ(quantised_level(4.0f, 0, 3, 3), 3);
  EXPECT_EQ(quantised_level(5.0f, 5, 5, 255), 0) << "a flat channel";
  EXPECT_EQ(quantised_level(std::nanf(""), 0, 3, 3), 0);
}

}  // namespace
}  // namespace txs::neural::reference
