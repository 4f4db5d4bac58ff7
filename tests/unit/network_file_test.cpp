// Network files: what is written is read back, sizes are as told.
#include <gtest/gtest.h>

#include "../support/random_network.h"
#include "artifact/network_file.h"

namespace txs::artifact {
namespace {

using codec::Stage2;

void expect_same(const codec::EncodedNetwork& read, const codec::EncodedNetwork& written) {
  EXPECT_EQ(read.width, written.width);
  EXPECT_EQ(read.height, written.height);
  EXPECT_EQ(read.channels, written.channels);
  EXPECT_EQ(read.srgb, written.srgb);
  EXPECT_EQ(read.activation, written.activation);
  EXPECT_EQ(read.omega0, written.omega0);
  EXPECT_EQ(read.stage2, written.stage2);
  EXPECT_EQ(read.jpeg_quality, written.jpeg_quality);
  ASSERT_EQ(read.grids.size(), written.grids.size());
  for (std::size_t i = 0; i < read.grids.size(); ++i) {
    EXPECT_EQ(read.grids[i].width, written.grids[i].width);
    EXPECT_EQ(read.grids[i].height, written.grids[i].height);
    EXPECT_EQ(read.grids[i].channels, written.grids[i].channels);
    EXPECT_EQ(read.grids[i].entries, written.grids[i].entries);
    EXPECT_EQ(read.grids[i].bits, written.grids[i].bits);
    EXPECT_EQ(read.grids[i].values, written.grids[i].values);
    EXPECT_EQ(read.grids[i].low, written.grids[i].low);
    EXPECT_EQ(read.grids[i].high, written.grids[i].high);
  }
  ASSERT_EQ(read.layers.size(), written.layers.size());
  for (std::size_t i = 0; i < read.layers.size(); ++i) {
    EXPECT_EQ(read.layers[i].inputs, written.layers[i].inputs);
    EXPECT_EQ(read.layers[i].outputs, written.layers[i].outputs);
    EXPECT_EQ(read.layers[i].weights, written.layers[i].weights);
    EXPECT_EQ(read.layers[i].biases, written.layers[i].biases);
  }
  EXPECT_EQ(read.provenance.codec, written.provenance.codec);
  EXPECT_EQ(read.provenance.preset, written.provenance.preset);
  EXPECT_EQ(read.provenance.version, written.provenance.version);
  EXPECT_EQ(read.provenance.device, written.provenance.device);
  EXPECT_EQ(read.provenance.parameters, written.provenance.parameters);
  EXPECT_EQ(read.provenance.seed, written.provenance.seed);
  EXPECT_EQ(read.provenance.steps, written.provenance.steps);
  ASSERT_EQ(read.training.has_value(), written.training.has_value());
  if (!read.training) return;
  EXPECT_EQ(read.training->step, written.training->step);
  EXPECT_EQ(read.training->parameters, written.training->parameters);
  EXPECT_EQ(read.training->first_moments, written.training->first_moments);
  EXPECT_EQ(read.training->second_moments, written.training->second_moments);
}

std::uint64_t part_bytes(const codec::EncodedNetwork& network) {
  std::uint64_t bits = 0;
  for (const codec::BitPart& part : network_parts(network)) bits += part.bits;
  EXPECT_EQ(bits % 8, 0u);
  return bits / 8;
}

/// Of every shape and bit width.
template <typename Check>
void for_each_network(Stage2 stage2, Check check) {
  for (const std::uint32_t bits : {16u, 2u, 3u, 4u, 5u, 6u, 7u, 8u}) {
    for (const bool alpha : {false, true}) {
      for (const bool hash : {false, true}) {
        SCOPED_TRACE(std::to_string(bits) + (hash ? " bits, hash" : " bits, latent") + (alpha ? ", alpha" : ""));
        check(hash ? test::random_hash_network(bits, alpha, stage2) : test::random_latent_network(bits, alpha, stage2));
      }
    }
  }
}

TEST(NetworkFile, RawArraysComeBackAndPartsSumToTheFile) {
  for_each_network(Stage2::none, [](codec::EncodedNetwork network) {
    const auto file = write_network(network);
    EXPECT_TRUE(is_network(file));
    expect_same(read_network(file, "x"), network);
    EXPECT_EQ(part_bytes(network), file.size());

    test::add_training(network);
    const auto longer = write_network(network);
    expect_same(read_network(longer, "x"), network);
    EXPECT_EQ(part_bytes(network), file.size()) << "training state is no part of the artifact";
    EXPECT_EQ(longer.size(), file.size() + 12 + 16 + 12 * network.training->parameters.size());
  });
}

}  // namespace
}  // namespace txs::artifact
