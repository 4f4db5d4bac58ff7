// The ASTC decoder of the GPU held to the CPU reference to the bit, which tests/unit/astc_witness_test.cpp holds to
// libastcenc and tests/witness/astc_mesa_test.cpp to Mesa's decoder.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <tuple>

#include "../support/astc_random_blocks.h"
#include "block/adopted_encode.h"
#include "codecs/astc/format.h"
#include "gpu_test.h"

namespace txs::astc {
namespace {

// The last column and row of blocks are cut by the picture's edge.
constexpr std::uint32_t blocks_wide = 64, blocks_high = 64, blocks_at_once = blocks_wide * blocks_high;
constexpr std::size_t slice = 32768;

enum class Texture { linear, srgb, light };

class AstcDecodeTest : public GpuTest, public testing::WithParamInterface<std::tuple<Footprint, Texture>> {
 protected:
  AstcDecodeTest() {
    const auto& [footprint, texture] = GetParam();
    const Profile profile = texture == Texture::light ? Profile::hdr : Profile::ldr;
    texture_.format = texture_format(footprint, profile, texture == Texture::srgb);
    texture_.width = blocks_wide * footprint.width - 1;
    texture_.height = blocks_high * footprint.height - 3;
  }

  template <typename Result>
  std::vector<Result> by_kernels() {
    const auto format_of_result = sizeof(Result) == sizeof(Texel) ? gpu::Format::rgba8 : gpu::Format::rgba16f;
    const auto target =
        std::make_shared<gpu::Texture>(device(), format_of_result, texture_.width, texture_.height, "decoded");
    const codec::Source source{.texture = target, .light_texture = target};  // of which the size is taken
    const auto decoder = block::adopt(device(), source, texture_, format(texture_.format));
    while (!decoder->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    gpu::Recorder recorder(device());
    decoder->decode(recorder, *target);
    device().submit(std::move(recorder));
    return values_of<Result>(device().download(*target));
  }

  /// `decode` gives the texels of a block by the CPU.
  template <typename Result>
  void expect_equal(const Footprint& footprint, auto decode) {
    const std::vector<Result> texels = by_kernels<Result>();
    for (std::uint32_t b = 0; b < blocks_at_once; ++b) {
      const Block block =
          parse_block(BlockBytes(&texture_.blocks[b * std::size_t(16)], 16), footprint, profile_of(texture_.format));
      ++(block.kind == Block::Kind::error ? illegal_ : legal_);
      const std::vector<Result> expected = decode(block);
      for (std::uint32_t t = 0; t < footprint.texels(); ++t) {
        const std::uint32_t x = b % blocks_wide * footprint.width + t % footprint.width;
        const std::uint32_t y = b / blocks_wide * footprint.height + t / footprint.width;
        if (x >= texture_.width || y >= texture_.height) continue;
        ASSERT_EQ(texels[std::size_t(y) * texture_.width + x], expected[t])
            << "texel " << t << " of block " << b << ", "
            << (block.kind == Block::Kind::error ? std::string(block.why) : std::to_string(block.partitions) + " lines");
      }
    }
  }

  codec::EncodedTexture texture_;
  std::size_t legal_ = 0, illegal_ = 0;
};

TEST_P(AstcDecodeTest, EqualsTheCpuOnRandomBlocks) {
  const auto& [footprint, texture] = GetParam();
  const std::size_t count = (blocks_a_size(slice) + blocks_at_once - 1) / blocks_at_once * blocks_at_once;
  RandomBlocks random(footprint, 7 + footprint.texels());
  texture_.blocks.resize(std::size_t(blocks_at_once) * 16);
  for (std::size_t done = 0; done < count && !HasFatalFailure(); done += blocks_at_once) {
    fill_with_random(texture_.blocks, random);
    if (texture == Texture::light)
      expect_equal<HalfTexel>(footprint, [&](const Block& block) { return decode_light(block, footprint); });
    else
      expect_equal<Texel>(footprint,
                          [&](const Block& block) { return decode_texels(block, footprint, texture == Texture::srgb); });
  }
  if (HasFatalFailure()) return;
  EXPECT_GT(legal_, count / 8);
  EXPECT_GT(illegal_, count / 8);
  std::printf("%s: %zu legal, %zu illegal blocks equal\n", std::string(codec::traits(texture_.format).name).c_str(), legal_,
              illegal_);
}

std::string size_and_texture(const testing::TestParamInfo<std::tuple<Footprint, Texture>>& tried) {
  const auto& [footprint, texture] = tried.param;
  return size_name(footprint) + (texture == Texture::linear ? "_linear" : texture == Texture::srgb ? "_srgb" : "_light");
}

INSTANTIATE_TEST_SUITE_P(All, AstcDecodeTest,
                         testing::Combine(testing::ValuesIn(footprints),
                                          testing::Values(Texture::linear, Texture::srgb, Texture::light)),
                         size_and_texture);

}  // namespace
}  // namespace txs::astc
