// Snapping held to brute force over all seeds and namings.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "codecs/astc/snapping.h"
#include "core/files.h"
#include "shaders/interop/astc_format.h"

namespace txs::astc {
namespace {

const Progress go_on = [](double) { return true; };

const NearestTables& tables() {
  static const NearestTables made = make_nearest_tables(go_on);
  return made;
}

PartitionMap random_map(std::mt19937& random, std::uint32_t partitions, std::size_t texels) {
  PartitionMap map(texels);
  for (std::uint8_t& p : map) p = std::uint8_t(random() % partitions);
  return map;
}

/// A valid pattern, renamed, with a few texels changed: what descents end in.
PartitionMap near_pattern(std::mt19937& random, std::uint32_t partitions, const Footprint& footprint) {
  PartitionMap map = pattern_of(random() % interop::astc_partition_seeds, partitions, footprint);
  const auto shift = std::uint8_t(random() % partitions);
  for (std::uint8_t& p : map) p = std::uint8_t((p + shift) % partitions);
  for (std::uint32_t changes = random() % 4; changes > 0; --changes)
    map[random() % map.size()] = std::uint8_t(random() % partitions);
  return map;
}

/// By counting texel for texel, with every naming written out.
std::uint32_t plain_distance(const PartitionMap& a, const PartitionMap& b, std::uint32_t partitions) {
  auto least = std::uint32_t(a.size());
  for (std::uint32_t code = 0; code < 256; ++code) {
    const std::uint32_t names[4] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 & 3};
    std::uint32_t used = 0;
    for (std::uint32_t p = 0; p < partitions; ++p) used |= 1u << names[p];
    if (used != (1u << partitions) - 1) continue;
    std::uint32_t off = 0;
    for (std::size_t t = 0; t < a.size(); ++t) off += names[a[t]] != b[t];
    least = std::min(least, off);
  }
  return least;
}

TEST(AstcSnapping, DistancesAreThoseOfTheBestNaming) {
  std::mt19937 random(1);
  for (const std::uint32_t partitions : {2u, 3u, 4u})
    for (int repeat = 0; repeat < 300; ++repeat) {
      const auto a = random_map(random, partitions, 16), b = random_map(random, partitions, 16);
      EXPECT_EQ(distance_of(a, b, partitions), plain_distance(a, b, partitions));
      EXPECT_EQ(distance_of(a, b, partitions), distance_of(canonical(a), canonical(b), partitions));
    }
}

TEST(AstcSnapping, PatternsTakeTheNamesOfMaps) {
  std::mt19937 random(4);
  for (const std::uint32_t partitions : {2u, 3u, 4u})
    for (int repeat = 0; repeat < 100; ++repeat) {
      const auto map = random_map(random, partitions, 16), pattern = near_pattern(random, partitions, {4, 4});
      const PartitionMap named = named_like(map, pattern, partitions);
      EXPECT_EQ(canonical(named), canonical(pattern));
      std::uint32_t off = 0;
      for (std::size_t t = 0; t < 16; ++t) off += named[t] != map[t];
      EXPECT_EQ(off, distance_of(map, pattern, partitions));
    }
}

TEST(AstcSnapping, DistinctSeedsCoverAllWholePatternsOnce) {
  for (const Footprint& footprint : {Footprint{4, 4}, Footprint{6, 5}, Footprint{12, 12}})
    for (const std::uint32_t partitions : {2u, 3u, 4u}) {
      const auto seeds = distinct_seeds(partitions, footprint);
      std::vector<PartitionMap> kept;
      for (const std::uint16_t seed : seeds) kept.push_back(canonical(pattern_of(seed, partitions, footprint)));
      auto sorted = kept;
      std::ranges::sort(sorted);
      EXPECT_TRUE(std::ranges::adjacent_find(sorted) == sorted.end()) << "each differs from the others";
      for (std::uint32_t seed = 0; seed < interop::astc_partition_seeds; ++seed) {
        const PartitionMap map = canonical(pattern_of(seed, partitions, footprint));
        const bool whole = *std::ranges::max_element(map) + 1u == partitions;
        EXPECT_EQ(std::ranges::binary_search(sorted, map), whole) << "seed " << seed;
      }
    }
}

TEST(AstcSnapping, TablesEqualBruteForce) {
  std::mt19937 random(2);
  for (const std::uint32_t partitions : {2u, 3u}) {
    const auto seeds = distinct_seeds(partitions, {4, 4});
    for (int repeat = 0; repeat < 1500; ++repeat) {
      const PartitionMap map =
          repeat % 2 == 0 ? random_map(random, partitions, 16) : near_pattern(random, partitions, {4, 4});
      std::uint32_t least = 17, nearest = 0;
      for (std::uint32_t i = 0; i < seeds.size(); ++i) {
        const std::uint32_t distance = plain_distance(map, pattern_of(seeds[i], partitions, {4, 4}), partitions);
        if (distance < least) {
          least = distance;
          nearest = i;
        }
      }
      ASSERT_EQ(tables().nearest(map, partitions), nearest) << "at distance " << least;
    }
  }
}

TEST(AstcSnapping, TablesHaveTheSizeThatTheyClaim) {
  EXPECT_EQ(tables().two.size() * 4, 43692u);
  EXPECT_EQ(tables().three.size() * 4, 12754584u);
  PartitionMap last(16, 2);  // the largest key that a canonical map can have
  last[0] = 0;
  last[1] = 1;
  EXPECT_EQ(NearestTables::key(last, 3), NearestTables::three_entries - 1);
}

TEST(AstcSnapping, StopsWhenAsked) {
  int calls = 0;
  const NearestTables stopped = make_nearest_tables([&](double) { return ++calls < 3; });
  EXPECT_TRUE(stopped.three.empty());
  EXPECT_EQ(calls, 3);
}

class AstcSnappingFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "texelscope-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    file_ = folder_ / "cache" / "nearest.bin";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// Whether tables had to be made; they are right either way.
  bool made_anew() {
    bool made = false;
    const NearestTables loaded = load_nearest_tables(file_, [&](double) { return made = true; });
    EXPECT_EQ(loaded.two, tables().two);
    EXPECT_EQ(loaded.three, tables().three);
    return made;
  }

  std::filesystem::path folder_, file_;
};

TEST_F(AstcSnappingFile, IsWrittenOnceAndRead) {
  EXPECT_TRUE(made_anew());
  EXPECT_FALSE(made_anew());
}

TEST_F(AstcSnappingFile, ThatIsDamagedIsMadeAnew) {
  ASSERT_TRUE(made_anew());
  const auto whole = read_file(file_);
  auto cut = whole, changed = whole, other = whole;
  cut.resize(whole.size() / 2);
  changed[whole.size() - 100] ^= std::byte(1);
  other[8] ^= std::byte(1);  // of other patterns
  for (const auto& bytes : {cut, changed, other, std::vector<std::byte>{}}) {
    write_file(file_, bytes);
    EXPECT_TRUE(made_anew());
    EXPECT_EQ(read_file(file_), whole);
  }
}

TEST_F(AstcSnappingFile, ThatCannotBeWrittenIsDoneWithout) {
  write_file(folder_ / "cache", "a file where the folder would be");
  EXPECT_TRUE(made_anew());
}

}  // namespace
}  // namespace txs::astc
