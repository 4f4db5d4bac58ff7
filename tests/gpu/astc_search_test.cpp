// The ranked search of ASTC: what it says of itself is so, its picture only ever gets better, and it keeps to its parameters.
#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "block_encode_test.h"
#include "codecs/astc/astc.h"
#include "codecs/astc/astc_block.h"
#include "codecs/astc/format.h"
#include "codecs/astc/snapping.h"
#include "image/image.h"
#include "image/load.h"

namespace txs::astc {
namespace {

using codec::BlockInspection;

std::uint8_t byte_of(int value) { return std::uint8_t(std::clamp(value, 0, 255)); }

/// Gradients that run with and against each other, edges, and noise that grows from left to right. `alpha` has all of it,
/// nothing of it, and slopes.
Rgba8Image textured(int width, int height, bool alpha) {
  std::mt19937 random(17);
  Rgba8Image picture{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int strength = 1 + 40 * x / width, ramp = (x * 5 + y * 3) % 256;
      const auto noise = [&] { return int(random() % unsigned(2 * strength + 1)) - strength; };
      const bool beyond_edge = (x / 9 + y / 7) % 3 == 0;
      const std::array<std::uint8_t, 4> texel{byte_of(ramp + noise()),
                                              byte_of((beyond_edge ? 255 - ramp : 40 + ramp / 2) + noise()),
                                              byte_of((y * 7) % 256 + noise()),
                                              !alpha ? std::uint8_t(255) : byte_of(300 - 4 * ((3 * x + 5 * y) % 90) + noise())};
      picture.texels.insert(picture.texels.end(), texel.begin(), texel.end());
    }
  return picture;
}

Rgba8Image cut(const Rgba8Image& from, int left, int top, int width, int height) {
  Rgba8Image to{width, height, {}};
  for (int y = top; y < top + height; ++y) {
    const auto* row = from.texels.data() + (std::size_t(y) * std::size_t(from.width) + std::size_t(left)) * 4;
    to.texels.insert(to.texels.end(), row, row + std::size_t(width) * 4);
  }
  return to;
}

std::uint64_t squared_error(const codec::Texel& a, const codec::Texel& b) {
  std::uint64_t sum = 0;
  for (std::size_t c = 0; c < 4; ++c) sum += std::uint64_t((a[c] - b[c]) * (a[c] - b[c]));
  return sum;
}

/// A size of blocks, by the texels of one.
struct Size {
  const char* name;
  int width, height;
};
constexpr Size small{"4x4", 4, 4}, middling{"6x6", 6, 6}, large{"8x8", 8, 8}, largest{"12x12", 12, 12};

class AstcSearchTest : public BlockEncodeTest {
 protected:
  static std::unique_ptr<codec::Encode> start(const Rgba8Image& picture, const Values& values) {
    return BlockEncodeTest::start(kind(), source_of(device(), picture), values);
  }

  static codec::EncodedTexture encoded(const Rgba8Image& picture, const Values& values, std::uint64_t work = 1 << 18) {
    const auto encode = start(picture, values);
    run(*encode, work);
    return artifact(*encode);
  }
};

/// Blocks across and down.
std::pair<std::uint32_t, std::uint32_t> blocks_of(const Rgba8Image& picture, const Size& size) {
  return {std::uint32_t((picture.width + size.width - 1) / size.width),
          std::uint32_t((picture.height + size.height - 1) / size.height)};
}

std::uint64_t whole_error(const Rgba8Image& picture, const codec::EncodedTexture& texture) {
  const Rgba8Image decoded = decode_image(texture);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < picture.texels.size(); ++i) {
    const int off = picture.texels[i] - decoded.texels[i];
    sum += std::uint64_t(off * off);
  }
  return sum;
}

std::vector<Block> parsed(const codec::EncodedTexture& texture) {
  std::vector<Block> blocks;
  for (std::size_t at = 0; at < texture.blocks.size(); at += 16)
    blocks.push_back(parse_block(BlockBytes(&texture.blocks[at], 16), footprint_of(texture.format)));
  return blocks;
}

/// The kernels' error of each block is that of its bits by the CPU's decoder: of fits, ends, infill, ranges and packing none
/// may be off, and no loop may have ended early.
class AstcSearchErrors : public AstcSearchTest {
 protected:
  static void expect_true_errors(codec::Encode& encode, const Rgba8Image& picture, const Size& size) {
    const auto [wide, high] = blocks_of(picture, size);
    std::uint64_t better = 0;
    for (std::uint32_t y = 0; y < high; ++y)
      for (std::uint32_t x = 0; x < wide; ++x) {
        const BlockInspection block = inspected(encode, x, y);
        std::uint64_t error = 0;
        for (std::size_t t = 0; t < block.original.size(); ++t) error += squared_error(block.original[t], block.decoded[t]);
        ASSERT_LT(error, 1u << 24) << "floats count no further";
        ASSERT_EQ(block.gains.size(), 2u);
        ASSERT_EQ(block.gains[1].squared_error, double(error)) << x << ", " << y << ": " << block.mode;
        ASSERT_LE(block.gains[1].squared_error, block.gains[0].squared_error);
        better += block.gains[1].squared_error < block.gains[0].squared_error ? 1 : 0;
      }
    EXPECT_GT(better, wide * high / 2) << "the search is worth more than its first bits";
  }

  /// `wide` x `high` blocks, those at the far edges cut by a texel.
  static void expect_true_errors_of(const Size& size, const char* effort, int wide, int high, bool alpha) {
    SCOPED_TRACE(std::string(size.name) + ", " + effort + (alpha ? ", alpha" : ""));
    const Rgba8Image picture = textured(wide * size.width - 1, high * size.height - 1, alpha);
    const auto encode = start(picture, {{"block", size.name}, {"effort", effort}});
    run(*encode);
    expect_true_errors(*encode, picture, size);
    if (alpha) return;
    const Rgba8Image decoded = decode_image(artifact(*encode));
    for (std::size_t i = 3; i < decoded.texels.size(); i += 4) ASSERT_EQ(decoded.texels[i], 255);
  }
};

TEST_F(AstcSearchErrors, AreThoseOfTheBits) {
  for (const Size& size : {small, middling, largest})
    for (const char* effort : {"fast", "normal"}) expect_true_errors_of(size, effort, 8, 5, false);
}

TEST_F(AstcSearchErrors, AreThoseOfTheBitsWithAlpha) {
  for (const char* effort : {"fast", "normal"}) expect_true_errors_of(large, effort, 8, 5, true);
}

// These run the longest loops: those of eight different blocks, which lanes of a software device share.
TEST_F(AstcSearchErrors, AreThoseOfTheBitsWhateverTheEffort) {
  for (const Size& size : {small, largest})
    for (const char* effort : {"slow", "exhaustive"}) expect_true_errors_of(size, effort, 4, 2, false);
  expect_true_errors_of(large, "slow", 4, 2, true);
}

// Blocks that run together differ more where a picture does: two planes beside one, narrow grids beside wide ones.
TEST_F(AstcSearchErrors, AreThoseOfTheBitsOfAPhotograph) {
  const Rgba8Image leaf = to_rgba8(load_image(TEXELSCOPE_ASSETS "/samples/leaf.png"));
  for (const auto& [size, effort] : {std::pair{large, "normal"}, {largest, "slow"}}) {
    SCOPED_TRACE(std::string(size.name) + ", " + effort);
    const Rgba8Image band = cut(leaf, 64, 14 * 8, 16 * 8, 2 * size.height);
    const auto encode = start(band, {{"block", size.name}, {"effort", effort}});
    run(*encode);
    expect_true_errors(*encode, band, size);
  }
}

TEST_F(AstcSearchTest, EndpointModesDifferWhereEdgesOfACutOutAskForThem) {
  const Rgba8Image leaf = to_rgba8(load_image(TEXELSCOPE_ASSETS "/samples/leaf.png"));
  const codec::EncodedTexture bits = encoded(cut(leaf, 64, 96, 96, 48), {{"block", "6x6"}, {"effort", "slow"}});
  std::array<int, 5> differing{};  // blocks, by their partitions
  for (std::size_t at = 0; at < bits.blocks.size(); at += 16) {
    const Block block = parse_block(BlockBytes(std::span(bits.blocks).subspan(at, 16)), footprint_of(bits.format));
    const auto modes = std::span(block.modes).first(block.partitions);
    if (block.modes_may_differ && std::ranges::adjacent_find(modes, std::ranges::not_equal_to()) != modes.end())
      ++differing[block.partitions];
  }
  EXPECT_GT(differing[2], 5);
  EXPECT_GT(differing[3] + differing[4], 0);
}

// llvmpipe ends loops silently after 65535 rounds of any of the eight invocations that run together. A block alone takes fewer
// rounds than its eight do: where both give the same bits, none were cut short.
TEST_F(AstcSearchTest, ABlockAmongOthersGetsTheBitsThatItGetsAlone) {
  for (const auto& [size, alpha] : {std::pair{largest, false}, {largest, true}, {small, false}}) {
    SCOPED_TRACE(std::string(size.name) + (alpha ? ", alpha" : ""));
    const Values values{{"block", size.name}, {"effort", "exhaustive"}};
    const Rgba8Image picture = textured(8 * size.width, size.height, alpha);
    const codec::EncodedTexture together = encoded(picture, values);
    const codec::EncodedTexture alone = encoded(cut(picture, 7 * size.width, 0, size.width, size.height), values);
    EXPECT_TRUE(std::ranges::equal(alone.blocks, std::span(together.blocks).last(16)));
  }
}

TEST_F(AstcSearchTest, NeverGetsWorse) {
  for (const bool alpha : {false, true}) {
    const Rgba8Image picture = textured(48, 48, alpha);  // of whole blocks: others count texels beyond the edge, too
    const auto encode = start(picture, {{"block", alpha ? "8x8" : "6x6"}, {"effort", "normal"}});
    std::uint64_t first = 0, before = std::numeric_limits<std::uint64_t>::max();
    while (!encode->progress().done) {
      advance(*encode, 200);
      if (!encode->progress().whole) continue;
      const std::uint64_t error = whole_error(picture, artifact(*encode));
      if (first == 0) first = error;
      ASSERT_LE(error, before) << "stage " << encode->progress().step;
      before = error;
    }
    EXPECT_LT(before, first * 3 / 4) << "the error of all channels falls by more than a dB" << (alpha ? ", alpha" : "");
  }
}

TEST_F(AstcSearchTest, GivesTheSameBitsTwiceWhateverTheBudget) {
  const Rgba8Image picture = textured(61, 45, true);
  const Values values{{"block", "8x8"}, {"effort", "normal"}};
  const auto bits = encoded(picture, values).blocks;
  EXPECT_EQ(encoded(picture, values).blocks, bits);
  for (const std::uint64_t work : {1u, 700u}) EXPECT_EQ(encoded(picture, values, work).blocks, bits) << work << " units a time";
}

TEST_F(AstcSearchTest, BlocksOfOneColourAreVoidExtentsAndExact) {
  for (const bool alpha : {false, true}) {
    const Size& size = alpha ? large : small;
    Rgba8Image picture = textured(32, 16, alpha);
    for (int y = 0; y < picture.height; ++y)
      for (int x = 0; x < picture.width; ++x)
        std::copy_n(&picture.texels[std::size_t((y - y % size.height) * picture.width + x - x % size.width) * 4], 4,
                    &picture.texels[std::size_t(y * picture.width + x) * 4]);
    const codec::EncodedTexture texture = encoded(picture, {{"block", size.name}, {"effort", "fast"}});
    EXPECT_EQ(decode_image(texture).texels, picture.texels);
    for (const Block& block : parsed(texture)) EXPECT_EQ(block.kind, Block::Kind::void_extent);
  }
  for (const Block& block : parsed(encoded(textured(32, 16, false), {{"effort", "fast"}})))
    EXPECT_EQ(block.kind, Block::Kind::lines) << "of many colours";
}

/// How many of the blocks have so many partitions, and how many have two planes.
struct Kinds {
  std::array<int, 5> of_partitions{};
  int two_planes = 0;
};

Kinds kinds_of(const codec::EncodedTexture& texture) {
  Kinds kinds;
  for (const Block& block : parsed(texture)) {
    EXPECT_EQ(block.kind, Block::Kind::lines);
    ++kinds.of_partitions.at(block.partitions);
    kinds.two_planes += block.grid.dual_plane ? 1 : 0;
  }
  return kinds;
}

/// Blocks of 4x4 whose colours lie on 1, 2, 3 and 4 lines in turn, divided as some seed divides them: shades of a hue each.
Rgba8Image divided(int wide, int high) {
  constexpr std::array<std::array<int, 3>, 4> hues{{{250, 40, 30}, {30, 240, 60}, {40, 60, 250}, {240, 230, 40}}};
  std::mt19937 random(5);
  Rgba8Image picture{4 * wide, 4 * high, std::vector<std::uint8_t>(std::size_t(wide * high) * 64, 255)};
  for (int block = 0; block < wide * high; ++block) {
    const std::uint32_t partitions = std::uint32_t(block) % 4 + 1;
    const auto seeds = distinct_seeds(std::max(partitions, 2u), {4, 4});
    const PartitionMap map = pattern_of(seeds[random() % seeds.size()], partitions, {4, 4});
    for (int t = 0; t < 16; ++t) {
      const int x = block % wide * 4 + t % 4, y = block / wide * 4 + t / 4, shade = 40 + int(random() % 60);
      for (std::size_t c = 0; c < 3; ++c)
        picture.texels[std::size_t(y * picture.width + x) * 4 + c] = std::uint8_t(hues[map[std::size_t(t)]][c] * shade / 100);
    }
  }
  return picture;
}

TEST_F(AstcSearchTest, KeepsToTheLinesThatItIsAllowed) {
  const Rgba8Image picture = divided(8, 4);
  std::uint64_t before = std::numeric_limits<std::uint64_t>::max();
  for (std::uint32_t most = 1; most <= 4; ++most) {
    SCOPED_TRACE(std::to_string(most) + " lines");
    const codec::EncodedTexture texture =
        encoded(picture, {{"effort", "slow"}, {"partitions", std::to_string(most)}, {"two_planes", "off"}});
    const Kinds kinds = kinds_of(texture);
    EXPECT_EQ(kinds.two_planes, 0);
    for (std::uint32_t p = 1; p <= 4; ++p) {
      if (p > most) EXPECT_EQ(kinds.of_partitions[p], 0) << p << " lines";
      else EXPECT_GT(kinds.of_partitions[p], 2) << p << " lines: eight of the blocks have so many";
    }
    const std::uint64_t error = whole_error(picture, texture);
    EXPECT_LT(error, before);
    before = error;
  }
}

TEST_F(AstcSearchTest, GivesAChannelWeightsOfItsOwnWhereItMay) {
  const Rgba8Image picture = textured(48, 24, false);
  const auto two_planes = [&](const char* allowed) {
    return kinds_of(encoded(picture, {{"effort", "normal"}, {"two_planes", allowed}})).two_planes;
  };
  EXPECT_EQ(two_planes("off"), 0);
  EXPECT_GT(two_planes("on"), 0);
}

}  // namespace
}  // namespace txs::astc
