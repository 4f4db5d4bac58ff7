// What the search kernels look up, held to the definitions by brute force.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <vector>

#include "../support/astc_random_blocks.h"
#include "codecs/astc/integer_sequence.h"
#include "codecs/astc/likely_mode.h"
#include "codecs/astc/quantisation.h"
#include "codecs/astc/search_tables.h"
#include "codecs/astc/snapping.h"

namespace txs::astc {
namespace {

using interop::astc_ranges;

const interop::AstcSearchTables& search_tables(const Footprint& footprint = {4, 4}) { return tables_of(footprint).search; }

std::uint32_t byte_of(std::uint32_t word, std::uint32_t number) { return word >> 8 * number & 255; }

TEST(AstcSearchTables, WishedWeightsGetTheNearestLevel) {
  for (std::uint32_t range = 0; range < interop::astc_weight_ranges; ++range) {
    ASSERT_EQ(search_tables().weight_levels[range], astc_ranges[range].levels);
    for (int wished = 0; wished <= 64; ++wished) {
      int least = 64;
      for (std::uint32_t q = 0; q < astc_ranges[range].levels; ++q)
        least = std::min(least, std::abs(weight_value(range, q) - wished));
      const std::uint32_t given = search_tables().weight_of[range][wished], value = given & 255, integer = given >> 8;
      ASSERT_LT(integer, astc_ranges[range].levels);
      EXPECT_EQ(weight_value(range, integer), value);
      EXPECT_EQ(std::abs(int(value) - wished), least) << wished << " of range " << range;
    }
  }
}

TEST(AstcSearchTables, ColoursLieBetweenTheRangesValuesOnEitherSide) {
  for (std::uint32_t range = interop::astc_first_colour_range; range < interop::astc_range_count; ++range) {
    ASSERT_EQ(search_tables().colour_levels[range], astc_ranges[range].levels);
    for (std::uint32_t wished = 0; wished < 256; ++wished) {
      std::uint32_t below = 0, above = 255;  // both are values of every range
      for (std::uint32_t q = 0; q < astc_ranges[range].levels; ++q) {
        const std::uint32_t value = colour_value(range, q);
        if (value <= wished) below = std::max(below, value);
        if (value > wished) above = std::min(above, value);
      }
      const std::uint32_t given = search_tables().colour_of[range][wished];
      EXPECT_EQ(byte_of(given, 0), below) << wished << " of range " << range;
      EXPECT_EQ(byte_of(given, 1), above) << wished << " of range " << range;
      ASSERT_LT(std::max(byte_of(given, 2), byte_of(given, 3)), astc_ranges[range].levels);
      EXPECT_EQ(colour_value(range, byte_of(given, 2)), below);
      EXPECT_EQ(colour_value(range, byte_of(given, 3)), above);
    }
  }
}

TEST(AstcSearchTables, DigitsUnpackToThemselves) {
  for (std::uint32_t number = 0; number < 243; ++number) {
    std::uint32_t digits = 0, place = 1;
    for (const std::uint32_t digit : trits_of(byte_of(search_tables().trits[number / 4], number % 4))) {
      digits += digit * place;
      place *= 3;
    }
    EXPECT_EQ(digits, number) << "in trits";
  }
  for (std::uint32_t number = 0; number < 125; ++number) {
    std::uint32_t digits = 0, place = 1;
    for (const std::uint32_t digit : quints_of(byte_of(search_tables().quints[number / 4], number % 4))) {
      digits += digit * place;
      place *= 5;
    }
    EXPECT_EQ(digits, number) << "in quints";
  }
}

TEST(AstcSearchTables, HaveEveryGridAndTheModesThatStoreIt) {
  for (const Footprint& footprint : footprints) {
    SCOPED_TRACE(size_name(footprint));
    const interop::AstcSearchTables& tables = search_tables(footprint);
    ASSERT_LE(tables.grid_count, interop::astc_most_grids);
    std::set<std::vector<std::uint32_t>> listed, stored;  // width, height, range, planes
    for (std::uint32_t g = 0; g < tables.grid_count; ++g) {
      const interop::AstcGrid& grid = tables.grids[g];
      EXPECT_GE(grid.width, tables.grids[g == 0 ? 0 : g - 1].width) << "wide ones last";
      for (std::uint32_t m = 0; m < 24; ++m) {
        if (grid.modes[m] == interop::astc_no_mode) continue;
        const auto mode = weight_grid(grid.modes[m] & 0xffff);
        ASSERT_TRUE(mode && mode->legal_in(footprint));
        EXPECT_EQ(mode->bits(), grid.modes[m] >> 16);
        EXPECT_EQ((std::vector{mode->width, mode->height, mode->range, mode->dual_plane ? 1u : 0u}),
                  (std::vector{grid.width, grid.height, m % 12, m / 12}));
        EXPECT_TRUE(listed.insert({mode->width, mode->height, mode->range, m / 12}).second);
      }
    }
    for (std::uint32_t number = 0; number < 2048; ++number)
      if (const auto mode = weight_grid(number); mode && mode->legal_in(footprint))
        stored.insert({mode->width, mode->height, mode->range, mode->dual_plane ? 1u : 0u});
    EXPECT_EQ(listed, stored);
  }
}

TEST(AstcSearchTables, SeedsAreThoseOfDifferentWholePatterns) {
  for (const Footprint& footprint : footprints) {
    const interop::AstcSearchTables& tables = search_tables(footprint);
    for (std::uint32_t partitions = 2; partitions <= 4; ++partitions) {
      SCOPED_TRACE(size_name(footprint) + ", " + std::to_string(partitions) + " partitions");
      const std::uint32_t* seeds = tables.seeds[partitions - 2];
      std::set<std::string> listed, whole;
      for (std::uint32_t seed = 0; seed < interop::astc_partition_seeds; ++seed) {
        const PartitionMap map = canonical(pattern_of(seed, partitions, footprint));
        if (*std::ranges::max_element(map) + 1u == partitions) whole.emplace(map.begin(), map.end());
      }
      for (std::uint32_t i = 0; i < tables.seed_counts[partitions - 2]; ++i) {
        const PartitionMap map = canonical(pattern_of(seeds[i], partitions, footprint));
        EXPECT_TRUE(listed.emplace(map.begin(), map.end()).second) << "seed " << seeds[i] << " is there before";
      }
      EXPECT_EQ(listed, whole);
    }
  }
}

TEST(AstcSearchTables, PatternsAreThoseOfTheSeeds) {
  for (const Footprint& footprint : {Footprint{4, 4}, Footprint{6, 5}, Footprint{12, 12}})
    for (std::uint32_t partitions = 2; partitions <= 4; ++partitions)
      for (std::uint32_t seed = 0; seed < interop::astc_partition_seeds; ++seed) {
        const std::uint32_t* words =
            &search_tables(footprint)
                 .patterns[((partitions - 2) * interop::astc_partition_seeds + seed) * interop::astc_pattern_words];
        for (std::uint32_t t = 0; t < footprint.texels(); ++t)
          ASSERT_EQ(words[t / 16] >> 2 * (t % 16) & 3,
                    interop::astc_partition_of(seed, t % footprint.width, t / footprint.width, partitions, footprint.texels()));
      }
}

TEST(AstcSearchTables, TheLikelyModeIsLegalAndFits) {
  for (const Footprint& footprint : footprints)
    for (const bool has_alpha : {false, true}) {
      SCOPED_TRACE(size_name(footprint) + (has_alpha ? ", alpha" : ""));
      const std::uint32_t likely = likely_mode(footprint, has_alpha);
      const std::uint32_t place = likely & ((1u << interop::astc_trial_mode_bits) - 1);
      const interop::AstcSearchTables& tables = search_tables(footprint);
      ASSERT_LT(place / 12, tables.grid_count);
      const std::uint32_t stored = tables.grids[place / 12].modes[place % 12];
      ASSERT_NE(stored, interop::astc_no_mode);
      const auto mode = weight_grid(stored & 0xffff);
      ASSERT_TRUE(mode && mode->legal_in(footprint));
      EXPECT_FALSE(mode->dual_plane);
      EXPECT_EQ(likely >> interop::astc_trial_mode_bits, interop::astc_one_model + interop::astc_model_rgb + (has_alpha ? interop::astc_model_alpha : 0));
      EXPECT_TRUE(colour_range(has_alpha ? 8 : 6, 128 - 17 - mode->bits())) << "its ends have room";
    }
}

}  // namespace
}  // namespace txs::astc
