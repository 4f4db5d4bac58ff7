// ASTC files of light as they are opened: an .astc file does not say that it is one, a KTX2 file does. libastcenc has made the
// blocks, and says what they decode to.
#include <astcenc.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <variant>
#include <vector>

#include "artifact/container.h"
#include "codec/registry.h"
#include "core/error.h"
#include "core/half.h"

namespace txs {
namespace {

constexpr std::uint32_t width = 50, height = 31, block_side = 6;

struct Free {
  void operator()(astcenc_context* context) const { astcenc_context_free(context); }
};
using Context = std::unique_ptr<astcenc_context, Free>;
constexpr astcenc_swizzle as_is{ASTCENC_SWZ_R, ASTCENC_SWZ_G, ASTCENC_SWZ_B, ASTCENC_SWZ_A};

Context make_context(astcenc_profile profile) {
  astcenc_config config{};
  EXPECT_EQ(astcenc_config_init(profile, block_side, block_side, 1, ASTCENC_PRE_FASTEST, 0, &config), ASTCENC_SUCCESS);
  astcenc_context* context = nullptr;
  EXPECT_EQ(astcenc_context_alloc(&config, 1, &context), ASTCENC_SUCCESS);
  return Context(context);
}

astcenc_image image_of(void*& slice, astcenc_type type) { return {width, height, 1, type, &slice}; }

std::vector<std::byte> encode(astcenc_context& context, std::vector<float> texels) {
  void* slice = texels.data();
  astcenc_image image = image_of(slice, ASTCENC_TYPE_F32);
  std::vector<std::byte> blocks(codec::payload_bytes(codec::TextureFormat::astc_6x6_srgb, width, height));
  EXPECT_EQ(astcenc_compress_image(&context, &image, &as_is, reinterpret_cast<std::uint8_t*>(blocks.data()), blocks.size(), 0),
            ASTCENC_SUCCESS);
  return blocks;
}

std::vector<std::uint16_t> decode(astcenc_context& context, const std::vector<std::byte>& blocks) {
  std::vector<std::uint16_t> texels(std::size_t(width) * height * 4);
  void* slice = texels.data();
  astcenc_image image = image_of(slice, ASTCENC_TYPE_F16);
  EXPECT_EQ(astcenc_decompress_image(&context, reinterpret_cast<const std::uint8_t*>(blocks.data()), blocks.size(), &image,
                                     &as_is, 0),
            ASTCENC_SUCCESS);
  return texels;
}

/// Slopes from 0 to `most`, with an alpha of its own.
std::vector<float> slopes(float most) {
  std::vector<float> texels;
  for (std::uint32_t y = 0; y < height; ++y)
    for (std::uint32_t x = 0; x < width; ++x) {
      const float across = float(x) / (width - 1), down = float(y) / (height - 1);
      texels.insert(texels.end(), {most * across * across, most * down, most * across * down, 1 - 0.5f * down});
    }
  return texels;
}

codec::EncodedTexture texture_of(codec::TextureFormat format, const std::vector<std::byte>& blocks) {
  codec::EncodedTexture texture;
  texture.format = format;
  texture.width = width;
  texture.height = height;
  texture.blocks = blocks;
  return texture;
}

codec::Encoded opened(const std::vector<std::byte>& file) {
  codec::Encoded encoded = artifact::read_container(file, "x");
  codec::settle(encoded);
  return encoded;
}

codec::TextureFormat format_of(const codec::Encoded& encoded) { return std::get<codec::EncodedTexture>(encoded).format; }

TEST(AstcFile, IsOfLightIfABlockSaysSo) {
  const Context context = make_context(ASTCENC_PRF_HDR);
  const std::vector<float> texels = slopes(300);
  const std::vector<std::byte> blocks = encode(*context, texels);
  // What it is written as does not matter: such a file holds the size and the blocks.
  const codec::Encoded encoded = opened(artifact::write_astc(texture_of(codec::TextureFormat::astc_6x6_srgb, blocks)));
  ASSERT_EQ(format_of(encoded), codec::TextureFormat::astc_6x6_sfloat);

  const codec::CodecKind* reader = codec::find_reader(encoded);
  ASSERT_NE(reader, nullptr);
  EXPECT_TRUE(reader->hdr);
  const Rgba16fImage light = reader->decode_light_on_cpu(encoded);
  EXPECT_EQ(light.texels, decode(*context, blocks));
  double off = 0;
  for (std::size_t i = 0; i < texels.size(); ++i)
    off += std::abs(double(half_to_float(light.texels[i])) - double(texels[i])) / double(texels.size());
  EXPECT_LT(off, 10) << "of 300: it is the picture that was encoded";
}

TEST(AstcFile, IsOfBytesIfNoBlockNeedsMore) {
  const Context context = make_context(ASTCENC_PRF_LDR);
  const codec::Encoded encoded =
      opened(artifact::write_astc(texture_of(codec::TextureFormat::astc_6x6_unorm, encode(*context, slopes(1)))));
  EXPECT_EQ(format_of(encoded), codec::TextureFormat::astc_6x6_srgb);
  const codec::CodecKind* reader = codec::find_reader(encoded);
  ASSERT_NE(reader, nullptr);
  EXPECT_FALSE(reader->hdr);
  EXPECT_EQ(reader->decode_on_cpu(encoded).width, int(width));
}

TEST(AstcFile, Ktx2SaysItself) {
  const Context context = make_context(ASTCENC_PRF_HDR);
  const std::vector<std::byte> blocks = encode(*context, slopes(300));
  const codec::Encoded light = opened(artifact::write_ktx2(texture_of(codec::TextureFormat::astc_6x6_sfloat, blocks)));
  ASSERT_EQ(format_of(light), codec::TextureFormat::astc_6x6_sfloat);
  EXPECT_EQ(codec::find_reader(light)->decode_light_on_cpu(light).texels, decode(*context, blocks));

  // A file that claims to be LDR is; what is HDR in it has the error colour.
  const codec::Encoded ldr = opened(artifact::write_ktx2(texture_of(codec::TextureFormat::astc_6x6_srgb, blocks)));
  ASSERT_EQ(format_of(ldr), codec::TextureFormat::astc_6x6_srgb);
  const Rgba8Image picture = codec::find_reader(ldr)->decode_on_cpu(ldr);
  EXPECT_EQ(picture.at(int(width) - 1, int(height) - 1), (std::array<std::uint8_t, 4>{255, 0, 255, 255}));
}

TEST(AstcFile, NothingIsEncodedAsLight) {
  codec::Encoded encoded = texture_of(codec::TextureFormat::astc_4x4_sfloat, {});
  const codec::CodecKind* reader = codec::find_reader(encoded);
  ASSERT_NE(reader, nullptr);
  for (const codec::CodecKind& kind : codec::registry()) EXPECT_NE(&kind, reader) << "is no choice";
}

}  // namespace
}  // namespace txs
