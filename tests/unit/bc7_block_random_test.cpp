// What must hold for every block, on random ones of every mode.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "../support/bc7_random_blocks.h"
#include "codecs/bc7/bc7_block.h"
#include "core/error.h"
#include "shaders/interop/bc7_tables.h"

namespace txs::bc7 {
namespace {

constexpr int blocks_of_each_kind = 5000;

template <typename Check>
void for_random_blocks(Check check) {
  std::mt19937_64 generator(7);
  for (int kind = 0; kind < test::bc7_block_kinds; ++kind) {
    for (int i = 0; i < blocks_of_each_kind; ++i) {
      check(kind, test::random_bc7_block(generator, kind));
      if (testing::Test::HasFailure()) FAIL() << "kind " << kind << ", block " << i;
    }
  }
}

TEST(Bc7RandomBlocks, HaveTheModeOfTheirKind) {
  for_random_blocks([](int kind, const auto& bytes) { ASSERT_EQ(parse_block(bytes).mode, kind); });
}

TEST(Bc7RandomBlocks, FieldsTileAllBits) {
  for_random_blocks([](int, const auto& bytes) {
    std::array<std::byte, block_bytes> rebuilt{};
    std::uint32_t next_bit = 0;
    for (const codec::BitField& field : bit_fields(bytes)) {
      ASSERT_EQ(field.first_bit, next_bit) << field.name;
      ASSERT_GT(field.bit_count, 0u);
      for (std::uint32_t i = 0; i < field.bit_count; ++i, ++next_bit) {
        if (field.value >> i & 1) rebuilt[next_bit / 8] |= std::byte(1u << next_bit % 8);
      }
    }
    ASSERT_EQ(next_bit, 128u);
    ASSERT_EQ(rebuilt, bytes);
  });
}

TEST(Bc7RandomBlocks, TexelsAreEntriesOfTheirPalette) {
  for_random_blocks([](int, const auto& bytes) {
    const Block block = parse_block(bytes);
    const auto texels = decode_texels(block);
    std::vector<std::vector<Texel>> palettes;
    for (int subset = 0; subset < std::max(block.subsets, 1); ++subset) palettes.push_back(palette(block, subset));
    for (int t = 0; t < block_texels; ++t) {
      ASSERT_EQ(texels[t], palettes[block.subset_of[t]].at(palette_index(block, t)));
    }
  });
}

TEST(Bc7Tables, AnchorsLieInTheirSubset) {
  for (std::size_t p = 0; p < 64; ++p) {
    EXPECT_EQ(interop::bc7_partitions2[p] & 1, 0u) << p;
    EXPECT_EQ(interop::bc7_partitions2[p] >> interop::bc7_anchors2[p] & 1, 1u) << p;
    EXPECT_EQ(interop::bc7_partitions3[p] & 3, 0u) << p;
    EXPECT_EQ(interop::bc7_partitions3[p] >> 2 * interop::bc7_anchors3_second[p] & 3, 1u) << p;
    EXPECT_EQ(interop::bc7_partitions3[p] >> 2 * interop::bc7_anchors3_third[p] & 3, 2u) << p;
    EXPECT_EQ(interop::bc7_partitions3[p] & interop::bc7_partitions3[p] >> 1 & 0x55555555u, 0u) << p << ": a subset 3";
  }
}

codec::EncodedTexture random_texture(std::uint32_t width, std::uint32_t height) {
  codec::EncodedTexture texture;
  texture.width = width;
  texture.height = height;
  texture.blocks = test::random_bc7_blocks(codec::payload_bytes(texture.format, width, height) / block_bytes, 3);
  return texture;
}

TEST(Bc7Image, TexelsComeFromTheirBlock) {
  for (const auto& [width, height] : {std::pair{1u, 1u}, {3u, 5u}, {13u, 7u}, {64u, 4u}, {4u, 64u}}) {
    const codec::EncodedTexture texture = random_texture(width, height);
    const Rgba8Image image = decode_image(texture);
    ASSERT_EQ(image.width, int(width));
    ASSERT_EQ(image.height, int(height));
    const std::uint32_t blocks_wide = (width + 3) / 4;
    for (std::uint32_t y = 0; y < height; ++y) {
      for (std::uint32_t x = 0; x < width; ++x) {
        const std::size_t block = y / 4 * blocks_wide + x / 4;
        std::array<Texel, block_texels> texels;
        decode_block(BlockBytes(&texture.blocks[block * block_bytes], block_bytes), texels);
        ASSERT_EQ(image.at(int(x), int(y)), texels[y % 4 * 4 + x % 4]) << x << ", " << y;
      }
    }
  }
}

TEST(Bc7Image, RefusesBlocksThatDoNotFitTheSize) {
  codec::EncodedTexture texture = random_texture(13, 7);
  texture.blocks.pop_back();
  EXPECT_THROW(decode_image(texture), Error);
}

}  // namespace
}  // namespace txs::bc7
