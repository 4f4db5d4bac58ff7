#include "codecs/astc/astc_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/half.h"
#include "shaders/interop/astc_format.h"

namespace txs::astc {
namespace {

std::array<std::byte, 16> bytes_of(const Bits128& bits) {
  std::array<std::byte, 16> bytes;
  bits.store(bytes);
  return bytes;
}

Bits128 constant_block(const std::array<std::uint16_t, 4>& colour) {
  Bits128 bits;
  bits.put(0, 12, 0xdfc);
  for (std::uint32_t bit = 12; bit < 64; ++bit) bits.put(bit, 1, 1);
  for (std::uint32_t c = 0; c < 4; ++c) bits.put(64 + 16 * c, 16, colour[c]);
  return bits;
}

TEST(AstcBlock, VoidExtentGivesTheTopBytes) {
  const auto bytes = bytes_of(constant_block({0x12ff, 0x8000, 0xfffe, 0xffff}));
  const Block block = parse_block(bytes, {6, 5});
  ASSERT_EQ(block.kind, Block::Kind::void_extent);
  for (const bool srgb : {false, true}) {
    const auto texels = decode_texels(block, {6, 5}, srgb);
    ASSERT_EQ(texels.size(), 30u);
    for (const Texel& texel : texels) EXPECT_EQ(texel, (Texel{0x12, 0x80, 0xff, 0xff}));
  }
}

TEST(AstcBlock, SaysWhyABlockIsIllegal) {
  const auto why = [](auto&& change) {
    Bits128 bits;
    change(bits);
    const Block block = parse_block(bytes_of(bits), {4, 4});
    EXPECT_EQ(block.kind, Block::Kind::error);
    for (const Texel& texel : decode_texels(block, {4, 4}, false)) EXPECT_EQ(texel, error_colour);
    return std::string(block.why);
  };
  EXPECT_EQ(why([](Bits128&) {}), "reserved block mode");
  EXPECT_EQ(why([](Bits128& b) { b.put(0, 10, 0x1fc); }), "void extent: reserved bits are not 1");
  EXPECT_EQ(why([](Bits128& b) { b.put(0, 12, 0xdfc); }), "void extent: empty extent");
  EXPECT_EQ(why([](Bits128& b) {
              b.put(0, 12, 0xffc);
              for (std::uint32_t bit = 12; bit < 64; ++bit) b.put(bit, 1, 1);
            }),
            "void extent: HDR colour in the LDR profile");
  EXPECT_EQ(why([](Bits128& b) { b.put(0, 11, 0x047); }), "weight grid larger than the block");  // row 2: 4 x 6? wide 8
  EXPECT_EQ(why([](Bits128& b) { b.put(0, 11, 0x041); }), "less than 24 bits of weights");       // 4 x 4 of one bit
}

// KDFS 23.10: with the two lowest bits set anyhow 4 x 4 x 6 x 4 modes (A, B, range, D and H) of each of three rows, and half as
// many of each of two; without, of 12 x n and n x 12 4 x 6 x 4, of 6 x 10 and 10 x 6 6 x 4, and 4 x 4 x 6 that lack D and H.
TEST(AstcBlock, HasAsManyBlockModesAsTheSpecification) {
  std::uint32_t modes = 0;
  for (std::uint32_t mode = 0; mode < 2048; ++mode) modes += weight_grid(mode).has_value();
  EXPECT_EQ(modes, 3 * 384u + 2 * 192u + 2 * 96u + 2 * 24u + 96u);
}

TEST(AstcBlock, VoidExtentOfLight) {
  Bits128 bits = constant_block({0x3c00, 0x7c00, 0xfe00, 0x8001});  // 1, infinity, NaN, the smallest negative
  bits.put(9, 1, 1);
  const auto bytes = bytes_of(bits);
  EXPECT_TRUE(needs_hdr(bytes, {4, 4}));
  for (const HalfTexel& texel : decode_light(parse_block(bytes, {4, 4}, Profile::hdr), {4, 4}))
    EXPECT_EQ(texel, (HalfTexel{0x3c00, 0x7bff, 0x7bff, 0x8001}));
  for (const Texel& texel : decode_texels(parse_block(bytes, {4, 4}), {4, 4}, false)) EXPECT_EQ(texel, error_colour);
}

TEST(AstcBlock, UnormValuesBecomeHalvesRoundedToZero) {
  for (std::uint32_t value = 0; value < 65535; ++value) {
    const double exact = value / 65536.0, half = half_to_float(half_of_unorm(value));
    const double next = half_to_float(std::uint16_t(half_of_unorm(value) + 1));
    ASSERT_TRUE(half <= exact && exact < next) << value;
  }
  EXPECT_EQ(half_to_float(half_of_unorm(65535)), 1);
}

// A block by hand: 4x4 weights of 4 levels, one partition, luminance from 0 to 255.
TEST(AstcBlock, DecodesARampOfGreys) {
  Bits128 bits;
  bits.put(0, 11, 0x042);  // rho 100: 4 levels; width B + 4 = 4, height A + 2 = 4
  bits.put(13, 4, 0);      // luminance
  bits.put(17, 8, 0);
  bits.put(25, 8, 255);
  Bits128 turned;
  for (std::uint32_t t = 0; t < 16; ++t) turned.put(2 * t, 2, t % 4);
  const Bits128 weights = turned.reversed();
  for (std::uint32_t bit = 96; bit < 128; ++bit) bits.put(bit, 1, weights.get(bit, 1));

  const Block block = parse_block(bytes_of(bits), {4, 4});
  ASSERT_EQ(block.kind, Block::Kind::lines) << block.why;
  EXPECT_EQ(block.colour_range, 20u);
  const auto texels = decode_texels(block, {4, 4}, false);
  constexpr std::array<std::uint8_t, 4> expected{0, 83, 171, 255};  // 0, 21, 43, 64 of 64
  for (std::size_t t = 0; t < 16; ++t) {
    const std::uint8_t grey = texels[t][0];
    EXPECT_NEAR(grey, expected[t % 4], 1);
    EXPECT_EQ(texels[t], (Texel{grey, grey, grey, 255}));
  }
}

TEST(AstcBlock, FourPartitionsAreAllSeen) {
  std::array<bool, 4> seen{};
  for (std::uint32_t seed = 0; seed < 1024; ++seed)
    for (std::uint32_t t = 0; t < 64; ++t) {
      const std::uint32_t p = interop::astc_partition_of(seed, t % 8, t / 8, 4, 64);
      ASSERT_LT(p, 4u);
      seen[p] = true;
      EXPECT_LT(interop::astc_partition_of(seed, t % 8, t / 8, 3, 64), 3u);
      EXPECT_LT(interop::astc_partition_of(seed, t % 8, t / 8, 2, 64), 2u);
    }
  EXPECT_TRUE(std::ranges::all_of(seen, [](bool s) { return s; }));
}

}  // namespace
}  // namespace txs::astc
