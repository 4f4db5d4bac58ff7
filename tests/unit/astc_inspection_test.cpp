// What the inspector is told of a block's lines: they and their weights give every texel.
#include "codecs/astc/inspection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "../support/astc_random_blocks.h"
#include "codecs/astc/format.h"

namespace txs::astc {
namespace {

using codec::BlockInspection;
using codec::Subset;

std::optional<std::uint8_t> weight_on(const BlockInspection& block, std::size_t line, std::size_t texel) {
  const auto& own = block.subsets[line].indices;
  if (own.empty()) return block.subset_of[texel] == line ? std::optional(block.indices[texel]) : std::nullopt;
  return own[texel] != Subset::no_index ? std::optional(own[texel]) : std::nullopt;
}

/// Of the lines that a texel is on; each channel has one.
codec::Colour colour_of(const BlockInspection& block, std::size_t texel) {
  codec::Colour colour{-1, -1, -1, 1};
  for (std::size_t line = 0; line < block.subsets.size(); ++line) {
    const auto weight = weight_on(block, line, texel);
    for (std::size_t c = 0; weight && c < 4; ++c)
      if ((block.subsets[line].channels >> c & 1) != 0)
        colour[c] = std::lerp(block.subsets[line].low[c], block.subsets[line].high[c], float(*weight) / 64);
  }
  return colour;
}

TEST(AstcInspection, LinesAndWeightsGiveTheTexels) {
  std::size_t planes = 0, planes_and_partitions = 0, of_error = 0;
  for (const auto texture_format : {codec::TextureFormat::astc_4x4_unorm, codec::TextureFormat::astc_6x5_unorm,
                                    codec::TextureFormat::astc_12x12_unorm}) {
    const Footprint footprint = footprint_of(texture_format);
    const Rgba8Image picture{int(footprint.width), int(footprint.height), std::vector<std::uint8_t>(footprint.texels() * 4, 90)};
    RandomBlocks random(footprint, 7);
    for (int i = 0; i < 3000; ++i) {
      const auto bytes = random.next(RandomBits::legal);
      const Block block = parse_block(bytes, footprint);
      const BlockInspection told = inspect(bytes, texture_format, picture, 0, 0);
      if (block.kind != Block::Kind::lines) {
        EXPECT_TRUE(told.subsets.empty());
        continue;
      }
      ASSERT_EQ(told.subsets.size(), block.partitions * (block.grid.dual_plane ? 2 : 1));
      planes += block.grid.dual_plane;
      planes_and_partitions += block.grid.dual_plane && block.partitions > 1;
      for (std::uint32_t t = 0; t < footprint.texels(); ++t) {
        const codec::Colour colour = colour_of(told, t);
        of_error += told.decoded[t] == error_colour;
        // A texel's weight and its ends are rounded to 16 bits, and its byte is the upper one.
        for (std::size_t c = 0; c < 4; ++c) ASSERT_NEAR(colour[c] * 255, told.decoded[t][c], 1.01) << i << ", " << t;
      }
    }
  }
  EXPECT_GT(planes, 1000u);
  EXPECT_GT(planes_and_partitions, 100u);
  EXPECT_GT(of_error, 100u) << "texels between ends of HDR modes";
}

TEST(AstcInspection, TexelsBeyondTheEdgeAreNoneOfTheError) {
  std::array<std::byte, 16> bytes{};
  for (std::size_t i = 0; i < 16; ++i) bytes[i] = std::byte(i < 2 ? (i == 0 ? 0xfc : 0xfd) : 0xff);  // white
  const Rgba8Image picture{7, 5, std::vector<std::uint8_t>(7 * 5 * 4, 254)};
  const BlockInspection told = inspect(bytes, codec::TextureFormat::astc_6x6_unorm, picture, 1, 0);
  EXPECT_EQ(told.inside_width, 1u);
  EXPECT_EQ(told.inside_height, 5u);
  EXPECT_EQ(told.squared_error, 5 * 3) << "five texels, off by one in each channel";
}

}  // namespace
}  // namespace txs::astc
