// DDS and KTX2: what is written stands where the specifications say.
#include <gtest/gtest.h>

#include <array>

#include "artifact_container_support.h"

namespace txs::artifact {
namespace {

TEST(ContainerLayout, DdsHeaderIsWhereTheSpecificationPutsIt) {
  auto texture = make_texture(codec::TextureFormat::bc7_srgb, 17, 33);
  const Bytes file = write_dds(texture);
  ASSERT_EQ(file.size(), header_bytes(".dds", texture) + 5 * 9 * 16);
  EXPECT_EQ(header_bytes(".dds", texture), 148u);
  EXPECT_EQ(std::memcmp(file.data(), "DDS ", 4), 0);
  EXPECT_EQ(u32_at(file, 4), 124u);
  EXPECT_EQ(u32_at(file, 8), 0x81007u);  // caps, height, width, pixel format, linear size
  EXPECT_EQ(u32_at(file, 12), 33u);
  EXPECT_EQ(u32_at(file, 16), 17u);
  EXPECT_EQ(u32_at(file, 20), 5u * 9 * 16);
  EXPECT_EQ(u32_at(file, 28), 1u);
  EXPECT_EQ(std::memcmp(file.data() + 68, "TXSC", 4), 0);
  EXPECT_EQ(u32_at(file, 76), 32u);
  EXPECT_EQ(u32_at(file, 80), 4u);
  EXPECT_EQ(std::memcmp(file.data() + 84, "DX10", 4), 0);
  EXPECT_EQ(u32_at(file, 108), 0x1000u);
  EXPECT_EQ(u32_at(file, 112), 0u);
  EXPECT_EQ(u32_at(file, 128), 99u);
  EXPECT_EQ(u32_at(file, 132), 3u);
  EXPECT_EQ(u32_at(file, 136), 0u);
  EXPECT_EQ(u32_at(file, 140), 1u);
  EXPECT_EQ(u32_at(file, 144), 1u);  // straight alpha
  EXPECT_EQ(file[148], texture.blocks[0]);

  texture.opaque = true;
  EXPECT_EQ(u32_at(write_dds(texture), 144), 3u);
  EXPECT_EQ(u32_at(write_dds(make_texture(codec::TextureFormat::bc7_unorm, 1, 1)), 128), 98u);
}

TEST(ContainerLayout, DdsNamesEveryFormat) {
  const std::array<std::uint32_t, 12> dxgi{71, 72, 77, 78, 80, 81, 83, 84, 95, 96, 98, 99};
  for (const auto format : test::bc_formats) {
    const Bytes file = write_dds(make_texture(format, 4, 4));
    EXPECT_EQ(u32_at(file, 128), dxgi[std::size_t(format)]) << codec::traits(format).name;
    EXPECT_EQ(u32_at(file, 144), codec::traits(format).channels == 4 ? 1u : 3u);
  }
}

TEST(ContainerLayout, DdsChainsSayThatTheyAre) {
  const auto texture = make_texture(codec::TextureFormat::bc1_unorm, 17, 33, 6);
  const Bytes file = write_dds(texture);
  EXPECT_EQ(u32_at(file, 8), 0xA1007u);  // and the level count
  EXPECT_EQ(u32_at(file, 20), 5u * 9 * 8);
  EXPECT_EQ(u32_at(file, 28), 6u);
  EXPECT_EQ(u32_at(file, 108), 0x401008u);  // complex, texture, mip map
  // 5 x 9, 2 x 4, 1 x 2, 1 x 1, 1 x 1, 1 x 1 blocks
  ASSERT_EQ(file.size(), 148 + (45 + 8 + 2 + 3) * 8);
  EXPECT_EQ(file[148 + 45 * 8], texture.mips[0][0]);
  EXPECT_EQ(file.back(), texture.mips[4][7]);
}

TEST(ContainerLayout, Ktx2HeaderIsWhereTheSpecificationPutsIt) {
  const auto texture = make_texture(codec::TextureFormat::bc7_unorm, 17, 33);
  const Bytes file = write_ktx2(texture);
  EXPECT_EQ(std::memcmp(file.data(), "\xABKTX 20\xBB\r\n\x1A\n", 12), 0);
  const std::array<std::uint32_t, 9> expected{145, 1, 17, 33, 0, 0, 1, 1, 0};
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(u32_at(file, 12 + 4 * i), expected[i]) << i;
  EXPECT_EQ(u32_at(file, 48), 104u);  // descriptor behind the header and one level
  EXPECT_EQ(u32_at(file, 52), 44u);
  EXPECT_EQ(u32_at(file, 56), 148u);
  EXPECT_EQ(u32_at(file, 60) % 4, 0u);
  EXPECT_EQ(u64_at(file, 64), 0u);
  EXPECT_EQ(u64_at(file, 72), 0u);
  const std::uint64_t level = u64_at(file, 80);
  EXPECT_EQ(level % 16, 0u);
  EXPECT_LT(level - (148 + u32_at(file, 60)), 16u);
  EXPECT_EQ(u64_at(file, 88), 5u * 9 * 16);
  EXPECT_EQ(u64_at(file, 96), 5u * 9 * 16);
  EXPECT_EQ(file.size(), level + 5 * 9 * 16);
  EXPECT_EQ(file[level], texture.blocks[0]);

  const std::array<std::uint32_t, 11> descriptor{
      44, 0, 2 | 40 << 16, 134 | 1 << 8 | 1 << 16, 3 | 3 << 8, 16, 0, 127 << 16, 0, 0, 0xFFFFFFFF};
  for (std::size_t i = 0; i < descriptor.size(); ++i) EXPECT_EQ(u32_at(file, 104 + 4 * i), descriptor[i]) << i;

  const Bytes srgb = write_ktx2(make_texture(codec::TextureFormat::bc7_srgb, 1, 1));
  EXPECT_EQ(u32_at(srgb, 12), 146u);
  EXPECT_EQ(srgb[104 + 14], std::byte{2});
}

/// Model, transfer function and, of each sample, the word of place and channel, the lower and the upper end.
TEST(ContainerLayout, Ktx2DescribesEveryFormat) {
  using enum codec::TextureFormat;
  constexpr std::uint32_t half_word = 63 << 16, whole_word = 127 << 16, second = 64;
  constexpr std::uint32_t alpha = 15u << 24, linear = 0x10u << 24, negative = 0x40u << 24, floating = 0x80u << 24;
  constexpr std::uint32_t all = 0xFFFFFFFF, least = 0x80000001, most = 0x7FFFFFFF, one = 0x3F800000, minus_one = 0xBF800000;
  using Words = std::vector<std::uint32_t>;
  struct Expected {
    codec::TextureFormat format;
    std::uint32_t vk_format, model, transfer;
    Words samples;
  };
  for (const Expected& expected : std::vector<Expected>{
           {bc1_unorm, 133, 128, 1, {half_word | 1u << 24, 0, 0, all}},
           {bc1_srgb, 134, 128, 2, {half_word | 1u << 24, 0, 0, all}},
           {bc3_unorm, 137, 130, 1, {half_word | alpha, 0, 0, all, half_word | second, 0, 0, all}},
           {bc3_srgb, 138, 130, 2, {half_word | alpha | linear, 0, 0, all, half_word | second, 0, 0, all}},
           {bc4_unorm, 139, 131, 1, {half_word, 0, 0, all}},
           {bc4_snorm, 140, 131, 1, {half_word | negative, 0, least, most}},
           {bc5_unorm, 141, 132, 1, {half_word, 0, 0, all, half_word | second | 1u << 24, 0, 0, all}},
           {bc5_snorm, 142, 132, 1,
            {half_word | negative, 0, least, most, half_word | second | 1u << 24 | negative, 0, least, most}},
           {bc6h_ufloat, 143, 133, 1, {whole_word | floating, 0, 0, one}},
           {bc6h_sfloat, 144, 133, 1, {whole_word | floating | negative, 0, minus_one, one}},
           {bc7_unorm, 145, 134, 1, {whole_word, 0, 0, all}},
           {bc7_srgb, 146, 134, 2, {whole_word, 0, 0, all}}}) {
    const Bytes file = write_ktx2(make_texture(expected.format, 4, 4));
    const codec::FormatTraits& traits = codec::traits(expected.format);
    SCOPED_TRACE(traits.name);
    EXPECT_EQ(u32_at(file, 12), expected.vk_format);
    const auto block_size = static_cast<std::uint32_t>(24 + 4 * expected.samples.size());
    Words words{block_size + 4, 0, 2 | block_size << 16, expected.model | 1 << 8 | expected.transfer << 16, 3 | 3 << 8,
                traits.block_bytes, 0};
    words.insert(words.end(), expected.samples.begin(), expected.samples.end());
    ASSERT_EQ(u32_at(file, 52), 4 * words.size());
    for (std::size_t i = 0; i < words.size(); ++i) EXPECT_EQ(u32_at(file, 104 + 4 * i), words[i]) << i;
  }
}

TEST(ContainerLayout, Ktx2OfOpaqueBc1HasNoAlpha) {
  auto texture = make_texture(codec::TextureFormat::bc1_srgb, 4, 4);
  texture.opaque = true;
  const Bytes file = write_ktx2(texture);
  EXPECT_EQ(u32_at(file, 12), 132u);
  EXPECT_EQ(file[104 + 28 + 3], std::byte{0});
  texture.opaque = false;
  texture.premultiplied = true;
  EXPECT_EQ(write_ktx2(texture)[104 + 15], std::byte{1});
}

/// "mipPadding" and "Mip Level Array": the smallest first, at multiples of lcm(block size, 4).
TEST(ContainerLayout, Ktx2LevelsAreAlignedSmallestFirst) {
  for (const auto format : {codec::TextureFormat::bc4_unorm, codec::TextureFormat::bc5_unorm}) {
    const auto texture = make_texture(format, 40, 9, 6);
    const Bytes file = write_ktx2(texture);
    const std::uint32_t alignment = codec::traits(format).block_bytes;
    std::uint64_t end = u32_at(file, 56) + u32_at(file, 60);
    for (std::uint32_t level = 6; level-- > 0;) {
      const std::uint64_t offset = u64_at(file, 80 + 24 * level);
      EXPECT_EQ(offset % alignment, 0u);
      EXPECT_GE(offset, end);
      EXPECT_LT(offset, end + alignment);
      EXPECT_EQ(u64_at(file, 80 + 24 * level + 8), codec::level_blocks(texture, level).size());
      end = offset + codec::level_blocks(texture, level).size();
    }
    EXPECT_EQ(end, file.size());
  }
}

}  // namespace
}  // namespace txs::artifact
