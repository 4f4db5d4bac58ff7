// The ASTC decoder of the GPU held to the CPU reference, which tests/unit/astc_witness_test.cpp holds to libastcenc.
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "../support/astc_random_blocks.h"
#include "block/adopted_encode.h"
#include "codecs/astc/format.h"
#include "gpu_test.h"

namespace txs::astc {
namespace {

codec::TextureFormat format_of(const Footprint& footprint, bool srgb) {
  for (std::size_t i = 0; i < codec::texture_format_count; ++i) {
    const codec::FormatTraits& traits = codec::traits(codec::TextureFormat(i));
    if (codec::is_astc(codec::TextureFormat(i)) && traits.block_width == footprint.width &&
        traits.block_height == footprint.height && traits.srgb == srgb)
      return codec::TextureFormat(i);
  }
  throw std::logic_error("no such size");
}

class AstcDecodeTest : public GpuTest, public testing::WithParamInterface<Footprint> {
 protected:
  std::vector<Texel> by_kernels(const std::vector<std::byte>& blocks, bool srgb, std::uint32_t width,
                                std::uint32_t height) {
    codec::EncodedTexture texture;
    texture.format = format_of(GetParam(), srgb);
    texture.width = width;
    texture.height = height;
    texture.blocks = blocks;
    const auto target = std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, width, height, "decoded");
    const codec::Source source{.picture = nullptr, .texture = target};  // of which a decode takes the size
    const auto decoder = block::adopt(device(), source, texture, format(texture.format));
    while (!decoder->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    gpu::Recorder recorder(device());
    decoder->decode(recorder, *target);
    device().submit(std::move(recorder));
    return values_of<Texel>(device().download(*target));
  }
};

// 70 x 61 blocks, the last column and row of which the picture cuts.
TEST_P(AstcDecodeTest, EqualsTheCpuOnRandomBlocks) {
  const Footprint footprint = GetParam();
  constexpr std::uint32_t wide = 70, high = 61;
  const std::uint32_t width = wide * footprint.width - 1, height = high * footprint.height - 3;
  const auto blocks = random_blocks(std::size_t(wide) * high, footprint, 7 + footprint.texels());
  for (const bool srgb : {false, true}) {
    const auto texels = by_kernels(blocks, srgb, width, height);
    for (std::uint32_t b = 0; b < wide * high; ++b) {
      const Block block = parse_block(BlockBytes(&blocks[b * 16], 16), footprint);
      const auto expected = decode_texels(block, footprint, srgb);
      for (std::uint32_t t = 0; t < footprint.texels(); ++t) {
        const std::uint32_t x = b % wide * footprint.width + t % footprint.width;
        const std::uint32_t y = b / wide * footprint.height + t / footprint.width;
        if (x >= width || y >= height) continue;
        ASSERT_EQ(texels[std::size_t(y) * width + x], expected[t])
            << "texel " << t << " of block " << b << ", "
            << (block.kind == Block::Kind::error ? std::string(block.why) : std::to_string(block.partitions) + " lines");
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, AstcDecodeTest, testing::ValuesIn(footprints),
                         [](const testing::TestParamInfo<Footprint>& tried) {
                           return std::to_string(tried.param.width) + "x" + std::to_string(tried.param.height);
                         });

}  // namespace
}  // namespace txs::astc
