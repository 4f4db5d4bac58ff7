// The CPU reference of the simplex search: every iteration is one that Nelder and Mead describe.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "codecs/bc7/reference/search.h"

namespace txs::bc7::reference {
namespace {

using codec::SimplexIteration;
using codec::SimplexMove;

Texels noisy_texels(std::mt19937& random) {
  Texels texels;
  const glm::vec4 low(random() % 128, random() % 256, random() % 128, 255);
  const glm::vec4 high(128 + random() % 128, random() % 256, random() % 256, 255);
  for (auto& texel : texels) {
    texel = low + (high - low) * float(random() % 100) / 99.0f;
    for (int c = 0; c < 3; ++c) texel[c] = std::clamp(std::floor(texel[c] + float(random() % 41) - 20), 0.0f, 255.0f);
  }
  return texels;
}

/// One iteration against the rules, given the simplex before it.
void expect_by_the_rules(const SimplexIteration& before, const SimplexIteration& now) {
  EXPECT_EQ(now.best_before, before.losses[0]);
  EXPECT_EQ(now.second_worst_before, before.losses[7]);
  EXPECT_EQ(now.worst_before, before.losses[8]);
  EXPECT_TRUE(std::ranges::is_sorted(now.losses));
  EXPECT_LE(now.losses[0], before.losses[0]);
  const float reflected = now.reflected_loss, second = now.second_loss;
  switch (now.move) {
    case SimplexMove::start: FAIL() << "a start within the search"; break;
    case SimplexMove::reflect:
      if (now.has_second) {
        EXPECT_LT(reflected, now.best_before);
        EXPECT_GE(second, reflected);
      } else {
        EXPECT_GE(reflected, now.best_before);
        EXPECT_LT(reflected, now.second_worst_before);
      }
      break;
    case SimplexMove::expand:
      EXPECT_LT(reflected, now.best_before);
      EXPECT_LT(second, reflected);
      break;
    case SimplexMove::contract_outside:
      EXPECT_GE(reflected, now.second_worst_before);
      EXPECT_LT(reflected, now.worst_before);
      EXPECT_LT(second, reflected);
      break;
    case SimplexMove::contract_inside:
      EXPECT_GE(reflected, now.worst_before);
      EXPECT_LT(second, now.worst_before);
      break;
    case SimplexMove::shrink:
      EXPECT_TRUE(now.has_second);
      EXPECT_GE(second, std::min(reflected, now.worst_before));
      break;
  }
}

TEST(Bc7Simplex, EveryIterationIsByTheRules) {
  std::mt19937 random(6);
  std::map<SimplexMove, int> seen;
  for (const Objective objective : {Objective::quantised, Objective::relaxed})
    for (int i = 0; i < 100; ++i) {
      Settings settings;
      settings.objective = objective;
      settings.loss_threshold = 0;
      const Outcome outcome = search_block(noisy_texels(random), settings);
      ASSERT_TRUE(outcome.search);
      const auto& iterations = outcome.search->iterations;
      ASSERT_EQ(iterations.size(), outcome.iterations + 1);
      EXPECT_EQ(iterations[0].move, SimplexMove::start);
      for (std::size_t k = 1; k < iterations.size(); ++k) {
        expect_by_the_rules(iterations[k - 1], iterations[k]);
        ++seen[iterations[k].move];
      }
      EXPECT_EQ(outcome.best_loss, iterations.back().losses[0]);
      EXPECT_LE(outcome.best_loss, outcome.start_loss);
      for (const auto& vertex : iterations.back().vertices) {
        EXPECT_EQ(vertex[3], 1) << "alpha of an opaque block is pinned";
        EXPECT_EQ(vertex[7], 1);
        for (const float value : vertex) EXPECT_TRUE(value >= 0 && value <= 1);
      }
    }
  EXPECT_EQ(seen.size(), 5u) << "not every move was met";
}

TEST(Bc7Simplex, TheFirstSimplexTakesAStepInEachDimensionAndStaysInTheCube) {
  Texels texels;
  for (std::size_t t = 0; t < 16; ++t)
    texels[t] = t % 2 == 0 ? glm::vec4(255, 20, 250, 128) : glm::vec4(0, 200, 3, 100 + 5 * t);
  Settings settings;
  settings.loss_threshold = 0;
  settings.max_iterations = 0;
  const Outcome none = search_block(texels, settings);
  EXPECT_FALSE(none.search);
  settings.max_iterations = 1;
  const Outcome outcome = search_block(texels, settings);
  const auto& first = outcome.search->iterations.front();
  std::array<int, 8> moved{};
  for (const auto& vertex : first.vertices)
    for (int d = 0; d < 8; ++d) {
      const auto& start = d < 4 ? outcome.start.ends.low : outcome.start.ends.high;
      const float by = std::abs(vertex[std::size_t(d)] - start[d % 4]);
      moved[std::size_t(d)] += by > 0;
      EXPECT_TRUE(by == 0 || std::abs(by - settings.initial_step) < 1e-6f);
    }
  EXPECT_EQ(moved, (std::array<int, 8>{1, 1, 1, 1, 1, 1, 1, 1}));
}

TEST(Bc7Simplex, EndsAtTheThresholdOrWhenAllLossesAreEqual) {
  std::mt19937 random(7);
  int at_threshold = 0, flat = 0;
  for (int i = 0; i < 200; ++i) {
    const Texels texels = noisy_texels(random);
    Settings settings;
    settings.start = StartKind::published;  // leaves the search something to gain
    settings.max_iterations = 256;
    settings.loss_threshold = 0;
    const float start_loss = search_block(texels, settings).start_loss;

    settings.loss_threshold = start_loss;
    const Outcome good_enough = search_block(texels, settings);
    EXPECT_EQ(good_enough.status, Status::at_threshold);
    EXPECT_FALSE(good_enough.search);
    EXPECT_EQ(good_enough.iterations, 0u);

    settings.loss_threshold = i % 2 == 0 ? 0.9f * start_loss : 0;
    const Outcome outcome = search_block(texels, settings);
    ASSERT_TRUE(outcome.search);
    const auto& last = outcome.search->iterations.back();
    EXPECT_EQ(outcome.status == Status::at_threshold, last.losses[0] <= settings.loss_threshold);
    EXPECT_EQ(outcome.search->stopped_at_threshold, outcome.status == Status::at_threshold);
    if (outcome.status == Status::flat) {
      EXPECT_EQ(last.losses[0], last.losses[8]);
    }
    at_threshold += outcome.status == Status::at_threshold;
    flat += outcome.status == Status::flat;
  }
  EXPECT_GT(at_threshold, 20);
  EXPECT_GT(flat, 20);
}

TEST(Bc7Simplex, OpaqueBlocksDecodeToOpaqueUnlessAlphaIsAChannel) {
  std::mt19937 random(8);
  Settings exact, channel;
  channel.exact_alpha = false;
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const Texels texels = noisy_texels(random);
    const Outcome outcome = search_block(texels, exact);
    EXPECT_EQ(outcome.bits.ends.low.a, 255);
    EXPECT_EQ(outcome.bits.ends.high.a, 255);
    const Outcome free = search_block(texels, channel);
    differs = differs || free.bits.ends.low.a != 255 || free.bits.ends.high.a != 255;
  }
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace txs::bc7::reference
