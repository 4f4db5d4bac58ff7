// However a search is driven, and by whichever kernel, the same bytes come out; what the trace shows is what was done.
#include <cmath>
#include <span>

#include "bc7_search_support.h"
#include "codecs/bc7/bc7_block.h"
#include "codecs/bc7/reference/search.h"

namespace txs::bc7 {
namespace {

class Bc7SearchPace : public Bc7SearchTest {
 protected:
  static std::vector<std::byte> bytes_by_rush(const Rgba8Image& picture, const Values& values) {
    const auto encode = start(picture, with(values));
    run(*encode);
    return artifact(*encode).blocks;
  }
};

const std::vector<Values> methods{
    {}, {{"objective", "relaxed"}, {"init", "published"}}, {{"alpha", "channel"}, {"refit", "off"}}};

TEST_F(Bc7SearchPace, TwoRunsGiveTheSameBytes) {
  const Rgba8Image picture = test_picture(61, 67, Content::alpha);
  for (const Values& values : methods) EXPECT_EQ(bytes_by_rush(picture, values), bytes_by_rush(picture, values));
}

TEST_F(Bc7SearchPace, EveryPaceAndBudgetGivesTheSameBytes) {
  const Rgba8Image picture = test_picture(130, 70, Content::opaque);
  for (const Values& values : methods) {
    const auto expected = bytes_by_rush(picture, values);
    for (const char* iterations : {"1", "5", "64"})
      for (const std::uint64_t work : {std::uint64_t(1), std::uint64_t(3000), std::uint64_t(1) << 40}) {
        if (work == 1 && std::string_view(iterations) == "1") continue;  // thousands of submissions, nothing new
        Values stepped = values;
        stepped.emplace_back("iterations_per_frame", iterations);
        const auto encode = start(picture, with(stepped));
        run(*encode, {work, Pace::watch});
        EXPECT_EQ(artifact(*encode).blocks, expected) << iterations << " iterations a frame, budget " << work;
      }
  }
}

TEST_F(Bc7SearchPace, TilesAndChangesOfPaceGiveTheSameBytes) {
  const Rgba8Image picture = test_picture(130, 70, Content::opaque);
  const auto expected = bytes_by_rush(picture, {});
  for (const std::uint32_t tile_blocks : {64u, 100u, 512u}) {
    const auto encode = start(picture, with({{"iterations_per_frame", "7"}}), tile_blocks);
    for (int i = 0; !encode->progress().done; ++i) advance(*encode, {5000, i % 3 == 2 ? Pace::rush : Pace::watch});
    EXPECT_EQ(artifact(*encode).blocks, expected) << tile_blocks;
  }
}

TEST_F(Bc7SearchPace, AStopOnTheWayChangesNothing) {
  const Rgba8Image picture = test_picture(40, 40, Content::opaque);
  const auto expected = bytes_by_rush(picture, {});
  for (const Pace pace : {Pace::watch, Pace::rush}) {
    const auto encode = start(picture, with({}));
    while (advance(*encode, {1 << 20, pace, 9}).work > 0) continue;
    EXPECT_EQ(encode->progress().step, 9u);
    EXPECT_FALSE(encode->progress().done);
    run(*encode, {1 << 20, pace});
    EXPECT_EQ(artifact(*encode).blocks, expected);
  }
}

TEST_F(Bc7SearchPace, MoreIterationsWhileItRunsAreAsIfPlannedFromTheStart) {
  const Rgba8Image picture = test_picture(40, 40, Content::opaque);
  const Values longer{{"max_iterations", "90"}, {"objective", "relaxed"}};
  const auto expected = bytes_by_rush(picture, longer);
  const auto encode = start(picture, with({{"max_iterations", "30"}, {"objective", "relaxed"}}));
  while (encode->progress().step < 20) advance(*encode, {1 << 20, Pace::watch});
  encode->set_live(with(longer));
  run(*encode, {1 << 20, Pace::watch});
  EXPECT_EQ(encode->progress().step, 90u);
  EXPECT_EQ(artifact(*encode).blocks, expected);
}

TEST_F(Bc7SearchPace, AFinishedSearchGoesOnWithoutLoss) {
  const Rgba8Image picture = test_picture(40, 40, Content::opaque);
  for (const Pace pace : {Pace::watch, Pace::rush}) {
    const auto encode = start(picture, with({{"objective", "relaxed"}}));
    run(*encode, {1 << 20, pace});
    const auto before = squared_error(picture, decode_image(artifact(*encode)));
    const double relaxed_before = relaxed_psnr(*encode);
    encode->set_live(with({{"objective", "relaxed"}, {"max_iterations", "256"}}));
    EXPECT_FALSE(encode->progress().done);
    run(*encode, {1 << 20, pace});
    EXPECT_EQ(encode->progress().step, 256u);
    EXPECT_LE(squared_error(picture, decode_image(artifact(*encode))), before);
    EXPECT_GT(relaxed_psnr(*encode), relaxed_before);

    encode->set_live(with({{"objective", "relaxed"}, {"max_iterations", "10"}}));
    run(*encode, {1 << 20, pace});
    EXPECT_TRUE(encode->progress().done);
  }
}

TEST_F(Bc7SearchPace, TheErrorNeverRises) {
  const Rgba8Image picture = test_picture(64, 48, Content::alpha);
  for (const Values& values : methods) {
    const auto encode = start(picture, with(values));
    while (encode->progress().step == 0) advance(*encode, {1 << 20, Pace::watch});
    const std::uint64_t first = squared_error(picture, decoded(*encode, 64, 48));
    std::uint64_t last = first;
    while (!encode->progress().done) {
      advance(*encode, {2000, Pace::watch});
      const std::uint64_t now = squared_error(picture, decoded(*encode, 64, 48));
      ASSERT_LE(now, last) << "at step " << encode->progress().step;
      last = now;
    }
    EXPECT_LT(last, first);
  }
}

/// Where the search of a block stands, by its trace.
reference::Ends best_vertex(const codec::BlockInspection& block) {
  if (block.search) {
    const auto& p = block.search->iterations.back().vertices[0];
    return {{p[0], p[1], p[2], p[3]}, {p[4], p[5], p[6], p[7]}};
  }
  const auto &low = block.initial_low, &high = block.initial_high;
  return {{low[0], low[1], low[2], low[3]}, {high[0], high[1], high[2], high[3]}};
}

// The sum over all blocks of the exact integer error of the vertex where each trace ends must be that of the vertices
// where the search ended: `figures` counts those.
TEST_F(Bc7SearchPace, TheTraceEndsWhereTheSearchEnded) {
  const Rgba8Image picture = test_picture(64, 64, Content::opaque);
  for (const Values& values : methods)
    for (const Pace pace : {Pace::watch, Pace::rush})
      for (const std::uint64_t stop : {1, 11, 64}) {
        const auto encode = start(picture, with(values));
        while (advance(*encode, {1 << 20, pace, stop}).work > 0) continue;
        std::uint64_t error = 0;
        for (std::uint32_t y = 0; y < 16; ++y)
          for (std::uint32_t x = 0; x < 16; ++x) {
            const codec::BlockInspection block = inspect(*encode, x, y);
            if (block.search) {
              ASSERT_LE(block.search->iterations.size(), stop + 1);
            }
            const reference::Texels texels = reference::load_texels(picture, int(x), int(y));
            error += reference::relaxed_rounded_error(texels, best_vertex(block), 0xffff);
          }
        const double psnr = 10 * std::log10(65025.0 * 3 * 64 * 64 / double(error));
        EXPECT_NEAR(relaxed_psnr(*encode), psnr, device().is_cpu() ? 1e-12 : 1e-3) << "stopped at " << stop;
      }
}

// Without a finish, a block's bits are the best of its first bits and all points tried: the trace tried the same.
TEST_F(Bc7SearchPace, TheBitsAreThoseOfTheTrace) {
  const Rgba8Image picture = test_picture(64, 64, Content::opaque);
  for (const Pace pace : {Pace::watch, Pace::rush}) {
    const auto encode = start(picture, with({{"refit", "off"}}));
    run(*encode, {1 << 20, pace});
    int searched = 0;
    for (std::uint32_t y = 0; y < 16; ++y)
      for (std::uint32_t x = 0; x < 16; ++x) {
        const codec::BlockInspection block = inspect(*encode, x, y);
        if (!block.search) continue;
        ++searched;
        EXPECT_FLOAT_EQ(float(block.squared_error) / 65025.0f, block.search->iterations.back().losses[0]);
      }
    EXPECT_GT(searched, 100);
  }
}

}  // namespace
}  // namespace txs::bc7
