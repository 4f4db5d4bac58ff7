#pragma once
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "neural/reference/network.h"

namespace txs::neural::test {

inline const char* name_of(codec::Activation activation) {
  switch (activation) {
    case codec::Activation::siren: return "siren";
    case codec::Activation::gelu: return "gelu";
    case codec::Activation::silu: return "silu";
    case codec::Activation::relu: return "relu";
  }
  return "";
}

inline constexpr codec::Activation all_activations[] = {codec::Activation::siren, codec::Activation::gelu,
                                                        codec::Activation::silu, codec::Activation::relu};

/// Parameters far from their start, where every path through the network carries weight; padding stays 0.
inline std::vector<float> lively_parameters(const ModelShape& shape, std::uint32_t seed) {
  const ModelLayout layout(shape);
  std::vector<float> parameters = initial_parameters(shape, GridStart::uniform_0001, 30, seed);
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> unit(-1, 1);
  for (const GridLayout& grid : layout.grids)
    for (std::uint32_t i = 0; i < grid.shape.entries * grid.shape.channels; ++i)
      parameters[grid.values + i] = 0.5f * unit(random);
  for (const LayerLayout& layer : layout.layers)
    for (std::uint32_t i = 0; i < layer.outputs; ++i) parameters[layer.biases + i] += 0.05f * unit(random);
  return parameters;
}

/// Random pixels of an image with random colours, the corners of the image among them.
inline std::vector<reference::Sample> random_samples(std::uint32_t width, std::uint32_t height, std::size_t count,
                                                     std::uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> unit(0, 1);
  std::vector<reference::Sample> samples = {{0, 0}, {width - 1, 0}, {0, height - 1}, {width - 1, height - 1}};
  while (samples.size() < count)
    samples.push_back({std::uint32_t(random() % width), std::uint32_t(random() % height)});
  for (reference::Sample& sample : samples)
    for (double& channel : sample.colour) channel = unit(random);
  return samples;
}

}  // namespace txs::neural::test
