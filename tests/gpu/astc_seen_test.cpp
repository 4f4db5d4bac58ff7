// What can be seen of ASTC's blocks: maps of their headers, and what the search tells of its candidates.
#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "../support/astc_random_blocks.h"
#include "block/adopted_encode.h"
#include "block_encode_test.h"
#include "codecs/astc/astc.h"
#include "codecs/astc/endpoints.h"
#include "codecs/astc/format.h"
#include "image/image.h"
#include "shaders/interop/astc_format.h"

namespace txs::astc {
namespace {

class AstcSeenTest : public BlockEncodeTest {
 protected:
  /// Of each view, as its legend names them, row-major; "" where there is no value.
  static std::map<std::string, std::vector<std::string>> maps_of(const codec::EncodedTexture& texture) {
    const bool hdr = codec::traits(texture.format).hdr;
    const auto target = std::make_shared<gpu::Texture>(device(), hdr ? gpu::Format::rgba16f : gpu::Format::rgba8,
                                                       texture.width, texture.height, "decoded");
    const codec::Source source{.texture = target, .light_texture = target};  // of which the size is taken
    const auto decoder = block::adopt(device(), source, texture, format(texture.format));
    while (!decoder->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    gpu::Recorder recorder(device());
    decoder->decode(recorder, *target);
    device().submit(std::move(recorder));
    std::map<std::string, std::vector<std::string>> maps;
    for (const codec::View& view : decoder->views()) {
      for (const float value : values_of<float>(device().download(*view.texture))) {
        const bool none = value < 0, named = view.kind == codec::View::Kind::categorical;
        maps[view.id].push_back(none ? "" : named ? view.categories.at(std::size_t(value)) : std::to_string(int(value)));
      }
    }
    return maps;
  }

  static std::string division_of(const Block& block) {
    if (block.kind == Block::Kind::error) return "illegal";
    if (block.kind == Block::Kind::void_extent) return "one colour";
    if (block.grid.dual_plane) return "two planes";
    return std::to_string(block.partitions) + (block.partitions == 1 ? " line" : " lines");
  }

  static std::string ends_of(const Block& block) {
    for (std::uint32_t p = 1; p < block.partitions; ++p)
      if (block.modes[p] != block.modes[0]) return "several";
    return block.profile == Profile::ldr && is_hdr(block.modes[0]) ? "HDR" : endpoint_mode_short_name(block.modes[0]);
  }
};

constexpr std::uint32_t side = 64;  // blocks

TEST_F(AstcSeenTest, MapsSayWhatTheHeadersSay) {
  std::set<std::string> grids, ends;
  for (const Footprint& footprint : footprints) {
    for (const Profile profile : {Profile::ldr, Profile::hdr}) {
      SCOPED_TRACE(size_name(footprint) + (profile == Profile::hdr ? ", light" : ""));
      codec::EncodedTexture texture;
      texture.format = texture_format(footprint, profile, false);
      texture.width = side * footprint.width;
      texture.height = side * footprint.height;
      texture.blocks.resize(std::size_t(side) * side * 16);
      RandomBlocks random(footprint, 3 + footprint.texels());
      fill_with_random(texture.blocks, random);
      const auto maps = maps_of(texture);
      for (std::size_t b = 0; b < std::size_t(side) * side; ++b) {
        const Block block = parse_block(BlockBytes(&texture.blocks[b * 16], 16), footprint, profile);
        const bool lines = block.kind == Block::Kind::lines;
        const auto expect = [&](const char* map, const std::string& value) {
          ASSERT_EQ(maps.at(map)[b], lines ? value : "") << map << " of block " << b;
        };
        ASSERT_EQ(maps.at("division")[b], division_of(block)) << "of block " << b;
        ASSERT_NO_FATAL_FAILURE(expect("grid", std::to_string(block.grid.width) + "x" + std::to_string(block.grid.height)));
        ASSERT_NO_FATAL_FAILURE(expect("points", std::to_string(block.grid.count())));
        ASSERT_NO_FATAL_FAILURE(expect("levels", std::to_string(interop::astc_ranges[block.grid.range].levels)));
        ASSERT_NO_FATAL_FAILURE(expect("ends", lines ? ends_of(block) : ""));
        ASSERT_NO_FATAL_FAILURE(expect("colour_levels", std::to_string(interop::astc_ranges[block.colour_range].levels)));
        grids.insert(maps.at("grid")[b]);
        ends.insert(maps.at("ends")[b]);
      }
    }
  }
  EXPECT_EQ(grids.size(), 88u) << "every grid there is, and none";
  EXPECT_EQ(ends.size(), 19u) << "every endpoint mode, HDR ones in the LDR profile, several, and none";
}

/// Slopes that cross, an edge, and a little noise.
Rgba8Image picture_of(int width, int height, bool alpha) {
  Rgba8Image picture{width, height, {}};
  std::uint32_t noise = 1;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      noise = noise * 1664525u + 1013904223u;
      const int grain = int(noise >> 28), edge = (x + 2 * y) % 23 < 9 ? 90 : 0;
      const int values[4] = {3 * x + edge + grain, 4 * y + grain, 200 - 2 * x + edge, alpha ? 5 * (x % 50) : 255};
      for (const int value : values) picture.texels.push_back(std::uint8_t(std::clamp(value, 0, 255)));
    }
  return picture;
}

class AstcCandidatesTest : public AstcSeenTest {
 protected:
  void start(const Rgba8Image& picture, const char* block, const char* effort, const char* search = "ranked") {
    encode_ = BlockEncodeTest::start(kind(), source_of(device(), picture),
                                     {{"block", block}, {"effort", effort}, {"search", search}});
  }
  void finish() { run(*encode_); }
  codec::BlockInspection inspected(std::uint32_t x, std::uint32_t y) { return BlockEncodeTest::inspected(*encode_, x, y); }

  std::unique_ptr<codec::Encode> encode_;
};

double error_of(const codec::BlockInspection& block) {
  double error = 0;
  for (std::size_t t = 0; t < block.original.size(); ++t)
    for (std::size_t c = 0; c < 4; ++c) {
      const double off = double(block.original[t][c]) - double(block.decoded[t][c]);
      error += off * off;
    }
  return error;
}

TEST_F(AstcCandidatesTest, AreListedWithWhatTheyReached) {
  for (const auto& [size, effort, alpha] : {std::tuple{"4x4", "normal", false}, {"6x6", "slow", true}}) {
    SCOPED_TRACE(size);
    start(picture_of(48, 48, alpha), size, effort);
    EXPECT_TRUE(inspected(0, 0).candidates.empty()) << "nothing is known before the search";
    finish();
    std::size_t chosen_blocks = 0, losers = 0;
    for (std::uint32_t b = 0; b < 8; ++b) {
      const codec::BlockInspection block = inspected(b, 7 - b);
      ASSERT_GT(block.candidates.size(), 3u);
      ASSERT_TRUE(std::ranges::is_sorted(block.candidates, {}, &codec::Candidate::estimate));
      const auto chosen = std::ranges::find(block.candidates, true, &codec::Candidate::chosen);
      ASSERT_LE(std::ranges::count(block.candidates, true, &codec::Candidate::chosen), 1);
      for (const codec::Candidate& candidate : block.candidates) {
        if (candidate.squared_error < 0) continue;
        ASSERT_GE(candidate.squared_error, error_of(block)) << candidate.name;
        if (!candidate.chosen) ++losers;
      }
      if (chosen == block.candidates.end()) continue;  // its first bits were best
      ++chosen_blocks;
      ASSERT_EQ(chosen->squared_error, error_of(block)) << chosen->name;
    }
    EXPECT_GE(chosen_blocks, 5u);
    EXPECT_GE(losers, 16u);
  }
}

TEST_F(AstcCandidatesTest, ADescentTellsItsBlocksGains) {
  start(picture_of(31, 27, false), "6x6", "fast", "descent");
  finish();
  for (std::uint32_t b = 0; b < 5; ++b) {
    const codec::BlockInspection block = inspected(b, b);
    ASSERT_EQ(block.gains.size(), 2u);
    ASSERT_EQ(block.gains[1].squared_error, error_of(block)) << "block " << b;
    ASSERT_GE(block.gains[0].squared_error, block.gains[1].squared_error);
    ASSERT_FALSE(block.descents.empty());
  }
}

}  // namespace
}  // namespace txs::astc
