// Counter-based random numbers, where a batch's samples lie, and which entries grids share.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "neural/grids.h"
#include "neural/reference/network.h"

namespace txs::interop {
namespace {

// Files hold seeds and steps, and a resumed training must draw what an uninterrupted one would have drawn. Computed from
// the paper's formulas in integers of any precision.
TEST(NeuralRandom, NumbersNeverChange) {
  EXPECT_EQ(pcg4d({0, 0, 0, 0}), uvec4(251852841u, 760645481u, 850445371u, 3542436074u));
  EXPECT_EQ(pcg4d({1, 2, 3, 4}), uvec4(908250390u, 4044648920u, 3775961919u, 45698095u));
  EXPECT_EQ(random_words(seed_words(0x1234'5678'9abc'def0), stream_sampling, 7, 1000),
            uvec4(3847633341u, 1902141205u, 1089183879u, 3952329877u));
  EXPECT_EQ(random_words(seed_words(1), stream_parameters, 0, 5),
            uvec4(4052962761u, 2473154706u, 4040158878u, 2703928772u));
}

/// Chi-square of equally likely buckets: mean buckets - 1, standard deviation sqrt(2 (buckets - 1)).
void expect_uniform(std::uint32_t buckets, std::uint32_t draws, const char* what,
                    const std::function<std::uint32_t(std::uint32_t)>& bucket) {
  std::vector<double> counts(buckets, 0.0);
  for (std::uint32_t i = 0; i < draws; ++i) ++counts[bucket(i)];
  const double expected = double(draws) / buckets;
  double chi_square = 0;
  for (const double count : counts) chi_square += (count - expected) * (count - expected) / expected;
  const double mean = buckets - 1, deviation = std::sqrt(2 * mean);
  EXPECT_LT(std::abs(chi_square - mean), 4.5 * deviation) << what;
}

TEST(NeuralRandom, WordsAreUniformAlongEveryCounter) {
  constexpr std::uint32_t draws = 1 << 16;
  for (int part = 0; part < 4; ++part) {
    SCOPED_TRACE(testing::Message() << "word " << part);
    const auto top_byte = [part](uvec4 words) { return words[part] >> 24u; };
    expect_uniform(256, draws, "samples", [&](uint i) { return top_byte(random_words({1, 0}, 0, 3, i)); });
    expect_uniform(256, draws, "steps", [&](uint i) { return top_byte(random_words({1, 0}, 0, i, 3)); });
    expect_uniform(256, draws, "seeds", [&](uint i) { return top_byte(random_words({i, 0}, 0, 3, 3)); });
  }
}

TEST(NeuralRandom, NeighboursAreIndependent) {
  constexpr std::uint32_t draws = 1 << 16;
  const auto pair = [](uint a, uint b) { return (a >> 28u) * 16 + (b >> 28u); };
  const uvec2 seed(7, 0);
  expect_uniform(256, draws, "x and y of a sample", [&](uint i) {
    const uvec4 words = random_words(seed, 0, 5, i);
    return pair(words.x, words.y);
  });
  expect_uniform(256, draws, "a sample and the next", [&](uint i) {
    return pair(random_words(seed, 0, 5, i).x, random_words(seed, 0, 5, i + 1).x);
  });
  expect_uniform(256, draws, "a step and the next", [&](uint i) {
    return pair(random_words(seed, 0, i, 5).x, random_words(seed, 0, i + 1, 5).x);
  });
  expect_uniform(256, draws, "a seed and the next", [&](uint i) {
    return pair(random_words({i, 0}, 0, 5, 5).x, random_words({i + 1, 0}, 0, 5, 5).x);
  });
  expect_uniform(256, draws, "sampling and parameters", [&](uint i) {
    return pair(random_words(seed, stream_sampling, 0, i).x, random_words(seed, stream_parameters, 0, i).x);
  });
}

TEST(NeuralRandom, WholeNumbersAreTheUpperHalfOfTheProduct) {
  for (const uint count : {1u, 2u, 3u, 100u, 16384u, 65535u})
    for (const uint word : {0u, 1u, 0xffffu, 0x10000u, 0x7fffffffu, 0x80000000u, 0xfffffffeu, 0xffffffffu})
      EXPECT_EQ(random_below(word, count), std::uint64_t(word) * count >> 32) << word << " below " << count;
}

TEST(NeuralRandom, UnitsStayBelowOne) {
  EXPECT_EQ(random_unit(0), 0.0f);
  EXPECT_EQ(random_unit(0x80000000u), 0.5f);
  EXPECT_LT(random_unit(0xffffffffu), 1.0f);
}

TEST(NeuralSampling, DivisionByFloatsIsThatOfWholeNumbers) {
  for (const uint divisor : {1u, 2u, 3u, 7u, 255u, 256u, 511u, 4093u, 16384u, 65535u})
    for (const uint quotient : {0u, 1u, 2u, 255u, 4096u, 16383u, (1u << 22) - 1})
      for (const uint rest : {0u, 1u, divisor / 2, divisor - 1}) {
        const std::uint64_t number = std::uint64_t(quotient) * divisor + rest;
        if (rest >= divisor || number >= 1u << 31) continue;
        EXPECT_EQ(interop::divided(uint(number), divisor), uvec2(quotient, rest)) << number << " / " << divisor;
      }
}

TEST(NeuralSampling, CellsCutTheImageIntoEqualParts) {
  for (const auto& [side, cells] : {std::pair{512u, 256u}, {513u, 256u}, {7u, 7u}, {1u, 1u}, {16384u, 255u}}) {
    EXPECT_EQ(cell_start(0, cells, side), 0u);
    EXPECT_EQ(cell_start(cells, cells, side), side);
    for (uint cell = 0; cell < cells; ++cell) {
      const uint size = cell_start(cell + 1, cells, side) - cell_start(cell, cells, side);
      EXPECT_GE(size, side / cells);
      EXPECT_LE(size, (side + cells - 1) / cells);
    }
  }
}

TEST(NeuralSampling, StratifiedPixelsLieInTheirCells) {
  const uvec2 image(515, 131), cells(128, 37);
  for (uint step = 0; step < 20; ++step)
    for (uint i = 0; i < cells.x * cells.y; ++i) {
      const uvec2 pixel = stratified_pixel(image, cells, {11, 5}, step, i);
      const uint cell_x = i % cells.x, cell_y = i / cells.x;
      ASSERT_GE(pixel.x, cell_start(cell_x, cells.x, image.x));
      ASSERT_LT(pixel.x, cell_start(cell_x + 1, cells.x, image.x));
      ASSERT_GE(pixel.y, cell_start(cell_y, cells.y, image.y));
      ASSERT_LT(pixel.y, cell_start(cell_y + 1, cells.y, image.y));
    }
}

TEST(NeuralSampling, EveryPixelOfACellComesUpAsOften) {
  const uvec2 image(30, 20), cells(5, 5);
  expect_uniform(24, 24 * 1000, "pixels of cell 7", [&](uint step) {
    const uvec2 pixel = stratified_pixel(image, cells, {2, 0}, step, 7);
    return (pixel.y - 4) * 6 + (pixel.x - 12);
  });
}

TEST(NeuralSampling, AsManyCellsAsPixelsAreTheWholeImage) {
  Rgba8Image picture{.width = 9, .height = 5};
  for (int i = 0; i < 9 * 5; ++i)
    picture.texels.insert(picture.texels.end(), {std::uint8_t(i), std::uint8_t(2 * i), std::uint8_t(255 - i), 51});
  const auto batch = neural::reference::stratified_batch(picture, 4, 9, 5, 3, 17);
  ASSERT_EQ(batch.size(), 45u);
  for (uint i = 0; i < 45; ++i) {
    EXPECT_EQ(batch[i].x, i % 9);
    EXPECT_EQ(batch[i].y, i / 9);
    EXPECT_DOUBLE_EQ(batch[i].colour[0], i / 255.0);
    EXPECT_DOUBLE_EQ(batch[i].colour[2], (255 - i) / 255.0);
    EXPECT_DOUBLE_EQ(batch[i].colour[3], 0.2);
  }
}

TEST(NeuralSampling, StepsAndSeedsDrawDifferentBatches) {
  Rgba8Image picture{.width = 64, .height = 64, .texels = std::vector<std::uint8_t>(64 * 64 * 4)};
  const auto pixels = [&](std::uint64_t seed, std::uint32_t step) {
    std::vector<std::pair<uint, uint>> all;
    for (const auto& sample : neural::reference::stratified_batch(picture, 3, 16, 16, seed, step))
      all.emplace_back(sample.x, sample.y);
    return all;
  };
  EXPECT_NE(pixels(1, 0), pixels(1, 1));
  EXPECT_NE(pixels(1, 0), pixels(2, 0));
  EXPECT_NE(pixels(1, 0), pixels(1 + (std::uint64_t(1) << 32), 0));
}

TEST(NeuralSampling, IndependentPixelsCoverTheImageEvenly) {
  expect_uniform(15 * 17, 1 << 16, "pixels", [&](uint i) {
    const uvec2 pixel = independent_pixel({15, 17}, {4, 0}, 9, i);
    return pixel.y * 15 + pixel.x;
  });
}

TEST(NeuralHash, EntriesFollowTheFormulaOnEveryLevel) {
  for (const std::uint32_t log2_table : {10u, 12u, 14u}) {
    const std::uint64_t table = std::uint64_t(1) << log2_table;
    const neural::ModelShape shape{.grids = neural::hash_levels(16, 2, log2_table, 16, 512)};
    for (const auto& layout : neural::ModelLayout(shape).grids) {
      const NeuralGrid grid = neural::addressing(layout, 512, 512);
      const std::uint64_t side = layout.shape.width;
      std::vector<bool> used(layout.shape.entries, false);
      std::uint64_t wrong = 0;
      for (std::uint64_t y = 0; y < side; ++y)
        for (std::uint64_t x = 0; x < side; ++x) {
          // Modulo 2^T, 64-bit products differ from 32-bit ones in bits that do not count.
          const std::uint64_t expected =
              side * side <= table ? y * side + x : ((x * 2654435761u) ^ (y * 805459861u)) % table;
          const uint entry = grid_entry(grid, uint(x), uint(y));
          wrong += entry != expected;
          if (entry < used.size()) used[entry] = true;
        }
      EXPECT_EQ(wrong, 0u) << side << " texels a side, 2^" << log2_table;
      EXPECT_GT(std::ranges::count(used, true), std::int64_t(used.size()) / 2) << "most entries are of use";
    }
  }
}

}  // namespace
}  // namespace txs::interop
