// Stored networks: their shape, their values, their pixels, and what is refused.
#include "neural/decode.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <glm/gtc/packing.hpp>

#include "core/error.h"
#include "neural/grids.h"
#include "../support/neural_models.h"

namespace txs::neural {
namespace {

using codec::Activation;
using codec::EncodedNetwork;

std::uint16_t half(float value) { return glm::packHalf1x16(value); }

/// A network of random values in the ranges that training leaves.
EncodedNetwork random_network(std::uint32_t width, std::uint32_t height, const ModelShape& shape, std::uint32_t bits,
                              std::uint32_t seed) {
  const ModelLayout layout(shape);
  const auto parameters = test::lively_parameters(shape, seed);
  std::mt19937 random(seed);
  EncodedNetwork network{
      .width = width, .height = height, .channels = shape.outputs, .activation = shape.activation, .omega0 = 20};
  for (const GridLayout& grid : layout.grids) {
    codec::FeatureGrid stored{grid.shape.width, grid.shape.height, grid.shape.channels, grid.shape.entries, bits};
    for (std::uint32_t i = 0; i < grid.shape.entries * grid.shape.channels; ++i)
      stored.values.push_back(bits == 16 ? half(parameters[grid.values + i]) : std::uint16_t(random() % (1u << bits)));
    for (std::uint32_t channel = 0; bits < 16 && channel < grid.shape.channels; ++channel) {
      stored.low.push_back(-0.4f - 0.1f * float(channel));
      stored.high.push_back(0.7f);
    }
    network.grids.push_back(stored);
  }
  for (const LayerLayout& layer : layout.layers) {
    codec::DenseLayer stored{layer.inputs, layer.outputs};
    for (std::uint32_t output = 0; output < layer.outputs; ++output) {
      for (std::uint32_t input = 0; input < layer.inputs; ++input)
        stored.weights.push_back(half(parameters[layer.weights + output * layer.padded_inputs + input]));
      stored.biases.push_back(half(parameters[layer.biases + output]));
    }
    network.layers.push_back(stored);
  }
  return network;
}

ModelShape small_shape(Activation activation, std::uint32_t outputs) {
  return {.grids = {{5, 4, 3, 20}, {9, 9, 2, 16}},
          .hidden = 13,
          .depth = 2,
          .outputs = outputs,
          .activation = activation};
}

TEST(NeuralDecode, ShapeIsWhatWasStored) {
  const ModelShape shape = small_shape(Activation::silu, 4);
  EXPECT_EQ(shape_of(random_network(19, 7, shape, 16, 1)), shape);
}

TEST(NeuralDecode, Binary16ValuesComeBackByTheFormat) {
  // Sign, 5 bits of exponent, 10 of significand (IEEE 754-2019, 3.6): every finite pattern.
  for (std::uint32_t pattern = 0; pattern < 65536; ++pattern) {
    const int exponent = int(pattern >> 10) & 31;
    if (exponent == 31) continue;
    const double fraction = (pattern & 1023) / 1024.0;
    const double magnitude = exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1 + fraction, exponent - 15);
    EncodedNetwork network = random_network(4, 4, {.grids = {{1, 1, 1, 1}}, .hidden = 1, .depth = 1}, 16, 1);
    network.grids[0].values[0] = std::uint16_t(pattern);
    ASSERT_EQ(double(parameters_of(network)[0]), pattern & 0x8000 ? -magnitude : magnitude) << pattern;
  }
}

TEST(NeuralDecode, ParametersStandWhereTheLayoutHasThem) {
  const ModelShape shape = small_shape(Activation::gelu, 3);
  const EncodedNetwork network = random_network(19, 7, shape, 5, 2);
  const auto parameters = parameters_of(network);
  const ModelLayout layout(shape);
  ASSERT_EQ(parameters.size(), layout.floats);
  for (std::size_t g = 0; g < 2; ++g)
    for (std::size_t i = 0; i < network.grids[g].values.size(); ++i) {
      const double low = -0.4 - 0.1 * double(i % shape.grids[g].channels);
      EXPECT_NEAR(parameters[layout.grids[g].values + i], low + network.grids[g].values[i] * (0.7 - low) / 31, 1e-6);
    }
  for (std::size_t l = 0; l < 3; ++l) {
    const LayerLayout& layer = layout.layers[l];
    double stored = 0, all = 0;
    for (const std::uint16_t bits : network.layers[l].weights) stored += std::abs(glm::unpackHalf1x16(bits));
    for (std::uint32_t i = layer.weights; i < layer.biases; ++i) all += std::abs(parameters[i]);
    EXPECT_NEAR(all, stored, 1e-4) << "padding of layer " << l << " is not zero";
    for (std::uint32_t output = 0; output < layer.outputs; ++output) {
      EXPECT_EQ(parameters[layer.weights + output * layer.padded_inputs + 1],
                glm::unpackHalf1x16(network.layers[l].weights[output * layer.inputs + 1]));
      EXPECT_EQ(parameters[layer.biases + output], glm::unpackHalf1x16(network.layers[l].biases[output]));
    }
  }
}

/// Widths around the strips that the decoder works in.
TEST(NeuralDecode, PixelsAreTheReferences) {
  for (const Activation activation : test::all_activations)
    for (const auto& [width, height] : {std::pair{1u, 1u}, {1u, 9u}, {31u, 2u}, {32u, 1u}, {33u, 6u}})
      for (const std::uint32_t bits : {16u, 8u, 2u}) {
        SCOPED_TRACE(testing::Message() << test::name_of(activation) << " " << width << "x" << height << ", " << bits);
        const std::uint32_t outputs = bits == 8 ? 4 : 3;
        const EncodedNetwork stored = random_network(width, height, small_shape(activation, outputs), bits, width);
        const reference::Network network(shape_of(stored), stored.omega0, parameters_of(stored));
        const Rgba8Image picture = decode_on_cpu(stored);
        ASSERT_EQ(picture.width, int(width));
        ASSERT_EQ(picture.height, int(height));
        ASSERT_EQ(picture.texels.size(), std::size_t(width) * height * 4);
        for (std::uint32_t y = 0; y < height; ++y)
          for (std::uint32_t x = 0; x < width; ++x) {
            const auto colour = reference::forward(network, width, height, x, y).outputs.back();
            const auto texel = picture.at(int(x), int(y));
            for (std::uint32_t channel = 0; channel < outputs; ++channel)
              ASSERT_EQ(texel[channel], std::lround(255 * colour[channel])) << x << ", " << y;
            if (outputs == 3) {
              ASSERT_EQ(texel[3], 255);
            }
          }
      }
}

TEST(NeuralDecode, RandomNetworksDoNotDecodeToFlatPictures) {
  const Rgba8Image picture = decode_on_cpu(random_network(33, 33, small_shape(Activation::siren, 3), 16, 1));
  const auto [low, high] = std::ranges::minmax(picture.texels);
  EXPECT_GT(high - low, 40) << "the comparisons above would mean little";
}

struct Refusal {
  const char* what;
  std::function<void(EncodedNetwork&)> spoil;
};

TEST(NeuralDecode, RefusesWhatIsNoModel) {
  const std::vector<Refusal> refusals = {
      {"texels", [](auto& n) { n.width = 0; }},
      {"texels", [](auto& n) { n.width = n.height = 16384 * 2; }},
      {"texels", [](auto& n) { n.width = 16384, n.height = 16384 + 1; }},
      {"channels", [](auto& n) { n.channels = 2; }},
      {"omega0", [](auto& n) { n.omega0 = std::nanf(""); }},
      {"omega0", [](auto& n) { n.omega0 = 0; }},
      {"grids", [](auto& n) { n.grids.clear(); }},
      {"grids", [](auto& n) { n.grids.resize(17, n.grids[0]); }},
      {"layers", [](auto& n) { n.layers.clear(); }},
      {"layers", [](auto& n) { n.layers.resize(1); }},
      {"layers", [](auto& n) { n.layers.resize(6, n.layers[1]); }},
      {"units", [](auto& n) { n.layers[0].outputs = 129; }},
      {"units", [](auto& n) { n.layers[0].outputs = 0; }},
      {"grid 1", [](auto& n) { n.grids[1].width = 0; }},
      {"grid 1", [](auto& n) { n.grids[1].height = 1u << 31; }},
      {"grid 1", [](auto& n) { n.grids[1].channels = 0; }},
      {"grid 1", [](auto& n) { n.grids[1].channels = 4000000000u; }},
      {"dense", [](auto& n) { n.grids[0].entries = 12, n.grids[0].values.resize(12 * 3); }},
      {"dense", [](auto& n) { n.grids[0].entries = 32, n.grids[0].values.resize(32 * 3); }},
      {"grid 0", [](auto& n) { n.grids[0].entries = 0; }},
      {"grid 0", [](auto& n) { n.grids[0].values.pop_back(); }},
      {"bits", [](auto& n) { n.grids[0].bits = 9; }},
      {"bits", [](auto& n) { n.grids[0].bits = 1; }},
      {"ranges", [](auto& n) { n.grids[0].bits = 8, n.grids[0].low.resize(3), n.grids[0].high.resize(2); }},
      {"fit", [](auto& n) {
         n.grids[0].bits = 8, n.grids[0].low.resize(3), n.grids[0].high.resize(3), n.grids[0].values[7] = 256;
       }},
      {"channels together", [](auto& n) {
         n.grids[0].channels = 127, n.grids[0].values.resize(127 * 20);
       }},
      {"layer 0", [](auto& n) { n.layers[0].inputs = 6; }},
      {"layer 1", [](auto& n) { n.layers[1].inputs = 12; }},
      {"layer 2", [](auto& n) { n.layers[2].outputs = 4; }},
      {"layer 1", [](auto& n) { n.layers[1].weights.push_back(0); }},
      {"layer 1", [](auto& n) { n.layers[1].biases.pop_back(); }},
      {"not a number", [](auto& n) { n.layers[1].weights[3] = 0x7e00; }},
      {"infinite", [](auto& n) { n.grids[0].values[3] = 0xfc00; }},
  };
  const EncodedNetwork sound = random_network(20, 10, small_shape(Activation::relu, 3), 16, 3);
  ASSERT_NO_THROW(parameters_of(sound));
  for (const Refusal& refusal : refusals) {
    EncodedNetwork network = sound;
    refusal.spoil(network);
    try {
      parameters_of(network);
      ADD_FAILURE() << "took a network with wrong " << refusal.what;
    } catch (const Error& error) {
      const std::string line = error.what();
      EXPECT_EQ(error.fault(), Fault::input) << line;
      EXPECT_NE(line.find(refusal.what), std::string::npos) << line;
      EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    }
  }
}

}  // namespace
}  // namespace txs::neural
