// The BC7 decoders held to each other: the kernel, the CPU reference, and the device's own sampler.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include "../support/bc7_random_blocks.h"
#include "block/block_texture.h"
#include "codecs/bc7/bc7_block.h"
#include "codecs/bc7/format.h"
#include "gpu_test.h"

namespace txs {
std::span<const std::uint32_t> bc7_decode_test_shader(std::string_view path);

namespace {

using bc7::block_bytes;
using gpu::Format;
using gpu::Texture;
using Texels = std::vector<std::uint32_t>;

constexpr std::uint32_t unwritten = 0x5a5a5a5a;

codec::EncodedTexture random_texture(std::uint32_t width, std::uint32_t height, unsigned seed) {
  codec::EncodedTexture texture;
  texture.width = width;
  texture.height = height;
  texture.blocks = test::random_bc7_blocks(codec::payload_bytes(texture.format, width, height) / block_bytes, seed);
  return texture;
}

Texels on_cpu(const codec::EncodedTexture& texture) {
  const Rgba8Image image = bc7::decode_image(texture);
  return values_of<std::uint32_t>(bytes_of(image.texels));
}

/// Where two decodes of a texture first differ; empty if they are equal.
std::string first_difference(const codec::EncodedTexture& texture, const Texels& one, const Texels& other) {
  if (one.size() != other.size()) return "different sizes";
  const auto [a, b] = std::mismatch(one.begin(), one.end(), other.begin());
  if (a == one.end()) return {};
  const auto texel = std::uint32_t(a - one.begin());
  const std::uint32_t x = texel % texture.width, y = texel / texture.width;
  const std::size_t block = std::size_t(y / 4) * ((texture.width + 3) / 4) + x / 4;
  const int mode = bc7::parse_block(bc7::BlockBytes(&texture.blocks[block * block_bytes], block_bytes)).mode;
  char text[128];
  std::snprintf(text, sizeof text, "texel (%u, %u) of a block of mode %d: %08x, %08x", x, y, mode, *a, *b);
  return text;
}

class Bc7DecodeTest : public GpuTest {
 protected:
  Texels by_kernel(const codec::EncodedTexture& texture, std::uint32_t target_width, std::uint32_t target_height) {
    codec::Source source;
    source.texture = std::make_shared<Texture>(device(), Format::rgba8, texture.width, texture.height, "source");
    block::BlockTexture bits(device(), source, bc7::format_of(texture.format));
    while (!bits.ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    device().upload(bits.blocks(), texture.blocks);
    Texture target(device(), Format::rgba8, target_width, target_height, "decoded");
    device().upload(target, bytes_of(Texels(std::size_t(target_width) * target_height, unwritten)));
    gpu::Recorder recorder(device());
    bits.decode(recorder, target);
    device().submit(std::move(recorder));
    return values_of<std::uint32_t>(device().download(target));
  }
  Texels by_kernel(const codec::EncodedTexture& texture) { return by_kernel(texture, texture.width, texture.height); }

  Texels by_sampler(const codec::EncodedTexture& texture) {
    gpu::Kernel kernel(device(), {"bc7_sample.comp", 8, {gpu::Binding::storage, gpu::Binding::nearest}, {},
                                  bc7_decode_test_shader("bc7_sample.comp")});
    kernel.wait();
    Texture compressed(device(), Format::bc7, texture.width, texture.height, "blocks");
    device().upload(compressed, texture.blocks);
    const Texture target(device(), Format::rgba8, texture.width, texture.height, "sampled");
    gpu::Recorder recorder(device());
    recorder.dispatch(kernel, std::array{texture.width, texture.height}, {&target, &compressed},
                      {gpu::divide_up(texture.width, 8), gpu::divide_up(texture.height, 8)});
    device().submit(std::move(recorder));
    return values_of<std::uint32_t>(device().download(target));
  }
};

/// One million blocks, more than 100000 of each mode and of the reserved one.
const codec::EncodedTexture& million_blocks() {
  static const codec::EncodedTexture texture = random_texture(4000, 4000, 11);
  return texture;
}

TEST_F(Bc7DecodeTest, KernelEqualsCpuOnAMillionRandomBlocks) {
  const codec::EncodedTexture& texture = million_blocks();
  EXPECT_EQ(first_difference(texture, by_kernel(texture), on_cpu(texture)), "");
}

TEST_F(Bc7DecodeTest, SamplerEqualsCpuOnAMillionRandomBlocks) {
  if (!device().samples_bc()) GTEST_SKIP() << "this device cannot sample BC textures: its decoder stays unasked";
  const codec::EncodedTexture& texture = million_blocks();
  Texels sampled = by_sampler(texture);
  const Texels expected = on_cpu(texture);
  // KDFS 20.1: for reserved blocks a device should give 0 in all channels, but may give 1 in alpha.
  for (std::size_t i = 0; i < sampled.size(); ++i)
    if (expected[i] == 0 && sampled[i] == 0xff000000) sampled[i] = 0;
  EXPECT_EQ(first_difference(texture, sampled, expected), "");
}

TEST_F(Bc7DecodeTest, AnySizeIsDecodedAndNothingBesideIt) {
  for (const auto& [width, height] : {std::pair{1u, 1u}, {3u, 5u}, {13u, 7u}, {4u, 4u}, {33u, 2u}, {1u, 70u}}) {
    SCOPED_TRACE(std::to_string(width) + " x " + std::to_string(height));
    const codec::EncodedTexture texture = random_texture(width, height, width + height);
    const Texels expected = on_cpu(texture);
    EXPECT_EQ(first_difference(texture, by_kernel(texture), expected), "");

    const std::uint32_t target_width = width + 5, target_height = height + 5;
    const Texels larger = by_kernel(texture, target_width, target_height);
    for (std::uint32_t y = 0; y < target_height; ++y) {
      for (std::uint32_t x = 0; x < target_width; ++x) {
        const bool inside = x < width && y < height;
        ASSERT_EQ(larger[y * target_width + x], inside ? expected[y * width + x] : unwritten) << x << ", " << y;
      }
    }
  }
}

}  // namespace
}  // namespace txs
