// How many samples a step has, and the cells that they are drawn from.
#include "neural/batch.h"

#include <gtest/gtest.h>

#include <vector>

namespace txs::neural {
namespace {

std::vector<std::uint32_t> samples_of(const Settings& settings, std::uint32_t width, std::uint32_t height) {
  std::vector<std::uint32_t> samples;
  for (std::uint64_t step = 0; step < settings.ramp + 2u; ++step)
    samples.push_back(plan_batch(settings, step, width, height).samples);
  return samples;
}

TEST(Batches, GrowByDoublingsInEqualTimes) {
  Settings settings;
  settings.sampling = Sampling::independent;  // cells of no even sides leave a few out
  settings.ramp = 8;
  EXPECT_EQ(samples_of(settings, 512, 512),
            (std::vector<std::uint32_t>{4096, 4096, 8192, 8192, 16384, 16384, 32768, 32768, 65536, 65536}));
  settings.ramp = 3;  // fewer than there are sizes: the last are left out
  EXPECT_EQ(samples_of(settings, 512, 512), (std::vector<std::uint32_t>{4096, 8192, 16384, 65536, 65536}));
}

TEST(Batches, AreWholeWithoutARampAndWhereTheyAreSmall) {
  Settings settings;
  for (const std::uint64_t step : {0, 1, 100}) EXPECT_EQ(plan_batch(settings, step, 512, 512).samples, 65536u);
  settings.ramp = 24;
  settings.batch = 8191;  // half of it would be less than the first batch
  for (const std::uint64_t step : {0, 1, 100})
    EXPECT_EQ(plan_batch(settings, step, 512, 512), plan_whole_batch(settings, 512, 512));
}

TEST(Batches, OfSmallImagesGrowToAllTheirPixels) {
  Settings settings;
  settings.ramp = 4;
  const std::uint32_t width = 160, height = 80;  // 12800 pixels, one halving above 4096
  EXPECT_NEAR(double(plan_batch(settings, 0, width, height).samples), 6400, 200);
  const Batch whole = plan_batch(settings, 4, width, height);
  EXPECT_EQ(whole.samples, width * height);
  EXPECT_EQ(whole.cells_x, width);
  EXPECT_EQ(plan_batch(settings, 0, 1, 1).samples, 1u);
}

TEST(Batches, AreAFunctionOfTheStepAlone) {
  Settings settings;
  settings.ramp = 24;
  std::uint32_t before = 0;
  for (std::uint64_t step = 0; step < 30; ++step) {
    const Batch batch = plan_batch(settings, step, 512, 384);
    EXPECT_EQ(batch, plan_batch(settings, step, 512, 384));
    EXPECT_GE(batch.samples, before) << "it never shrinks";
    EXPECT_LE(std::uint64_t(batch.cells_x) * batch.cells_y, 65536u);
    before = batch.samples;
  }
  EXPECT_EQ(plan_batch(settings, 24, 512, 384), plan_whole_batch(settings, 512, 384));
}

}  // namespace
}  // namespace txs::neural
