// Blocks put together bit by bit from KDFS table 20.3, with texels worked out by hand.
#include "codecs/bc7/bc7_block.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace txs::bc7 {
namespace {

/// Puts fields one after another from bit 0 on.
class BitWriter {
 public:
  BitWriter& put(std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i, ++position_) {
      if (value >> i & 1) bytes_[std::size_t(position_ / 8)] |= std::byte(1 << position_ % 8);
    }
    return *this;
  }
  BitWriter& put_all(std::initializer_list<std::uint32_t> values, int count) {
    for (std::uint32_t value : values) put(value, count);
    return *this;
  }

  std::array<Texel, block_texels> decoded() const {
    EXPECT_EQ(position_, 128) << "the test's block must be whole";
    std::array<Texel, block_texels> texels;
    decode_block(bytes_, texels);
    return texels;
  }
  const std::array<std::byte, 16>& bytes() const { return bytes_; }

 private:
  std::array<std::byte, 16> bytes_{};
  int position_ = 0;
};

TEST(Bc7Block, Mode0HasThreeSubsetsAndAPBitForEachEndpoint) {
  // Partition 1: rows 0001 / 0011 / 2211 / 2221, anchors 0, 3 and 8.
  BitWriter bits;
  bits.put(0b1, 1).put(1, 4);
  bits.put_all({0, 15, 8, 8, 15, 0}, 4);  // R of subset 0, 1, 2
  bits.put_all({0, 0, 1, 2, 0, 0}, 4);    // G
  bits.put_all({5, 5, 0, 0, 3, 3}, 4);    // B
  bits.put_all({0, 1, 0, 1, 1, 0}, 1);    // P
  // Texels 0, 3 and 8 store two bits.
  bits.put(0, 2).put_all({7, 1}, 3).put(0, 2);
  bits.put_all({2, 3, 7, 0}, 3);
  bits.put(3, 2).put_all({7, 0, 7}, 3);
  bits.put_all({4, 5, 6, 1}, 3);
  const auto texels = bits.decoded();

  // 5 bits with the p-bit, widened v << 3 | v >> 2. Subset 0: R 0..255, G 0..8, B 82..90.
  EXPECT_EQ(texels[0], (Texel{0, 0, 82, 255}));
  EXPECT_EQ(texels[1], (Texel{255, 8, 90, 255}));
  EXPECT_EQ(texels[2], (Texel{36, 1, 83, 255}));  // weight 9
  EXPECT_EQ(texels[4], (Texel{72, 2, 84, 255}));  // weight 18
  EXPECT_EQ(texels[5], (Texel{108, 3, 85, 255}));  // weight 27
  // Subset 1: R 132..140, G 16..41, B 0..8.
  EXPECT_EQ(texels[3], (Texel{132, 16, 0, 255}));
  EXPECT_EQ(texels[6], (Texel{140, 41, 8, 255}));
  EXPECT_EQ(texels[7], (Texel{132, 16, 0, 255}));
  EXPECT_EQ(texels[10], (Texel{132, 16, 0, 255}));
  EXPECT_EQ(texels[11], (Texel{140, 41, 8, 255}));
  EXPECT_EQ(texels[15], (Texel{133, 20, 1, 255}));  // weight 9
  // Subset 2: R 255..0, G 8..0, B 57..49.
  EXPECT_EQ(texels[8], (Texel{147, 5, 54, 255}));  // weight 27
  EXPECT_EQ(texels[9], (Texel{0, 0, 49, 255}));
  EXPECT_EQ(texels[12], (Texel{108, 3, 52, 255}));  // weight 37
  EXPECT_EQ(texels[13], (Texel{72, 2, 51, 255}));  // weight 46
  EXPECT_EQ(texels[14], (Texel{36, 1, 50, 255}));  // weight 55
}

TEST(Bc7Block, Mode1SharesAPBitBetweenTheEndpointsOfASubset) {
  // Partition 13: the lower half is subset 1, anchors 0 and 15.
  BitWriter bits;
  bits.put(0b10, 2).put(13, 6);
  bits.put_all({0, 63, 32, 32}, 6).put_all({0, 0, 0, 63}, 6).put_all({63, 0, 1, 1}, 6);
  bits.put_all({1, 0}, 1);
  bits.put(0, 2).put_all({1, 2, 3, 4, 5, 6, 7}, 3);
  bits.put_all({0, 1, 2, 3, 4, 5, 6}, 3).put(3, 2);
  const auto texels = bits.decoded();

  // 7 bits with the p-bit, widened v << 1 | v >> 6. Subset 0 (p 1): R 2..255, G 2..2, B 255..2.
  EXPECT_EQ(texels[0], (Texel{2, 2, 255, 255}));
  EXPECT_EQ(texels[4], (Texel{148, 2, 109, 255}));  // weight 37
  EXPECT_EQ(texels[7], (Texel{255, 2, 2, 255}));
  // Subset 1 (p 0): R 129, G 0..253, B 4.
  EXPECT_EQ(texels[8], (Texel{129, 0, 4, 255}));
  EXPECT_EQ(texels[11], (Texel{129, 107, 4, 255}));  // weight 27
  EXPECT_EQ(texels[14], (Texel{129, 217, 4, 255}));  // weight 55
  EXPECT_EQ(texels[15], (Texel{129, 107, 4, 255}));
}

TEST(Bc7Block, Mode2HasThreeSubsetsWithoutPBits) {
  // Partition 8: rows 0000 / 0000 / 1111 / 2222, anchors 0, 8 and 15.
  BitWriter bits;
  bits.put(0b100, 3).put(8, 6);
  bits.put_all({0, 31, 16, 16, 1, 2}, 5).put_all({31, 31, 0, 31, 0, 0}, 5).put_all({0, 0, 0, 0, 31, 0}, 5);
  bits.put(1, 1).put_all({0, 1, 2, 3, 0, 1, 2}, 2);
  bits.put(0, 1).put_all({1, 2, 3}, 2);
  bits.put_all({0, 1, 2}, 2).put(1, 1);
  const auto texels = bits.decoded();

  EXPECT_EQ(texels[0], (Texel{84, 255, 0, 255}));  // weight 21
  EXPECT_EQ(texels[1], (Texel{0, 255, 0, 255}));
  EXPECT_EQ(texels[3], (Texel{171, 255, 0, 255}));  // weight 43
  EXPECT_EQ(texels[4], (Texel{255, 255, 0, 255}));
  EXPECT_EQ(texels[8], (Texel{132, 0, 0, 255}));
  EXPECT_EQ(texels[9], (Texel{132, 84, 0, 255}));
  EXPECT_EQ(texels[11], (Texel{132, 255, 0, 255}));
  EXPECT_EQ(texels[12], (Texel{8, 0, 255, 255}));
  EXPECT_EQ(texels[14], (Texel{13, 0, 84, 255}));
  EXPECT_EQ(texels[15], (Texel{11, 0, 171, 255}));
}

TEST(Bc7Block, Mode3HasSevenBitsAndAPBitForEachEndpoint) {
  // Partition 17: rows 0111 / 0001 / 0000 / 0000, anchors 0 and 2.
  BitWriter bits;
  bits.put(0b1000, 4).put(17, 6);
  bits.put_all({0, 127, 64, 10}, 7).put_all({127, 0, 64, 10}, 7).put_all({1, 1, 64, 10}, 7);
  bits.put_all({0, 1, 1, 0}, 1);
  bits.put(0, 1).put(3, 2).put(1, 1).put(0, 2);
  bits.put_all({1, 2, 3, 2}, 2).put_all({0, 0, 0, 0, 0, 0, 0, 3}, 2);
  const auto texels = bits.decoded();

  EXPECT_EQ(texels[0], (Texel{0, 254, 2, 255}));
  EXPECT_EQ(texels[4], (Texel{84, 171, 2, 255}));
  EXPECT_EQ(texels[5], (Texel{171, 84, 3, 255}));
  EXPECT_EQ(texels[6], (Texel{255, 1, 3, 255}));
  EXPECT_EQ(texels[15], (Texel{255, 1, 3, 255}));
  EXPECT_EQ(texels[1], (Texel{20, 20, 20, 255}));
  EXPECT_EQ(texels[2], (Texel{93, 93, 93, 255}));  // weight 21 of 129..20
  EXPECT_EQ(texels[3], (Texel{129, 129, 129, 255}));
  EXPECT_EQ(texels[7], (Texel{56, 56, 56, 255}));  // weight 43
}

BitWriter mode4(std::uint32_t rotation, std::uint32_t index_selection) {
  BitWriter bits;
  bits.put(0b10000, 5).put(rotation, 2).put(index_selection, 1);
  bits.put_all({0, 31}, 5).put_all({31, 0}, 5).put_all({16, 16}, 5).put_all({0, 63}, 6);
  bits.put(1, 1).put_all({0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2}, 2);
  bits.put(3, 2).put_all({0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6}, 3);
  return bits;
}

TEST(Bc7Block, Mode4GivesColourTwoBitsAndAlphaThree) {
  const auto texels = mode4(0, 0).decoded();
  EXPECT_EQ(texels[0], (Texel{84, 171, 132, 108}));  // weights 21 and 27
  EXPECT_EQ(texels[1], (Texel{0, 255, 132, 0}));
  EXPECT_EQ(texels[4], (Texel{255, 0, 132, 108}));
  EXPECT_EQ(texels[8], (Texel{255, 0, 132, 255}));
}

TEST(Bc7Block, Mode4IndexSelectionGivesColourThreeBitsAndAlphaTwo) {
  const auto texels = mode4(0, 1).decoded();
  EXPECT_EQ(texels[0], (Texel{108, 147, 132, 84}));
  EXPECT_EQ(texels[1], (Texel{0, 255, 132, 0}));
  EXPECT_EQ(texels[4], (Texel{108, 147, 132, 255}));
  EXPECT_EQ(texels[8], (Texel{255, 0, 132, 255}));
}

TEST(Bc7Block, RotationSwapsAlphaWithAColour) {
  EXPECT_EQ(mode4(1, 0).decoded()[0], (Texel{108, 171, 132, 84}));
  EXPECT_EQ(mode4(2, 0).decoded()[0], (Texel{84, 108, 132, 171}));
  EXPECT_EQ(mode4(3, 0).decoded()[0], (Texel{84, 171, 108, 132}));
}

TEST(Bc7Block, Mode5HasEightBitsOfAlpha) {
  BitWriter bits;
  bits.put(0b100000, 6).put(2, 2);  // green and alpha swapped
  bits.put_all({0, 127}, 7).put_all({64, 64}, 7).put_all({127, 0}, 7).put_all({200, 100}, 8);
  bits.put(0, 1).put_all({1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2}, 2);
  bits.put(1, 1).put_all({0, 1, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 2);
  const auto texels = bits.decoded();

  EXPECT_EQ(texels[0], (Texel{0, 167, 255, 129}));  // alpha by weight 21 of 200..100
  EXPECT_EQ(texels[1], (Texel{84, 200, 171, 129}));
  EXPECT_EQ(texels[3], (Texel{255, 100, 0, 129}));
  EXPECT_EQ(texels[15], (Texel{171, 133, 84, 129}));
}

TEST(Bc7Block, Mode6HasSixteenWeights) {
  BitWriter bits;
  bits.put(0b1000000, 7);
  bits.put_all({0, 127}, 7).put_all({127, 0}, 7).put_all({50, 50}, 7).put_all({127, 127}, 7);
  bits.put_all({0, 1}, 1);
  bits.put(0, 3).put_all({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, 4);
  const auto texels = bits.decoded();

  constexpr std::uint8_t ramp[16] = {0, 16, 36, 52, 68, 84, 104, 120, 135, 151, 171, 187, 203, 219, 239, 255};
  for (std::size_t t = 0; t < 16; ++t) EXPECT_EQ(texels[t][0], ramp[t]) << "texel " << t;
  EXPECT_EQ(texels[0], (Texel{0, 254, 100, 254}));
  EXPECT_EQ(texels[15], (Texel{255, 1, 101, 255}));
}

TEST(Bc7Block, Mode7HasAlphaInTwoSubsets) {
  // Partition 63: rows 0100 / 0100 / 0111 / 0111, anchors 0 and 15.
  BitWriter bits;
  bits.put(0b10000000, 8).put(63, 6);
  bits.put_all({0, 31, 1, 1}, 5).put_all({31, 31, 1, 1}, 5).put_all({0, 0, 1, 1}, 5).put_all({31, 0, 0, 31}, 5);
  bits.put_all({1, 1, 0, 1}, 1);
  bits.put(1, 1).put_all({0, 3, 2}, 2).put_all({0, 1, 0, 0}, 2).put_all({0, 2, 0, 0}, 2);
  bits.put_all({0, 3, 0}, 2).put(0, 1);
  const auto texels = bits.decoded();

  // 6 bits with the p-bit, widened v << 2 | v >> 4. Subset 0: R 4..255, G 255, B 4, A 255..4.
  EXPECT_EQ(texels[0], (Texel{86, 255, 4, 173}));
  EXPECT_EQ(texels[2], (Texel{255, 255, 4, 4}));
  EXPECT_EQ(texels[3], (Texel{173, 255, 4, 86}));
  // Subset 1: colour 8..12, A 0..255.
  EXPECT_EQ(texels[1], (Texel{8, 8, 8, 0}));
  EXPECT_EQ(texels[5], (Texel{9, 9, 9, 84}));
  EXPECT_EQ(texels[9], (Texel{11, 11, 11, 171}));
  EXPECT_EQ(texels[13], (Texel{12, 12, 12, 255}));
  EXPECT_EQ(texels[15], (Texel{8, 8, 8, 0}));
}

TEST(Bc7Block, ReservedIsTransparentBlack) {
  std::array<std::byte, 16> bytes;
  bytes.fill(std::byte(0xff));
  bytes[0] = std::byte(0);
  std::array<Texel, block_texels> texels;
  texels.fill({1, 2, 3, 4});
  decode_block(bytes, texels);
  for (const Texel& texel : texels) EXPECT_EQ(texel, (Texel{0, 0, 0, 0}));
  EXPECT_EQ(parse_block(bytes).mode, Block::reserved);
}

TEST(Bc7Block, FieldsOfMode6SayWhereEveryBitIs) {
  BitWriter bits;
  bits.put(0b1000000, 7);
  bits.put_all({90, 1}, 7).put_all({2, 3}, 7).put_all({4, 5}, 7).put_all({6, 7}, 7).put_all({1, 0}, 1).put(5, 3);
  const auto fields = bit_fields(bits.bytes());

  const char* names[] = {"mode", "R0", "R1", "G0", "G1", "B0", "B1", "A0", "A1", "P0", "P1", "indices"};
  ASSERT_EQ(fields.size(), std::size(names));
  for (std::size_t i = 0; i < fields.size(); ++i) EXPECT_EQ(fields[i].name, names[i]);
  EXPECT_EQ(fields[1].first_bit, 7u);
  EXPECT_EQ(fields[1].bit_count, 7u);
  EXPECT_EQ(fields[1].value, 90u);
  EXPECT_EQ(fields[1].meaning, "181 of 255");
  EXPECT_EQ(fields[9].first_bit, 63u);
  EXPECT_EQ(fields[11].first_bit, 65u);
  EXPECT_EQ(fields[11].bit_count, 63u);
  EXPECT_EQ(fields[11].value, 5u);
}

}  // namespace
}  // namespace txs::bc7
