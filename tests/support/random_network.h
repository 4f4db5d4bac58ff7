// Networks of random values, of any shape that a network file can hold.
#pragma once
#include <bit>
#include <cstdint>
#include <random>
#include <vector>

#include "codec/encoded_network.h"

namespace txs::test {

/// Every finite binary16 but the negative zero is as likely as another: subnormals and extremes among them.
inline std::uint16_t random_half(std::mt19937_64& random) {
  const auto sign = static_cast<std::uint16_t>((random() & 1) << 15);
  return static_cast<std::uint16_t>(sign | random() % 0x7C00);
}

/// Neighbouring texels are alike, as those of a trained latent texture are; `bits` as in FeatureGrid.
inline codec::FeatureGrid random_grid(std::mt19937_64& random, std::uint32_t width, std::uint32_t height,
                                      std::uint32_t channels, std::uint32_t entries, std::uint32_t bits) {
  codec::FeatureGrid grid{width, height, channels, entries, bits, {}, {}, {}};
  for (std::uint64_t i = 0; i < std::uint64_t(entries) * channels; ++i) {
    const auto slope = static_cast<std::uint32_t>(i / channels % width * 100 / width + random() % 40);
    grid.values.push_back(bits == 16 ? static_cast<std::uint16_t>(0x3000 + slope * 16 + (random() & 1) * 0x8000)
                                     : static_cast<std::uint16_t>(slope * ((1u << bits) - 1) / 139));
  }
  for (std::uint32_t c = 0; bits < 16 && c < channels; ++c) {
    grid.low.push_back(-0.25f - static_cast<float>(random() % 1000) / 999);
    grid.high.push_back(0.25f + static_cast<float>(random() % 1000) / 999);
  }
  return grid;
}

inline void add_layers(std::mt19937_64& random, codec::EncodedNetwork& network, std::uint32_t hidden,
                       std::uint32_t depth) {
  std::uint32_t inputs = 0;
  for (const codec::FeatureGrid& grid : network.grids) inputs += grid.channels;
  for (std::uint32_t i = 0; i <= depth; ++i) {
    codec::DenseLayer layer{inputs, i < depth ? hidden : network.channels, {}, {}};
    for (std::uint32_t w = 0; w < layer.inputs * layer.outputs; ++w) layer.weights.push_back(random_half(random));
    for (std::uint32_t b = 0; b < layer.outputs; ++b) layer.biases.push_back(random_half(random));
    inputs = layer.outputs;
    network.layers.push_back(std::move(layer));
  }
}

inline codec::Provenance some_provenance() {
  return {"latent_texture", "tinylatent", "1.2.3", "a \"device\"", {{"hidden", "16"}, {"lr", "0.003"}}, 7, 5000};
}

/// A latent texture of two scales: a 12 x 7 grid of 5 channels and a 23 x 13 one of 2.
inline codec::EncodedNetwork random_latent_network(std::uint32_t bits, bool alpha, codec::Stage2 stage2,
                                                   std::uint64_t seed = 1) {
  std::mt19937_64 random(seed);
  codec::EncodedNetwork network;
  network.width = 93;
  network.height = 53;
  network.channels = alpha ? 4 : 3;
  network.srgb = !alpha;
  network.stage2 = stage2;
  network.grids = {random_grid(random, 12, 7, 5, 12 * 7, bits), random_grid(random, 23, 13, 2, 23 * 13, bits)};
  add_layers(random, network, 16, 2);
  network.provenance = some_provenance();
  return network;
}

/// A hash encoding of two channels a level: a dense 5 x 5 level, and two of 32 and 64 entries that texels share.
inline codec::EncodedNetwork random_hash_network(std::uint32_t bits, bool alpha, codec::Stage2 stage2,
                                                 std::uint64_t seed = 1) {
  std::mt19937_64 random(seed);
  codec::EncodedNetwork network;
  network.width = 40;
  network.height = 31;
  network.channels = alpha ? 4 : 3;
  network.activation = codec::Activation::silu;
  network.omega0 = 0.1f;
  network.stage2 = stage2;
  network.jpeg_quality = 70;
  network.grids = {random_grid(random, 5, 5, 2, 25, bits), random_grid(random, 9, 9, 2, 32, bits),
                   random_grid(random, 40, 40, 2, 64, bits)};
  add_layers(random, network, 7, 1);
  network.provenance = some_provenance();
  return network;
}

/// Adds a state as training keeps it: an arena with some padding.
inline void add_training(codec::EncodedNetwork& network, std::uint64_t seed = 1) {
  std::mt19937_64 random(seed);
  std::size_t count = 3;
  for (const codec::FeatureGrid& grid : network.grids) count += grid.values.size();
  for (const codec::DenseLayer& layer : network.layers) count += layer.weights.size() + layer.biases.size();
  codec::TrainingState& training = network.training.emplace();
  training.step = 1234;
  for (std::vector<float>* values : {&training.parameters, &training.first_moments, &training.second_moments}) {
    for (std::size_t i = 0; i < count; ++i) values->push_back(static_cast<float>(random() % 2001) / 1000 - 1);
  }
}

}  // namespace txs::test
