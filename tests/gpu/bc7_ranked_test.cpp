// The ranked search of all modes: what it says of itself is so, and its picture only ever gets better.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "bc7_search_support.h"
#include "core/error.h"
#include "codecs/bc7/bc7.h"
#include "codecs/bc7/bc7_block.h"
#include "codecs/bc7/ranked_encode.h"
#include "codecs/bc7/reference/ranked.h"

namespace txs::bc7 {
namespace {

Values ranked(const Values& more = {}) {
  Values values{{"search", "ranked"}, {"effort", "fast"}};
  values.insert(values.end(), more.begin(), more.end());
  return values;
}

Values only_mode(int mode) {
  static const char* const keys[]{"mode0", "mode1", "mode2", "mode3", "mode4", "mode5", "mode6", "mode7"};
  Values values = ranked();
  for (int m = 0; m < 8; ++m) values.emplace_back(keys[m], m == mode ? "on" : "off");
  return values;
}

int texel_error(const Texel& a, const Texel& b) {
  int sum = 0;
  for (std::size_t c = 0; c < 4; ++c) sum += (a[c] - b[c]) * (a[c] - b[c]);
  return sum;
}

class Bc7Ranked : public Bc7SearchTest {
 protected:
  static std::vector<std::byte> bytes_of_run(const Rgba8Image& picture, const Values& values) {
    const auto encode = start(picture, with(values));
    run(*encode);
    return artifact(*encode).blocks;
  }

  static std::unique_ptr<codec::Encode> start_tiled(const Rgba8Image& picture, std::uint32_t tile_blocks) {
    auto encode = start_ranked(device(), source_of(picture), with(ranked()), 1, tile_blocks);
    wait_until_ready(*encode);
    return encode;
  }
};

TEST_F(Bc7Ranked, NeverGetsWorseAndStaysOpaque) {
  const Rgba8Image picture = test_picture(61, 45, Content::opaque);
  const auto encode = start(picture, with(ranked()));
  std::uint64_t before = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t first = 0;
  while (!encode->progress().done) {
    advance(*encode, {2000, Pace::watch});
    if (!encode->progress().whole) continue;
    const Rgba8Image now = decoded(*encode, 61, 45);
    for (std::size_t i = 3; i < now.texels.size(); i += 4) ASSERT_EQ(now.texels[i], 255);
    const std::uint64_t error = squared_error(picture, now);
    if (first == 0) first = error;
    ASSERT_LE(error, before) << "step " << encode->progress().step;
    before = error;
  }
  EXPECT_LT(before, first / 2) << "all modes are worth 3 dB over mode 6 here";
  EXPECT_TRUE(artifact(*encode).opaque);
}

TEST_F(Bc7Ranked, OpaqueBlocksOfATransparentPictureStayOpaque) {
  const Rgba8Image picture = test_picture(64, 64, Content::alpha);
  const auto encode = start(picture, with(ranked()));
  run(*encode);
  for (std::uint32_t y = 0; y < 16; ++y)
    for (std::uint32_t x = 0; x < 16; ++x) {
      const codec::BlockInspection block = inspect(*encode, x, y);
      const auto opaque = [](const Texel& texel) { return texel[3] == 255; };
      if (!std::ranges::all_of(block.original, opaque)) continue;
      EXPECT_TRUE(std::ranges::all_of(block.decoded, opaque)) << block.mode;
    }
}

// The first bits are of mode 6; what a mode alone finds better replaces them. Its packing, its errors, its indices.
TEST_F(Bc7Ranked, EveryModeEncodesWhatItSays) {
  for (const Content content : {Content::opaque, Content::alpha}) {
    const Rgba8Image picture = test_picture(48, 48, content);
    for (int mode = 0; mode < 8; ++mode) {
      SCOPED_TRACE("mode " + std::to_string(mode) + (content == Content::alpha ? ", alpha" : ""));
      const auto encode = start(picture, with(only_mode(mode)));
      run(*encode);
      for (std::uint32_t y = 0; y < 12; ++y)
        for (std::uint32_t x = 0; x < 12; ++x) {
          const codec::BlockInspection block = inspect(*encode, x, y);
          ASSERT_EQ(block.mode, "mode " + std::to_string(mode));
          int error = 0;
          for (std::size_t t = 0; t < 16; ++t) error += texel_error(block.original[t], block.decoded[t]);
          ASSERT_FALSE(block.gains.empty());
          EXPECT_EQ(block.gains.back().squared_error, error) << x << ", " << y << ": " << block.gains.back().name;
        }
    }
  }
}

TEST_F(Bc7Ranked, RefusesToWorkWithoutAnyMode) {
  EXPECT_THROW(start(test_picture(8, 8, Content::opaque), with(only_mode(8))), Error);
}

TEST_F(Bc7Ranked, IndicesAreAsGoodAsAnyWouldBe) {
  const Rgba8Image picture = test_picture(64, 64, Content::opaque);
  const auto encode = start(picture, with(ranked()));
  run(*encode);
  double found = 0, best = 0;
  for (std::uint32_t y = 0; y < 16; ++y)
    for (std::uint32_t x = 0; x < 16; ++x) {
      const codec::EncodedTexture texture = artifact(*encode);
      const Block block = parse_block(BlockBytes(&texture.blocks[(y * 16 + x) * block_bytes], block_bytes));
      const auto texels = decode_texels(block);
      for (std::size_t t = 0; t < 16; ++t) {
        const Texel original = picture.at(int(4 * x + t % 4), int(4 * y + t / 4));
        int least = std::numeric_limits<int>::max();
        for (const Texel& entry : palette(block, block.subset_of[t]))
          least = std::min(least, texel_error(original, entry));
        found += texel_error(original, texels[t]);
        best += least;
      }
    }
  EXPECT_LE(found, best * 1.002) << "of the entries only the two on either side of the projection are compared";
}

TEST_F(Bc7Ranked, TheTraceIsWhatTheSearchDid) {
  const Rgba8Image picture = test_picture(40, 40, Content::opaque);
  const auto encode = start(picture, with(ranked()));
  while (!encode->progress().whole) advance(*encode, {1 << 20, Pace::rush});
  EXPECT_TRUE(inspect(*encode, 3, 3).candidates.empty()) << "nothing was ranked yet";
  run(*encode);
  for (std::uint32_t i = 0; i < 10; ++i) {
    const codec::BlockInspection block = inspect(*encode, i, (3 * i) % 10);
    ASSERT_FALSE(block.candidates.empty());
    EXPECT_EQ(std::ranges::count_if(block.candidates, &codec::Candidate::chosen), 1);
    for (std::size_t g = 1; g < block.gains.size(); ++g)
      EXPECT_LT(block.gains[g].squared_error, block.gains[g - 1].squared_error);
    for (const codec::Candidate& candidate : block.candidates) {
      if (candidate.squared_error < 0) continue;
      // Lists keep 14 bits of an error.
      EXPECT_GE(candidate.squared_error * 1.001 + 1, block.gains.back().squared_error) << candidate.name;
      if (!candidate.chosen) continue;
      EXPECT_TRUE(candidate.name == block.mode || candidate.name.starts_with(block.mode + ",")) << candidate.name;
    }
  }
}

reference::BlockTexels texels_of(const codec::BlockInspection& block) {
  reference::BlockTexels texels;
  std::ranges::copy(block.original, texels.begin());
  return texels;
}

/// "mode 1, partition 13" and the like.
reference::Candidate parsed(const std::string& name) {
  reference::Candidate candidate{name[5] - '0', 0};
  const auto at = name.find("partition ");
  if (at != std::string::npos) candidate.shape = std::stoi(name.substr(at + 10));
  const std::array<const char*, 4> apart{"alpha", "red", "green", "blue"};
  for (int rotation = 0; rotation < 4; ++rotation)
    if (name.find(apart[std::size_t(rotation)]) != std::string::npos)
      candidate.shape = candidate.mode == 4 ? 2 * rotation + name.ends_with("2 bits") : rotation;
  return candidate;
}

// In double precision on the CPU. Floats round some axes and ties the other way: single candidates differ by what one
// refit more or less is worth.
TEST_F(Bc7Ranked, EstimatesAndTrialsAreThoseOfTheReference) {
  for (const Content content : {Content::opaque, Content::alpha}) {
    const Rgba8Image picture = test_picture(48, 48, content);
    const auto encode = start(picture, with(ranked({{"effort", "normal"}})));
    const auto trials = 1 + 8 * std::uint64_t(8);  // ranking, eight slots of eight modes
    while (advance(*encode, {1 << 20, Pace::rush, trials}).work > 0) continue;
    double tried = 0, expected = 0;
    int candidates = 0, far = 0;
    for (std::uint32_t y = 0; y < 12; ++y)
      for (std::uint32_t x = 0; x < 12; ++x) {
        const codec::BlockInspection block = inspect(*encode, x, y);
        for (const codec::Candidate& candidate : block.candidates) {
          const reference::Candidate number = parsed(candidate.name);
          // The eighth root of a sum of eighth powers is at most a part in 11 above the largest.
          const double estimate = reference::estimated_error(texels_of(block), number);
          if (number.mode != 4 && number.mode != 5) {
            EXPECT_LE(candidate.estimate, estimate * 1.001 + 1) << candidate.name;
            EXPECT_GE(candidate.estimate, estimate * 0.7 - 1) << candidate.name;
          }
          if (candidate.squared_error < 0) continue;
          const double error = reference::refitted_error(texels_of(block), number, 2);
          tried += candidate.squared_error;
          expected += error;
          ++candidates;
          far += std::abs(candidate.squared_error - error) > 0.02 * error + 2;
        }
      }
    EXPECT_GT(candidates, 400);
    EXPECT_NEAR(tried / expected, 1, 0.003);
    EXPECT_LT(far, candidates / 20);
  }
}

// Every texel, from the lines and indices that the inspector is given.
TEST_F(Bc7Ranked, LinesOfABlockGiveItsTexels) {
  const Rgba8Image picture = test_picture(32, 32, Content::alpha);
  for (const int mode : {4, 5, 1}) {
    const auto encode = start(picture, with(only_mode(mode)));
    run(*encode);
    for (std::uint32_t i = 0; i < 64; ++i) {
      const codec::BlockInspection block = inspect(*encode, i % 8, i / 8);
      for (std::size_t t = 0; t < 16; ++t)
        for (std::size_t s = 0; s < block.subsets.size(); ++s) {
          const codec::Subset& line = block.subsets[s];
          if (line.indices.empty() && block.subset_of[t] != s) continue;
          const codec::Colour& entry = line.palette.at(line.indices.empty() ? block.indices[t] : line.indices[t]);
          for (std::size_t c = 0; c < 4; ++c)
            ASSERT_TRUE((line.channels >> c & 1) == 0 || std::lround(entry[c] * 255) == block.decoded[t][c])
                << block.mode;
        }
    }
  }
}

TEST_F(Bc7Ranked, BudgetsAndTilesGiveTheSameBytes) {
  const Rgba8Image picture = test_picture(130, 70, Content::opaque);
  const auto expected = bytes_of_run(picture, ranked());
  EXPECT_EQ(bytes_of_run(picture, ranked()), expected) << "the same again";
  const auto small_budget = start(picture, with(ranked()));
  run(*small_budget, {3000, Pace::watch});
  EXPECT_EQ(artifact(*small_budget).blocks, expected);
  for (const std::uint32_t tile_blocks : {128u, 300u}) {
    const auto encode = start_tiled(picture, tile_blocks);
    run(*encode);
    EXPECT_EQ(artifact(*encode).blocks, expected) << tile_blocks << " blocks a tile";
  }
}

TEST_F(Bc7Ranked, StopsAtAStepAndGoesOn) {
  const Rgba8Image picture = test_picture(60, 60, Content::opaque);
  const auto encode = start(picture, with(ranked()));
  while (advance(*encode, {1 << 20, Pace::rush, 9}).work > 0) continue;
  EXPECT_EQ(encode->progress().step, 9u);
  EXPECT_FALSE(encode->progress().done);
  run(*encode);
  EXPECT_EQ(artifact(*encode).blocks, bytes_of_run(picture, ranked()));
}

TEST_F(Bc7Ranked, MoreEffortAndBetterRefinersGiveLessError) {
  const Rgba8Image picture = test_picture(64, 64, Content::opaque);
  const auto error_of = [&](const Values& values) {
    const auto encode = start(picture, with(values));
    run(*encode);
    return squared_error(picture, decoded(*encode, 64, 64));
  };
  const auto fast = error_of(ranked());
  const auto rounded = error_of(ranked({{"refiner", "none"}}));
  const auto fitted = error_of(ranked({{"refiner", "least_squares"}}));
  EXPECT_LT(fitted, rounded);
  const auto normal = error_of(ranked({{"effort", "normal"}}));
  EXPECT_LT(normal, fast);
  const auto without_steps = error_of(ranked({{"effort", "normal"}, {"refiner", "least_squares"}}));
  EXPECT_LT(normal, without_steps);
  EXPECT_LT(error_of(ranked({{"effort", "normal"}, {"refiner", "nelder_mead"}})), without_steps);
}

TEST_F(Bc7Ranked, AWeightedChannelErrsLess) {
  const Rgba8Image picture = test_picture(64, 64, Content::opaque);
  const auto error_of_red = [&](const Values& values) {
    const auto encode = start(picture, with(values));
    run(*encode);
    const Rgba8Image now = decoded(*encode, 64, 64);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < now.texels.size(); i += 4) {
      const int difference = int(now.texels[i]) - int(picture.texels[i]);
      sum += std::uint64_t(difference * difference);
    }
    return sum;
  };
  EXPECT_LT(error_of_red(ranked({{"weight_red", "8"}})), error_of_red(ranked()) * 2 / 3);
}

}  // namespace
}  // namespace txs::bc7
