// The CPU reference of mode 6: starts, quantisation, refits, packing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <random>

#include "codecs/bc7/bc7_block.h"
#include "codecs/bc7/reference/search.h"

namespace txs::bc7::reference {
namespace {

Texels random_texels(std::mt19937& random, bool opaque) {
  const glm::vec4 centre(random() % 256, random() % 256, random() % 256, random() % 256);
  const unsigned spread = 1 + random() % 128;
  Texels texels;
  for (auto& texel : texels)
    for (int c = 0; c < 4; ++c)
      texel[c] = c == 3 && opaque
                     ? 255.0f
                     : std::clamp(centre[c] + float(random() % (2 * spread)) - float(spread), 0.0f, 255.0f);
  return texels;
}

float decoded_error(const Texels& texels, const std::array<std::byte, 16>& bytes) {
  std::array<Texel, 16> decoded;
  decode_block(bytes, decoded);
  float error = 0;
  for (std::size_t t = 0; t < 16; ++t)
    for (int c = 0; c < 4; ++c) error += std::pow(texels[t][c] - float(decoded[t][std::size_t(c)]), 2.0f);
  return error;
}

Texels line_of(glm::vec4 from, glm::vec4 to) {
  Texels texels;
  for (int t = 0; t < 16; ++t) texels[std::size_t(t)] = glm::floor(from + (to - from) * float(t) / 15.0f + 0.5f);
  return texels;
}

TEST(Bc7Mode6, WhatIsPackedDecodesToTheErrorThatWasCounted) {
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    const bool pinned = i % 2 == 0;
    const Texels texels = random_texels(random, pinned);
    const Ends ends = quantise({texels[random() % 16], texels[random() % 16]}, pinned);
    Bits bits{ends, {}, 0};
    bits.error = mode6_error(texels, ends, bits.indices);
    const auto bytes = pack(bits);
    EXPECT_EQ(parse_block(bytes).mode, 6);
    ASSERT_EQ(decoded_error(texels, bytes), bits.error) << "block " << i;
  }
}

TEST(Bc7Mode6, QuantisedEndpointsAreTheNearestThatTheModeHolds) {
  std::mt19937 random(2);
  for (int i = 0; i < 2000; ++i) {
    const Ends wanted{random_texels(random, false)[0] + 0.25f, random_texels(random, false)[1] + 0.25f};
    const Ends got = quantise(wanted, false);
    const auto distance = [](glm::vec4 a, glm::vec4 b) { return sum4((a - b) * (a - b)); };
    float nearest = 1e30f;
    for (const float p : {0.0f, 1.0f}) {
      glm::vec4 candidate;
      for (int c = 0; c < 4; ++c) {
        float best = p;
        for (float byte = p; byte <= 255; byte += 2)
          if (std::abs(byte - wanted.low[c]) < std::abs(best - wanted.low[c])) best = byte;
        candidate[c] = best;
      }
      nearest = std::min(nearest, distance(candidate, wanted.low));
    }
    ASSERT_FLOAT_EQ(distance(got.low, wanted.low), nearest);
    const int parity = int(got.low.r) % 2;
    for (int c = 1; c < 4; ++c) EXPECT_EQ(int(got.low[c]) % 2, parity);
    const Ends pinned = quantise(wanted, true);
    EXPECT_EQ(pinned.low.a, 255);
    EXPECT_EQ(pinned.high.a, 255);
    EXPECT_EQ(int(pinned.low.r) % 2, 1);
  }
}

TEST(Bc7Mode6, ComparingTwoPaletteEntriesIsNearlyAsGoodAsAll) {
  std::mt19937 random(3);
  double two = 0, all = 0;
  for (int i = 0; i < 2000; ++i) {
    const Texels texels = random_texels(random, false);
    const Ends ends = quantise({texels[0], texels[1]}, false);
    Indices indices;
    two += mode6_error(texels, ends, indices);
    for (const auto& texel : texels) {
      float best = 1e30f;
      for (int w : {0, 4, 9, 13, 17, 21, 26, 30, 34, 38, 43, 47, 51, 55, 60, 64}) {
        float error = 0;
        for (int c = 0; c < 4; ++c) {
          const int colour = ((64 - w) * int(ends.low[c]) + w * int(ends.high[c]) + 32) >> 6;
          error += std::pow(texel[c] - float(colour), 2.0f);
        }
        best = std::min(best, error);
      }
      all += best;
    }
  }
  EXPECT_GE(two, all);
  EXPECT_LT(two, all * 1.002);
}

TEST(Bc7Mode6, ARefitNeverMakesABlockWorse) {
  std::mt19937 random(4);
  int better = 0;
  for (int i = 0; i < 1000; ++i) {
    const bool pinned = i % 2 == 0;
    const Texels texels = random_texels(random, pinned);
    const Ends start = quantise(to_bytes(start_of(texels, StartKind::principal, pinned).ends), pinned);
    Bits rounded, refitted;
    const float first = try_ends(texels, start, pinned, 0, rounded);
    try_ends(texels, start, pinned, 2, refitted);
    EXPECT_EQ(first, rounded.error);
    ASSERT_LE(refitted.error, rounded.error);
    Bits finished = refitted;
    finish(texels, pinned, 25, 2, 2, finished);
    ASSERT_LE(finished.error, refitted.error);
    ASSERT_EQ(decoded_error(texels, pack(finished)), finished.error);
    better += finished.error < rounded.error;
  }
  EXPECT_GT(better, 900);
}

TEST(Bc7Mode6, AFlatOpaqueBlockIsExact) {
  Settings settings;
  for (int value = 1; value < 256; ++value) {  // 0 is out of reach: opaque alpha takes odd endpoints
    Texels texels;
    texels.fill(glm::vec4(value, 255 - value / 2, value / 2 + 1, 255));
    EXPECT_EQ(search_block(texels, settings).bits.error, 0) << "value " << value;
  }
}

TEST(Bc7Start, FindsTheMainAxisWhateverItsSigns) {
  for (const glm::vec4 direction :
       {glm::vec4(1, 1, 1, 0), glm::vec4(1, -1, 0.5f, 0), glm::vec4(-1, 1, 1, 1), glm::vec4(0, 0, 1, -1)}) {
    const Texels texels = line_of(glm::vec4(128) - direction * 90.0f, glm::vec4(128) + direction * 90.0f);
    const Start start = start_of(texels, StartKind::principal, false);
    const float length = std::sqrt(sum4(direction * direction));
    EXPECT_NEAR(std::abs(sum4(start.axis * direction)) / length, 1, 1e-4);
    EXPECT_LT(relaxed_loss(texels, start.ends), 1e-3);
  }
}

TEST(Bc7Start, ThePublishedEstimateLosesTheSignsOfItsAxis) {
  const Texels along = line_of({40, 60, 80, 255}, {200, 180, 220, 255});
  const Texels against = line_of({40, 180, 80, 255}, {200, 60, 220, 255});
  const auto loss = [](const Texels& texels, StartKind kind) {
    return relaxed_loss(texels, start_of(texels, kind, true).ends);
  };
  EXPECT_LT(loss(along, StartKind::published), 1e-3);
  EXPECT_GT(loss(against, StartKind::published), 0.1);
  EXPECT_LT(loss(against, StartKind::principal), 1e-3);
}

TEST(Bc7Start, StaysInTheUnitCubeAndSurvivesFlatBlocks) {
  std::mt19937 random(5);
  for (int i = 0; i < 500; ++i) {
    Texels texels = random_texels(random, i % 2 == 0);
    if (i % 10 == 0) texels.fill(texels[0]);
    for (const StartKind kind : {StartKind::principal, StartKind::published}) {
      const Start start = start_of(texels, kind, i % 2 == 0);
      for (int c = 0; c < 4; ++c) {
        EXPECT_TRUE(start.ends.low[c] >= 0 && start.ends.low[c] <= 1);
        EXPECT_TRUE(start.ends.high[c] >= 0 && start.ends.high[c] <= 1);
      }
      const float length = sum4(start.axis * start.axis);
      EXPECT_TRUE(length == 0 || std::abs(length - 1) < 1e-5f);
      if (i % 2 == 0) {
        EXPECT_EQ(start.ends.low.a, 1);
      }
    }
  }
}

}  // namespace
}  // namespace txs::bc7::reference
