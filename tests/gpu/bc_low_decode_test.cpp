// The decoders of BC1, BC3, BC4 and BC5 held to each other: the kernels, the CPU reference, and the device's own sampler.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <random>
#include <string>
#include <thread>

#include "../support/bc_low_kinds.h"
#include "gpu/kernel.h"
#include "gpu_test.h"

namespace txs {
std::span<const std::uint32_t> bc_low_test_shader(std::string_view path);

namespace {

using test::LowFormat;

codec::EncodedTexture random_texture(const LowFormat& format, std::uint32_t width, std::uint32_t height, unsigned seed) {
  codec::EncodedTexture texture;
  texture.format = format.format;
  texture.width = width;
  texture.height = height;
  texture.blocks.resize(codec::payload_bytes(format.format, width, height));
  std::mt19937 random(seed);
  for (std::byte& byte : texture.blocks) byte = std::byte(random() & 255);
  return texture;
}

/// Random bits have equal ends, and snorm's -128, too seldom: every 8th half gets them.
void add_special_ends(codec::EncodedTexture& texture) {
  for (std::size_t at = 0; at + 8 <= texture.blocks.size(); at += 8) {
    if (at / 8 % 32 == 5) texture.blocks[at + 2] = texture.blocks[at], texture.blocks[at + 3] = texture.blocks[at + 1];
    if (at / 8 % 32 == 9) texture.blocks[at] = texture.blocks[at + 1];
    if (at / 8 % 32 == 17) texture.blocks[at] = std::byte(0x80);
    if (at / 8 % 32 == 23) texture.blocks[at + 1] = std::byte(0x80);
  }
}

/// Devices differ in whether -128 becomes -127 before or after they compare the ends, and interpolate.
void leave_out_minus_128(codec::EncodedTexture& texture) {
  for (std::size_t at = 0; at < texture.blocks.size(); at += 8)
    for (const std::size_t end : {0u, 1u})
      if (texture.blocks[at + end] == std::byte(0x80)) texture.blocks[at + end] = std::byte(0x81);
}

class BcLowDecode : public GpuTest, public ::testing::WithParamInterface<std::size_t> {
 protected:
  static LowFormat format() { return test::low_formats()[GetParam()]; }

  static std::vector<std::uint8_t> on_cpu(const codec::EncodedTexture& texture) {
    return format().kind->decode_on_cpu(texture).texels;
  }

  static std::vector<std::uint8_t> by_kernel(const codec::EncodedTexture& texture) {
    codec::Source source;
    source.picture = std::make_shared<const Rgba8Image>(Rgba8Image{
        int(texture.width), int(texture.height), std::vector<std::uint8_t>(texture.width * texture.height * 4)});
    source.texture =
        std::make_shared<gpu::Texture>(device(), gpu::Format::rgba8, texture.width, texture.height, "source");
    const auto encode = format().kind->adopt(device(), source, texture);
    while (!encode->ready()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    const gpu::Texture target(device(), gpu::Format::rgba8, texture.width, texture.height, "decoded");
    gpu::Recorder recorder(device());
    encode->decode(recorder, target);
    device().submit(std::move(recorder));
    return values_of<std::uint8_t>(device().download(target));
  }

  static std::vector<float> by_sampler(const codec::EncodedTexture& texture) {
    gpu::Kernel kernel(device(), {"bc_low_sample.comp", 8, {gpu::Binding::storage, gpu::Binding::nearest}, {},
                                  bc_low_test_shader("bc_low_sample.comp")});
    kernel.wait();
    gpu::Texture compressed(device(), format().sampled, texture.width, texture.height, "blocks");
    device().upload(compressed, texture.blocks);
    const gpu::Texture target(device(), gpu::Format::rgba32f, texture.width, texture.height, "sampled");
    gpu::Recorder recorder(device());
    recorder.dispatch(kernel, std::array{texture.width, texture.height}, {&target, &compressed},
                      {gpu::divide_up(texture.width, 8), gpu::divide_up(texture.height, 8)});
    device().submit(std::move(recorder));
    return values_of<float>(device().download(target));
  }

  static codec::EncodedTexture million_blocks() {
    codec::EncodedTexture texture = random_texture(format(), 4000, 4000, 3);
    add_special_ends(texture);
    return texture;
  }

  /// What the sampler gives for a channel, in the 8 bits of the source.
  static double byte_of(float sampled, std::size_t channel) {
    const bool is_signed = codec::traits(format().format).is_signed;
    const bool stored = channel < codec::traits(format().format).channels;
    return 255.0 * (is_signed && stored ? double(sampled) * 0.5 + 0.5 : double(sampled));
  }
};

TEST_P(BcLowDecode, KernelEqualsCpuOnAMillionRandomBlocks) {
  const auto kernel = by_kernel(million_blocks()), cpu = on_cpu(million_blocks());
  ASSERT_EQ(kernel.size(), cpu.size());
  const auto [a, b] = std::mismatch(kernel.begin(), kernel.end(), cpu.begin());
  EXPECT_TRUE(a == kernel.end()) << "channel " << (a - kernel.begin()) << ": " << int(*a) << ", " << int(*b);
}

TEST_P(BcLowDecode, SamplerAgreesOnAMillionRandomBlocks) {
  if (!device().samples_bc()) GTEST_SKIP() << "this device cannot sample BC textures: its decoder stays unasked";
  codec::EncodedTexture texture = million_blocks();
  if (codec::traits(format().format).is_signed) leave_out_minus_128(texture);
  const auto sampled = by_sampler(texture);
  const auto cpu = on_cpu(texture);
  std::array<double, 4> most{};
  for (std::size_t i = 0; i < cpu.size(); ++i)
    most[i % 4] = std::max(most[i % 4], std::abs(byte_of(sampled[i], i % 4) - double(cpu[i])));
  const double rounding = 0.51;  // the CPU's bytes are rounded, snorm's steps are 254 and not 255
  for (std::size_t c = 0; c < 4; ++c) {
    const int tolerance = c < 3 ? format().colour_tolerance : format().alpha_tolerance;
    EXPECT_LE(most[c], (tolerance == 0 || device().is_cpu() ? tolerance : test::hardware_tolerance) + rounding)
        << "channel " << c;
  }
}

/// Indices 0 and 1 are the ends themselves: no device has leave to be off.
TEST_P(BcLowDecode, SamplerAgreesExactlyAtTheEnds) {
  if (!device().samples_bc()) GTEST_SKIP() << "this device cannot sample BC textures: its decoder stays unasked";
  codec::EncodedTexture texture = random_texture(format(), 1000, 1000, 7);
  const bool two_halves = codec::traits(format().format).block_bytes == 16;
  for (std::size_t at = 0; at < texture.blocks.size(); at += 8) {
    const bool colours = format().kind == &bc1::kind() || (format().kind == &bc3::kind() && at % 16 == 8);
    if (colours) {
      for (std::size_t i = 4; i < 8; ++i) texture.blocks[at + i] &= std::byte(0x55);  // 0 or 1 each
    } else {
      for (const std::size_t first : {2u, 5u}) {  // 24 bits a time, 3 a texel
        texture.blocks[at + first] &= std::byte(0b01001001);
        texture.blocks[at + first + 1] &= std::byte(0b10010010);
        texture.blocks[at + first + 2] &= std::byte(0b00100100);
      }
    }
  }
  EXPECT_EQ(two_halves, format().kind == &bc3::kind() || format().kind == &bc5::kind());
  const auto sampled = by_sampler(texture);
  const auto cpu = on_cpu(texture);
  for (std::size_t i = 0; i < cpu.size(); ++i)
    ASSERT_EQ(std::floor(byte_of(sampled[i], i % 4) + 0.5001), double(cpu[i])) << "channel " << i % 4;
}

INSTANTIATE_TEST_SUITE_P(Formats, BcLowDecode, ::testing::Range<std::size_t>(0, test::low_formats().size()),
                         [](const auto& tested) { return std::string(test::low_formats()[tested.param].name); });

}  // namespace
}  // namespace txs
