// Every gradient of the reference against central finite differences.
#include <gtest/gtest.h>

#include <cmath>

#include "neural/grids.h"
#include "../support/neural_models.h"

namespace txs::neural::reference {
namespace {

using codec::Activation;
using test::lively_parameters;
using test::random_samples;

struct Image {
  std::uint32_t width, height;
};

/// The loss alone, by its definition.
double mean_squared_error(const Network& network, Image image, std::span<const Sample> samples) {
  double sum = 0;
  for (const Sample& sample : samples) {
    const Trace trace = forward(network, image.width, image.height, sample.x, sample.y);
    for (std::uint32_t channel = 0; channel < network.shape.outputs; ++channel)
      sum += std::pow(trace.outputs.back()[channel] - sample.colour[channel], 2);
  }
  return sum / (double(samples.size()) * network.shape.outputs);
}

/// Whether an arena index is a parameter rather than padding.
std::vector<bool> real_parameters(const ModelLayout& layout) {
  std::vector<bool> real(layout.floats, false);
  for (const GridLayout& grid : layout.grids)
    for (std::uint32_t i = 0; i < grid.shape.entries * grid.shape.channels; ++i) real[grid.values + i] = true;
  for (const LayerLayout& layer : layout.layers)
    for (std::uint32_t output = 0; output < layer.outputs; ++output) {
      real[layer.biases + output] = true;
      for (std::uint32_t input = 0; input < layer.inputs; ++input)
        real[layer.weights + output * layer.padded_inputs + input] = true;
    }
  return real;
}

/// Compares every element with (loss(p + h) - loss(p - h)) / 2h. With h = 1e-6 the truncation is below 1e-9 of the
/// gradients' size and cancellation below 1e-10.
void expect_matches_finite_differences(Network network, Image image, std::span<const Sample> samples) {
  constexpr double h = 1e-6;
  const Gradient analytic = gradient(network, image.width, image.height, samples);
  EXPECT_NEAR(analytic.loss, mean_squared_error(network, image, samples), 1e-14);
  ASSERT_EQ(analytic.values.size(), network.layout.floats);

  const std::vector<bool> real = real_parameters(network.layout);
  double largest = 0;
  for (std::size_t i = 0; i < network.parameters.size(); ++i) {
    if (!real[i]) {
      EXPECT_EQ(analytic.values[i], 0) << "padding at " << i;
      continue;
    }
    const double kept = network.parameters[i];
    network.parameters[i] = kept + h;
    const double above = mean_squared_error(network, image, samples);
    network.parameters[i] = kept - h;
    const double below = mean_squared_error(network, image, samples);
    network.parameters[i] = kept;
    const double difference = (above - below) / (2 * h);
    EXPECT_NEAR(analytic.values[i], difference, 1e-6 * std::abs(difference) + 2e-9) << "arena element " << i;
    largest = std::max(largest, std::abs(difference));
  }
  EXPECT_GT(largest, 1e-3) << "nothing depends on anything: the comparison would mean nothing";
}

ModelShape shape_with(std::vector<GridShape> grids, Activation activation, std::uint32_t depth) {
  return {.grids = std::move(grids), .hidden = 11, .depth = depth, .outputs = 3, .activation = activation};
}

const std::vector<GridShape> dense_grids = {{5, 4, 3, 20}, {9, 7, 2, 63}};

TEST(NeuralGradient, ThroughEachActivationAtEachDepth) {
  for (const Activation activation : test::all_activations)
    for (std::uint32_t depth = 1; depth <= max_depth; ++depth) {
      SCOPED_TRACE(testing::Message() << test::name_of(activation) << ", depth " << depth);
      const ModelShape shape = shape_with(dense_grids, activation, depth);
      const Network network(shape, 30, lively_parameters(shape, depth));
      expect_matches_finite_differences(network, {37, 29}, random_samples(37, 29, 12, depth));
    }
}

TEST(NeuralGradient, OfHashedEntriesThatTexelsShare) {
  // 64 texels on 8 entries, 144 on 4: samples collide with samples, and corners of one sample with one another.
  const ModelShape shape = shape_with({{3, 3, 2, 9}, {8, 8, 2, 8}, {12, 12, 2, 4}}, Activation::siren, 2);
  const Network network(shape, 30, lively_parameters(shape, 1));
  const auto samples = random_samples(23, 23, 30, 1);
  bool collides = false;
  for (const Sample& sample : samples) {
    const auto around = corners(addressing(network.layout.grids[2], 23, 23), sample.x, sample.y);
    collides |= around[0].entry == around[3].entry && around[0].weight > 0 && around[3].weight > 0;
  }
  EXPECT_TRUE(collides) << "no sample has two corners in one entry";
  expect_matches_finite_differences(network, {23, 23}, samples);
}

TEST(NeuralGradient, OfAlphaAndOfWidthsThatFillTheirTiles) {
  ModelShape shape = shape_with({{4, 4, 5, 16}, {6, 3, 3, 18}}, Activation::gelu, 2);
  shape.outputs = 4;
  shape.hidden = 16;
  expect_matches_finite_differences(Network(shape, 30, lively_parameters(shape, 2)), {16, 9},
                                    random_samples(16, 9, 15, 2));
}

TEST(NeuralGradient, OfImagesOnePixelWideOrHigh) {
  for (const Image image : {Image{1, 13}, Image{13, 1}, Image{1, 1}}) {
    SCOPED_TRACE(testing::Message() << image.width << "x" << image.height);
    std::vector<GridShape> grids = latent_grids(image.width, image.height, 3, 4, 2, 2);
    grids.push_back({6, 6, 1, 16});
    const ModelShape shape = shape_with(std::move(grids), Activation::silu, 1);
    expect_matches_finite_differences(Network(shape, 30, lively_parameters(shape, 3)), image,
                                      random_samples(image.width, image.height, 8, 3));
  }
}

TEST(NeuralGradient, OfOneUnitBehindOneFeature) {
  const ModelShape shape{.grids = {{2, 2, 1, 4}}, .hidden = 1, .depth = 4, .activation = Activation::siren};
  Network network(shape, 5, lively_parameters(shape, 4));
  for (const LayerLayout& layer : network.layout.layers)
    for (std::uint32_t output = 0; output < layer.outputs; ++output)
      network.parameters[layer.weights + output * layer.padded_inputs] = 0.3 - 0.1 * output;
  expect_matches_finite_differences(network, {9, 9}, random_samples(9, 9, 12, 4));
}

/// Straight-through: values are quantised on the way forward, and on the way back quantisation counts as the identity.
/// So the gradient at values v is that of the loss of v' -> quantised(v) + (v' - v), whose finite differences are these.
TEST(NeuralGradient, ThroughQuantisationIsStraight) {
  for (const std::uint32_t bits : {2u, 4u, 8u}) {
    SCOPED_TRACE(testing::Message() << bits << " bits");
    const ModelShape shape = shape_with({{5, 4, 3, 20}, {8, 8, 2, 16}}, Activation::siren, 2);
    const Network values(shape, 30, lively_parameters(shape, bits));
    Network quantised = values;
    fake_quantise(quantised, bits);
    ASSERT_NE(quantised.parameters, values.parameters);

    const auto samples = random_samples(21, 17, 20, bits);
    const auto surrogate_loss = [&](std::size_t index, double change) {
      Network moved = values;
      fake_quantise(moved, bits);
      moved.parameters[index] += change;
      return mean_squared_error(moved, {21, 17}, samples);
    };
    const Gradient straight = gradient(quantised, 21, 17, samples);
    const Gradient unquantised = gradient(values, 21, 17, samples);
    double apart = 0;
    for (std::uint32_t i = 0; i < values.layout.grid_floats; ++i) {
      const double difference = (surrogate_loss(i, 1e-6) - surrogate_loss(i, -1e-6)) / 2e-6;
      EXPECT_NEAR(straight.values[i], difference, 1e-6 * std::abs(difference) + 2e-9) << "arena element " << i;
      apart = std::max(apart, std::abs(straight.values[i] - unquantised.values[i]));
    }
    EXPECT_GT(apart, 1e-5) << "quantisation changed nothing: the comparison would mean nothing";
  }
}

}  // namespace
}  // namespace txs::neural::reference
