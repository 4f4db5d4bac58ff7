#include <astcenc.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <tuple>

#include "../support/astc_random_blocks.h"

// Our decoder beside libastcenc's, which rounds the 16-bit result to 8 bits where GPUs (and we) take its top byte: up to 1
// apart in linear textures.
namespace txs::astc {
namespace {

constexpr std::size_t blocks_wide = 256, blocks_high = 64;

std::vector<std::uint8_t> decode_by_astcenc(const std::vector<std::byte>& blocks, const Footprint& footprint, bool srgb) {
  astcenc_config config{};
  EXPECT_EQ(astcenc_config_init(srgb ? ASTCENC_PRF_LDR_SRGB : ASTCENC_PRF_LDR, footprint.width, footprint.height, 1,
                                ASTCENC_PRE_FASTEST, ASTCENC_FLG_DECOMPRESS_ONLY, &config),
            ASTCENC_SUCCESS);
  astcenc_context* context = nullptr;
  EXPECT_EQ(astcenc_context_alloc(&config, 1, &context), ASTCENC_SUCCESS);
  const std::unique_ptr<astcenc_context, decltype(&astcenc_context_free)> owner(context, astcenc_context_free);

  std::vector<std::uint8_t> texels(blocks_wide * footprint.width * blocks_high * footprint.height * 4);
  void* slice = texels.data();
  astcenc_image image{std::uint32_t(blocks_wide * footprint.width), std::uint32_t(blocks_high * footprint.height), 1,
                      ASTCENC_TYPE_U8, &slice};
  const astcenc_swizzle swizzle{ASTCENC_SWZ_R, ASTCENC_SWZ_G, ASTCENC_SWZ_B, ASTCENC_SWZ_A};
  EXPECT_EQ(astcenc_decompress_image(context, reinterpret_cast<const std::uint8_t*>(blocks.data()), blocks.size(), &image,
                                     &swizzle, 0),
            ASTCENC_SUCCESS);
  return texels;
}

class AstcWitness : public testing::TestWithParam<std::tuple<Footprint, bool>> {};

TEST_P(AstcWitness, DecodesRandomBlocksWithinOneStep) {
  const auto [footprint, srgb] = GetParam();
  const auto blocks = random_blocks(blocks_wide * blocks_high, footprint, footprint.texels());
  const auto theirs = decode_by_astcenc(blocks, footprint, srgb);
  std::size_t legal = 0;
  for (std::size_t b = 0; b < blocks_wide * blocks_high; ++b) {
    const Block block = parse_block(BlockBytes(&blocks[b * 16], 16), footprint);
    legal += block.kind != Block::Kind::error;
    const auto ours = decode_texels(block, footprint, srgb);
    for (std::size_t t = 0; t < ours.size(); ++t) {
      const std::size_t x = b % blocks_wide * footprint.width + t % footprint.width;
      const std::size_t y = b / blocks_wide * footprint.height + t / footprint.width;
      for (std::size_t c = 0; c < 4; ++c) {
        const int their = theirs[(y * blocks_wide * footprint.width + x) * 4 + c];
        ASSERT_NEAR(int(ours[t][c]), their, 1) << "block " << b << " texel " << t << " channel " << c << ", "
                                               << (block.kind == Block::Kind::error ? block.why : "legal");
      }
    }
  }
  EXPECT_GT(legal, blocks_wide * blocks_high / 4);
}

std::string size_and_space(const testing::TestParamInfo<std::tuple<Footprint, bool>>& tried) {
  const auto& [footprint, srgb] = tried.param;
  return std::to_string(footprint.width) + "x" + std::to_string(footprint.height) + (srgb ? "_srgb" : "_linear");
}

INSTANTIATE_TEST_SUITE_P(All, AstcWitness, testing::Combine(testing::ValuesIn(footprints), testing::Bool()),
                         size_and_space);

}  // namespace
}  // namespace txs::astc
