// The BC6H decoders held to each other: the kernel, the CPU reference, and the device's own sampler.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "../support/bc6h_random_blocks.h"
#include "codecs/bc6h/bc6h_block.h"
#include "codecs/bc6h/bc6h_tables.h"
#include "core/half.h"
#include "gpu/kernel.h"
#include "gpu/recorder.h"
#include "gpu/resources.h"
#include "gpu_test.h"
#include "shaders/interop/block.h"

namespace txs {
std::span<const std::uint32_t> bc6h_decode_test_shader(std::string_view path);

namespace {

using bc6h::block_bytes;
using codec::TextureFormat;
using gpu::Format;
using gpu::Texture;
using Texel = std::array<std::uint16_t, 4>;
using Texels = std::vector<Texel>;

codec::EncodedTexture random_texture(TextureFormat format, std::uint32_t width, std::uint32_t height, unsigned seed) {
  codec::EncodedTexture texture;
  texture.format = format;
  texture.width = width;
  texture.height = height;
  texture.blocks = test::random_bc6h_blocks(codec::payload_bytes(format, width, height) / block_bytes, seed);
  return texture;
}

Texels on_cpu(const codec::EncodedTexture& texture) {
  return values_of<Texel>(bytes_of(bc6h::decode_image(texture).texels));
}

Texels without_signs_of_zero(Texels texels) {
  for (Texel& texel : texels) std::ranges::replace(texel, std::uint16_t(0x8000), std::uint16_t(0));
  return texels;
}

/// Where two decodes of a texture first differ; empty if they are equal.
std::string first_difference(const codec::EncodedTexture& texture, const Texels& one, const Texels& other) {
  if (one.size() != other.size()) return "different sizes";
  const auto [a, b] = std::mismatch(one.begin(), one.end(), other.begin());
  if (a == one.end()) return {};
  const auto texel = std::uint32_t(a - one.begin());
  const std::uint32_t x = texel % texture.width, y = texel / texture.width;
  const std::size_t block = std::size_t(y / 4) * ((texture.width + 3) / 4) + x / 4;
  const auto row = bc6h::parse_block(bc6h::BlockBytes(&texture.blocks[block * block_bytes], block_bytes), false).row;
  char text[160];
  std::snprintf(text, sizeof text, "texel (%u, %u) of a block of %s: %04x %04x %04x %04x, %04x %04x %04x %04x", x, y,
                bc6h::mode_name(row).c_str(), (*a)[0], (*a)[1], (*a)[2], (*a)[3], (*b)[0], (*b)[1], (*b)[2], (*b)[3]);
  return text;
}

class Bc6hDecodeTest : public GpuTest, public ::testing::WithParamInterface<TextureFormat> {
 protected:
  static bool is_signed() { return GetParam() == TextureFormat::bc6h_sfloat; }

  Texels by_kernel(const codec::EncodedTexture& texture) {
    gpu::Kernel kernel(device(), {"codecs/bc6h/decode.comp", sizeof(interop::BlockDecodePush), {gpu::Binding::storage},
                                  {is_signed()}, {}});
    kernel.wait();
    gpu::Buffer blocks(device(), texture.blocks.size(), "blocks"), tables(device(), sizeof(bc6h::tables), "tables");
    device().upload(blocks, texture.blocks);
    device().upload(tables, std::as_bytes(std::span(&bc6h::tables, 1)));
    const Texture target(device(), Format::rgba16f, texture.width, texture.height, "decoded");
    const std::uint32_t wide = gpu::divide_up(texture.width, 4), high = gpu::divide_up(texture.height, 4);
    const interop::BlockDecodePush push{blocks.address(), 0, tables.address(), {texture.width, texture.height},
                                        {wide, high}};
    gpu::Recorder recorder(device());
    recorder.dispatch(kernel, push, {&target},
                      {gpu::divide_up(wide, interop::block_decode_group_side),
                       gpu::divide_up(high, interop::block_decode_group_side)});
    device().submit(std::move(recorder));
    return values_of<Texel>(device().download(target));
  }

  Texels by_sampler(const codec::EncodedTexture& texture) {
    gpu::Kernel kernel(device(), {"bc6h_sample.comp", 8, {gpu::Binding::storage, gpu::Binding::nearest}, {},
                                  bc6h_decode_test_shader("bc6h_sample.comp")});
    kernel.wait();
    Texture compressed(device(), is_signed() ? Format::bc6h_sfloat : Format::bc6h_ufloat, texture.width, texture.height,
                       "blocks");
    device().upload(compressed, texture.blocks);
    const Texture target(device(), Format::rgba32f, texture.width, texture.height, "sampled");
    gpu::Recorder recorder(device());
    recorder.dispatch(kernel, std::array{texture.width, texture.height}, {&target, &compressed},
                      {gpu::divide_up(texture.width, 8), gpu::divide_up(texture.height, 8)});
    device().submit(std::move(recorder));
    Texels texels;
    for (const std::array<float, 4>& texel : values_of<std::array<float, 4>>(device().download(target)))
      texels.push_back({float_to_half(texel[0]), float_to_half(texel[1]), float_to_half(texel[2]),
                        float_to_half(texel[3])});
    return texels;
  }

  /// One million blocks, 31250 of each of the low five bits: reserved modes are among them.
  static codec::EncodedTexture million_blocks() { return random_texture(GetParam(), 4000, 4000, 11); }
};

TEST_P(Bc6hDecodeTest, KernelEqualsCpuOnAMillionRandomBlocks) {
  const codec::EncodedTexture texture = million_blocks();
  EXPECT_EQ(first_difference(texture, by_kernel(texture), on_cpu(texture)), "");
}

TEST_P(Bc6hDecodeTest, SamplerEqualsCpuOnAMillionRandomBlocks) {
  if (!device().samples_bc()) GTEST_SKIP() << "this device cannot sample BC textures: its decoder stays unasked";
  const codec::EncodedTexture texture = million_blocks();
  // What is interpolated to -1 is -0 after KDFS 20.2, as lavapipe has it; an NVIDIA H200 gives 0.
  const Texels sampled = without_signs_of_zero(by_sampler(texture)), expected = without_signs_of_zero(on_cpu(texture));
  EXPECT_EQ(first_difference(texture, sampled, expected), "");
}

TEST_P(Bc6hDecodeTest, AnySizeIsDecoded) {
  for (const auto& [width, height] : {std::pair{1u, 1u}, {3u, 5u}, {13u, 7u}, {4u, 4u}, {33u, 2u}, {1u, 70u}}) {
    const codec::EncodedTexture texture = random_texture(GetParam(), width, height, width + height);
    EXPECT_EQ(first_difference(texture, by_kernel(texture), on_cpu(texture)), "") << width << " x " << height;
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, Bc6hDecodeTest,
                         ::testing::Values(TextureFormat::bc6h_ufloat, TextureFormat::bc6h_sfloat),
                         [](const auto& tested) {
                           return tested.param == TextureFormat::bc6h_sfloat ? "Signed" : "Unsigned";
                         });

}  // namespace
}  // namespace txs
