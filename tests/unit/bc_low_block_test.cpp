// The CPU decoders of BC1, BC3, BC4 and BC5 on blocks whose texels were worked out by hand.
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "block/channel_block.h"
#include "block/colour_block.h"
#include "codecs/bc1/bc1_block.h"
#include "codecs/bc3/bc3_block.h"
#include "codecs/bc4/bc4_block.h"
#include "codecs/bc5/bc5_block.h"

namespace txs {
namespace {

using block::ColourKind;
using codec::Texel;

std::vector<std::byte> bytes(std::initializer_list<int> values) {
  std::vector<std::byte> result;
  for (const int value : values) result.push_back(std::byte(value));
  return result;
}

/// Ends (255, 0, 0) and (0, 0, 255) in this order, indices 0, 1, 2, 3 in each row.
const std::vector<std::byte> red_blue = bytes({0x00, 0xf8, 0x1f, 0x00, 0xe4, 0xe4, 0xe4, 0xe4});
const std::vector<std::byte> blue_red = bytes({0x1f, 0x00, 0x00, 0xf8, 0xe4, 0xe4, 0xe4, 0xe4});

TEST(BcLowBlock, FourColoursOfBc1) {
  const block::Texels texels = bc1::decode_block(red_blue);
  EXPECT_EQ(texels[0], (Texel{255, 0, 0, 255}));
  EXPECT_EQ(texels[1], (Texel{0, 0, 255, 255}));
  EXPECT_EQ(texels[2], (Texel{170, 0, 85, 255}));
  EXPECT_EQ(texels[15], (Texel{85, 0, 170, 255}));
}

TEST(BcLowBlock, ThreeColoursOfBc1AndTransparentBlack) {
  const block::Texels texels = bc1::decode_block(blue_red);
  EXPECT_EQ(texels[0], (Texel{0, 0, 255, 255}));
  EXPECT_EQ(texels[2], (Texel{128, 0, 128, 255})) << "127.5, halves up";
  EXPECT_EQ(texels[3], (Texel{0, 0, 0, 0}));
}

TEST(BcLowBlock, EqualEndsAreThreeColours) {
  const block::Texels texels = bc1::decode_block(bytes({0x10, 0x84, 0x10, 0x84, 0xe4, 0xe4, 0xe4, 0xe4}));
  EXPECT_EQ(texels[0], (Texel{132, 130, 132, 255}));
  EXPECT_EQ(texels[2], texels[0]);
  EXPECT_EQ(texels[3], (Texel{0, 0, 0, 0}));
}

TEST(BcLowBlock, TheColoursOfBc3AreFourWhateverTheirOrder) {
  std::vector<std::byte> whole = bytes({200, 60, 0, 0, 0, 0, 0, 0});
  whole.insert(whole.end(), blue_red.begin(), blue_red.end());
  const block::Texels texels = bc3::decode_block(whole);
  EXPECT_EQ(texels[2], (Texel{85, 0, 170, 200}));
  EXPECT_EQ(texels[3], (Texel{170, 0, 85, 200}));
}

/// Index t in texel t.
std::vector<std::byte> channel(int a, int b) { return bytes({a, b, 0x88, 0xc6, 0xfa, 0x88, 0xc6, 0xfa}); }

TEST(BcLowBlock, EightValues) {
  const auto half = block::parse_channel(block::HalfBytes(channel(255, 3).data(), 8), false);
  EXPECT_TRUE(half.eight);
  EXPECT_EQ(half.palette, (std::array<std::uint8_t, 8>{255, 3, 219, 183, 147, 111, 75, 39}));
  const block::Texels texels = bc4::decode_block(channel(255, 3), false);
  for (std::size_t t = 0; t < 16; ++t) EXPECT_EQ(texels[t], (Texel{half.palette[t % 8], 0, 0, 255})) << t;
}

TEST(BcLowBlock, SixValuesAndTheExtremes) {
  const auto half = block::parse_channel(block::HalfBytes(channel(10, 20).data(), 8), false);
  EXPECT_FALSE(half.eight);
  EXPECT_EQ(half.palette, (std::array<std::uint8_t, 8>{10, 20, 12, 14, 16, 18, 0, 255}));
}

TEST(BcLowBlock, SignedEndsInTheBytesOfTheSource) {
  // 127 is 1, 0 is one half of 255 (halves up), -127 is -1, and so is -128.
  const auto eight = block::parse_channel(block::HalfBytes(channel(127, 0x81).data(), 8), true);
  EXPECT_EQ(eight.palette, (std::array<std::uint8_t, 8>{255, 0, 219, 182, 146, 109, 73, 36}));
  const auto minimum = block::parse_channel(block::HalfBytes(channel(0, 0x80).data(), 8), true);
  EXPECT_EQ(minimum.stored[1], -128);
  EXPECT_EQ(minimum.palette[0], 128);
  EXPECT_EQ(minimum.palette[1], 0);
  const auto six = block::parse_channel(block::HalfBytes(channel(0x80, 0x81).data(), 8), true);
  EXPECT_FALSE(six.eight) << "-128 is not larger than -127";
  EXPECT_EQ(six.palette, (std::array<std::uint8_t, 8>{0, 0, 0, 0, 0, 0, 0, 255}));
}

TEST(BcLowBlock, RedAndGreenOfBc5) {
  std::vector<std::byte> whole = channel(255, 3);
  const auto green = channel(10, 20);
  whole.insert(whole.end(), green.begin(), green.end());
  EXPECT_EQ(bc5::decode_block(whole, false)[3], (Texel{183, 14, 0, 255}));
}

void expect_tiles(const std::vector<codec::BitField>& fields, std::uint32_t bits, const std::string& what) {
  std::uint32_t next = 0;
  for (const codec::BitField& field : fields) {
    EXPECT_EQ(field.first_bit, next) << what << ": " << field.name;
    EXPECT_TRUE(field.texel_of_bit.empty() || field.texel_of_bit.size() == field.bit_count) << field.name;
    next += field.bit_count;
  }
  EXPECT_EQ(next, bits) << what;
}

TEST(BcLowBlock, FieldsTileTheirBlocks) {
  codec::Source source;
  source.picture = std::make_shared<const Rgba8Image>(Rgba8Image{4, 4, std::vector<std::uint8_t>(64, 7)});
  std::vector<std::byte> whole = channel(255, 3);
  whole.insert(whole.end(), red_blue.begin(), red_blue.end());
  using codec::TextureFormat;
  for (const block::Format& format : {bc1::format(TextureFormat::bc1_unorm), bc3::format(TextureFormat::bc3_unorm),
                                      bc4::format(TextureFormat::bc4_snorm), bc5::format(TextureFormat::bc5_unorm)}) {
    const std::size_t size = format.block_bytes();
    const auto inspection = format.inspect(std::span(whole).first(size), source, 0, 0);
    expect_tiles(inspection.fields, std::uint32_t(size * 8), std::string(format.name));
    EXPECT_EQ(inspection.bit_count, size * 8);
    std::uint64_t counted = 0;
    for (const codec::BitPart& part : format.count_bits(std::span(whole).first(size))) counted += part.bits;
    EXPECT_EQ(counted, size * 8);
  }
  const auto fields = block::colour_fields(block::HalfBytes(red_blue.data(), 8), ColourKind::by_order, 0, 0);
  EXPECT_EQ(fields[2].name, "R0");
  EXPECT_EQ(fields[2].value, 31u);
  EXPECT_EQ(fields[2].endpoint, 0);
  EXPECT_EQ(fields[3].name, "B1");
  EXPECT_EQ(fields[3].meaning, "255 of 255");
}

}  // namespace
}  // namespace txs
