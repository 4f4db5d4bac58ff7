// Shapes, counts, layouts and first parameters of neural models.
#include "neural/model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/error.h"
#include "neural/grids.h"
#include "shaders/interop/neural_model.h"

namespace txs::neural {
namespace {

using codec::Activation;

ModelShape hash_model(std::uint32_t levels, std::uint32_t log2_table, std::uint32_t base, std::uint32_t finest,
                      std::uint32_t hidden, std::uint32_t depth) {
  return {.grids = hash_levels(levels, 2, log2_table, base, finest), .hidden = hidden, .depth = depth};
}

// The counts that were published with these models.
TEST(NeuralModel, ParameterCountsArePublishedOnes) {
  EXPECT_EQ(hash_model(16, 12, 16, 512, 64, 2).parameter_count(), 101'399);
  EXPECT_EQ(hash_model(8, 10, 8, 256, 32, 1).parameter_count(), 12'317);
  EXPECT_EQ(hash_model(16, 14, 16, 512, 128, 3).parameter_count(), 322'145);
  EXPECT_EQ((ModelShape{.grids = latent_grids(512, 512, 32, 8, 0, 4)}.parameter_count()), 137'539);
  EXPECT_EQ((ModelShape{.grids = latent_grids(512, 512, 16, 8, 2, 4)}.parameter_count()), 103'875);
}

TEST(NeuralModel, HashLevelsGrowGeometricallyAndAreDenseWhereTheyFit) {
  const auto levels = hash_levels(16, 2, 12, 16, 512);
  const std::vector<std::uint32_t> sides = {16, 20, 25, 32, 40, 51, 64, 81, 102, 128, 161, 203, 256, 323, 406, 512};
  ASSERT_EQ(levels.size(), sides.size());
  for (std::size_t i = 0; i < sides.size(); ++i) {
    EXPECT_EQ(levels[i].width, sides[i]);
    EXPECT_EQ(levels[i].height, sides[i]);
    EXPECT_EQ(levels[i].channels, 2u);
    EXPECT_EQ(levels[i].entries, std::min(sides[i] * sides[i], 4096u));
    EXPECT_EQ(levels[i].hashed(), sides[i] > 64) << "a level of 64 x 64 fits 4096 entries exactly";
  }
  EXPECT_EQ(hash_levels(1, 4, 6, 16, 512), (std::vector<GridShape>{{16, 16, 4, 64}}));
}

TEST(NeuralModel, LatentGridsCoverOddAndSmallImages) {
  EXPECT_EQ(latent_grids(513, 7, 3, 8, 2, 4), (std::vector<GridShape>{{65, 1, 3, 65}, {129, 2, 2, 258}}));
  EXPECT_EQ(latent_grids(1, 1, 3, 8, 0, 4), (std::vector<GridShape>{{1, 1, 3, 1}}));
}

ModelShape odd_model(Activation activation) {
  return {.grids = {{5, 3, 3, 15}, {9, 9, 2, 16}}, .hidden = 11, .depth = 3, .outputs = 4, .activation = activation};
}

TEST(NeuralModel, LayoutHoldsEveryPartOnceInOrder) {
  const ModelLayout layout(odd_model(Activation::siren));
  ASSERT_EQ(layout.grids.size(), 2u);
  EXPECT_EQ(layout.grids[0].values, 0u);
  EXPECT_EQ(layout.grids[1].values, 45u);
  EXPECT_EQ(layout.grids[1].first_input, 3u);
  EXPECT_EQ(layout.grid_floats, 80u) << "77 values";

  ASSERT_EQ(layout.layers.size(), 4u);
  std::uint32_t end = layout.grid_floats;
  const std::uint32_t inputs[] = {5, 11, 11, 11}, outputs[] = {11, 11, 11, 4};
  const std::uint32_t padded_inputs[] = {8, 16, 16, 16}, padded_outputs[] = {16, 16, 16, 8};
  for (std::size_t i = 0; i < 4; ++i) {
    const LayerLayout& layer = layout.layers[i];
    EXPECT_EQ(layer.inputs, inputs[i]);
    EXPECT_EQ(layer.outputs, outputs[i]);
    EXPECT_EQ(layer.padded_inputs, padded_inputs[i]);
    EXPECT_EQ(layer.padded_outputs, padded_outputs[i]);
    EXPECT_EQ(layer.weights, end);
    EXPECT_EQ(layer.biases, end + padded_inputs[i] * padded_outputs[i]);
    end = layer.biases + padded_outputs[i];
    EXPECT_EQ(layer.weights % 4, 0u);
  }
  EXPECT_EQ(layout.floats, end);
  EXPECT_EQ(odd_model(Activation::siren).parameter_count(), 77u + (5 + 1) * 11 + 2 * (11 + 1) * 11 + (11 + 1) * 4);
}

TEST(NeuralModel, RefusesMoreParametersThanAnArenaHolds) {
  const ModelShape huge{.grids = latent_grids(16384, 16384, 32, 1, 32, 1)};
  EXPECT_GT(huge.parameter_count(), std::uint64_t(1) << 34);
  EXPECT_THROW(ModelLayout{huge}, Error);
  EXPECT_NO_THROW(ModelLayout(ModelShape{.grids = latent_grids(16384, 16384, 32, 8, 2, 8)}));
}

/// Least and largest of the parameters that a start draws, layer by layer.
struct Spread {
  float low = 0, high = 0;
  void add(float value) { low = std::min(low, value), high = std::max(high, value); }
};
void expect_fills(const Spread& spread, double bound, const char* what) {
  EXPECT_GE(spread.low, -float(bound)) << what;
  EXPECT_LE(spread.high, float(bound)) << what;
  EXPECT_LT(spread.low, -0.8 * bound) << what;
  EXPECT_GT(spread.high, 0.8 * bound) << what;
}

void expect_layer_starts(Activation activation, std::array<double, 4> weight_bounds,
                         std::array<double, 4> bias_bounds) {
  ModelShape shape = odd_model(activation);
  shape.hidden = 61;
  shape.grids[0].channels = 14;
  const ModelLayout layout(shape);
  const auto parameters = initial_parameters(shape, GridStart::uniform_0001, 30, 5);
  for (std::size_t i = 0; i < 4; ++i) {
    const LayerLayout& layer = layout.layers[i];
    Spread weights, biases;
    for (std::uint32_t output = 0; output < layer.padded_outputs; ++output)
      for (std::uint32_t input = 0; input < layer.padded_inputs; ++input) {
        const float value = parameters[layer.weights + output * layer.padded_inputs + input];
        if (output < layer.outputs && input < layer.inputs)
          weights.add(value);
        else
          EXPECT_EQ(value, 0.0f) << "padding of layer " << i;
      }
    for (std::uint32_t output = 0; output < layer.padded_outputs; ++output) {
      const float value = parameters[layer.biases + output];
      if (output < layer.outputs)
        biases.add(value);
      else
        EXPECT_EQ(value, 0.0f) << "padding of layer " << i;
    }
    expect_fills(weights, weight_bounds[i], "weights");
    if (layer.outputs < 20) {  // four draws need not come near their bounds
      EXPECT_LE(std::max(-biases.low, biases.high), float(bias_bounds[i]));
    } else if (bias_bounds[i] > 0) {
      expect_fills(biases, bias_bounds[i], "biases");
    } else {
      EXPECT_EQ(biases.high - biases.low, 0.0f);
    }
  }
}

TEST(NeuralModel, SirenLayersStartAsPublished) {
  const double later = std::sqrt(6.0 / 61) / 30;
  expect_layer_starts(Activation::siren, {1.0 / 16, later, later, later}, {0, 0, 0, 0});
}

TEST(NeuralModel, OtherLayersStartAsPyTorchsDo) {
  const double first = 1 / std::sqrt(16.0), later = 1 / std::sqrt(61.0);
  for (const Activation activation : {Activation::gelu, Activation::silu, Activation::relu})
    expect_layer_starts(activation, {first, later, later, later}, {first, later, later, later});
}

TEST(NeuralModel, GridsStartUniformOrNormal) {
  const ModelShape shape{.grids = latent_grids(512, 512, 8, 8, 0, 1)};
  const std::size_t count = 64 * 64 * 8;
  const auto uniform = initial_parameters(shape, GridStart::uniform_0001, 30, 1);
  Spread spread;
  double sum = 0, squares = 0;
  for (std::size_t i = 0; i < count; ++i) spread.add(uniform[i]), sum += uniform[i];
  expect_fills(spread, 1e-3, "uniform");
  EXPECT_NEAR(sum / count, 0, 5 * 1e-3 / std::sqrt(3.0 * count));

  const auto normal = initial_parameters(shape, GridStart::normal_001, 30, 1);
  sum = 0;
  std::size_t within_one = 0, within_two = 0;
  for (std::size_t i = 0; i < count; ++i) {
    sum += normal[i], squares += double(normal[i]) * normal[i];
    within_one += std::abs(normal[i]) < 0.01f, within_two += std::abs(normal[i]) < 0.02f;
  }
  EXPECT_NEAR(sum / count, 0, 5 * 0.01 / std::sqrt(double(count)));
  EXPECT_NEAR(std::sqrt(squares / count), 0.01, 5 * 0.01 / std::sqrt(2.0 * count));
  EXPECT_NEAR(double(within_one) / count, 0.6827, 0.015);
  EXPECT_NEAR(double(within_two) / count, 0.9545, 0.008);
}

TEST(NeuralModel, StartsDifferBySeedAlone) {
  const ModelShape shape = odd_model(Activation::gelu);
  const auto start = [&](std::uint64_t seed) { return initial_parameters(shape, GridStart::normal_001, 30, seed); };
  EXPECT_EQ(start(7), start(7));
  EXPECT_NE(start(7), start(8));
  EXPECT_NE(start(7), start(7 + (std::uint64_t(1) << 32))) << "all 64 bits count";
}

}  // namespace
}  // namespace txs::neural
