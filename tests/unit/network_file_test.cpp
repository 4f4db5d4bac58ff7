// Network files: what is written is read back, sizes are as told, stage 2 loses what it says and nothing else.
#include <gtest/gtest.h>

#include <cmath>

#include "../support/random_network.h"
#include "artifact/network_file.h"
#include "core/half.h"

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

/// What an entry's channel decodes to.
double value(const codec::FeatureGrid& grid, std::size_t i) {
  if (grid.bits == 16) return half_to_float(grid.values[i]);
  const std::size_t c = i % grid.channels;
  return grid.low[c] + grid.values[i] * (double(grid.high[c]) - grid.low[c]) / ((1u << grid.bits) - 1);
}

/// The widest range of any channel of a grid, fp16 too.
double widest_range(const codec::FeatureGrid& grid) {
  double widest = 0;
  for (std::size_t c = 0; c < grid.channels; ++c) {
    double low = INFINITY, high = -INFINITY;
    for (std::size_t i = c; i < grid.values.size(); i += grid.channels) {
      low = std::min(low, value(grid, i));
      high = std::max(high, value(grid, i));
    }
    widest = std::max(widest, grid.bits == 16 ? high - low : double(grid.high[c]) - grid.low[c]);
  }
  return widest;
}

double largest_difference(const codec::FeatureGrid& a, const codec::FeatureGrid& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) largest = std::max(largest, std::abs(value(a, i) - value(b, i)));
  return largest;
}

TEST(NetworkFile, LosslessCodesComeBackAndPartsSumToTheFile) {
  for (const Stage2 stage2 : {Stage2::png, Stage2::zstd}) {
    for_each_network(stage2, [](codec::EncodedNetwork network) {
      test::add_training(network);
      expect_same(read_network(write_network(network), "x"), network);
      network.training.reset();
      EXPECT_EQ(part_bytes(network), write_network(network).size());
    });
  }
}

TEST(NetworkFile, LosslessCodesKeepEveryFiniteHalf) {
  for (const Stage2 stage2 : {Stage2::none, Stage2::png, Stage2::zstd}) {
    codec::EncodedNetwork network = test::random_latent_network(16, false, stage2);
    network.grids = {{248, 256, 1, 248 * 256, 16, {}, {}, {}}};
    for (std::uint32_t half = 0; half < 0x10000; ++half) {
      if (half_is_finite(static_cast<std::uint16_t>(half)))
        network.grids[0].values.push_back(static_cast<std::uint16_t>(half));
    }
    network.layers.clear();
    std::mt19937_64 random(1);
    test::add_layers(random, network, 4, 1);
    expect_same(read_network(write_network(network), "x"), network);
  }
}

TEST(NetworkFile, JpegGivesWhatDecodesAsIntegersAndRanges) {
  for_each_network(Stage2::jpeg, [](codec::EncodedNetwork network) {
    network.jpeg_quality = 100;
    const auto file = write_network(network);
    EXPECT_EQ(part_bytes(network), file.size());
    codec::EncodedNetwork read = read_network(file, "x");
    ASSERT_EQ(read.grids.size(), network.grids.size());
    for (std::size_t i = 0; i < read.grids.size(); ++i) {
      EXPECT_EQ(read.grids[i].bits, 8u);
      EXPECT_EQ(read.grids[i].low.size(), network.grids[i].channels);
      // JPEG at 100 rounds coefficients and colours: some levels of 255 away, and never all of them at none.
      const double level = widest_range(network.grids[i]) / 255;
      EXPECT_LE(largest_difference(read.grids[i], network.grids[i]), 5 * level) << "grid " << i;
    }

    // Kept raw, what decoded stays what it is.
    codec::EncodedNetwork raw = read;
    raw.stage2 = Stage2::none;
    expect_same(read_network(write_network(raw), "x"), raw);
    for (std::size_t i = 0; i < read.grids.size(); ++i) EXPECT_EQ(largest_difference(raw.grids[i], read.grids[i]), 0);
  });
}

TEST(NetworkFile, JpegQualityTradesBytesForErrors) {
  codec::EncodedNetwork network = test::random_latent_network(16, false, Stage2::jpeg);
  std::uint64_t bytes_before = 0;
  double error_before = INFINITY;
  for (const std::uint32_t quality : {10u, 50u, 85u, 100u}) {
    network.jpeg_quality = quality;
    const auto file = write_network(network);
    const double error = largest_difference(read_network(file, "x").grids[0], network.grids[0]);
    EXPECT_GT(file.size(), bytes_before) << quality;
    EXPECT_LT(error, error_before) << quality;
    bytes_before = file.size();
    error_before = error;
  }
}

TEST(NetworkFile, BitsAreWhatTheyCost) {
  for (const std::uint32_t bits : {2u, 3u, 4u, 5u, 6u, 7u, 8u}) {
    const codec::EncodedNetwork network = test::random_latent_network(bits, false, Stage2::none);
    std::uint64_t expected = 0;
    for (const codec::FeatureGrid& grid : network.grids)
      expected += 8 * grid.channels + (std::uint64_t(grid.entries) * grid.channels * bits + 7) / 8;
    EXPECT_EQ(network_parts(network)[0].bits, expected * 8) << bits;
  }
}

/// Their code is a few bytes: the section is filled up to its 256th, and still read.
TEST(NetworkFile, ConstantGridsComeBack) {
  for (const Stage2 stage2 : {Stage2::none, Stage2::png, Stage2::zstd, Stage2::jpeg}) {
    for (const std::uint32_t bits : {16u, 2u, 8u}) {
      codec::EncodedNetwork network = test::random_latent_network(bits, false, stage2);
      codec::FeatureGrid& grid = network.grids[0];
      grid.width = 512;
      grid.height = 256;
      grid.entries = grid.width * grid.height;
      grid.values.assign(std::size_t(grid.entries) * grid.channels, bits == 16 ? 0x3A00 : 1);
      const auto file = write_network(network);
      EXPECT_GE(network_parts(network)[0].bits / 8, 2 * grid.values.size() / 256);
      const codec::EncodedNetwork read = read_network(file, "x");
      EXPECT_LT(largest_difference(read.grids[0], grid), 0.01);
    }
  }
}

TEST(NetworkFile, TheSameNetworkGivesTheSameBytes) {
  for (const Stage2 stage2 : {Stage2::none, Stage2::jpeg, Stage2::png, Stage2::zstd}) {
    const codec::EncodedNetwork network = test::random_hash_network(16, true, stage2);
    EXPECT_EQ(write_network(network), write_network(network));
  }
}

}  // namespace
}  // namespace txs::artifact
