// The CPU side of BC6H: blocks taken apart, put together and decoded. tests/gpu/bc6h_decode_test.cpp holds the decoder
// to the device's sampler.
#include "codecs/bc6h/bc6h_block.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "../support/bc6h_random_blocks.h"
#include "codecs/bc6h/bc6h_tables.h"
#include "codecs/bc6h/format.h"

namespace txs::bc6h {
namespace {

using Bytes = std::vector<std::byte>;

BlockBytes block_at(const Bytes& blocks, std::size_t i) { return BlockBytes(&blocks[i * block_bytes], block_bytes); }

/// A block of one line, all texels with this index.
Block of_one_line(std::uint32_t row, bool is_signed, Integers first, Integers second, std::uint8_t index) {
  Block block;
  block.row = row;
  block.is_signed = is_signed;
  block.stored[0] = first;
  block.stored[1] = second;
  block.index.fill(index);
  block.index[0] &= 7;
  return block;
}

Halves last_texel(const Block& block) {
  const auto bytes = pack_block(block);
  return decode_texels(parse_block(BlockBytes(bytes), block.is_signed)).back();
}

constexpr std::uint32_t mode3 = 10, mode15 = 13;  // rows

TEST(Bc6hTables, HeadersEndWhereTheIndicesBegin) {
  for (std::uint32_t row = 0; row < interop::bc6h_mode_count; ++row) {
    const interop::Bc6hMode& mode = tables.modes[row];
    std::uint32_t bits = 0;
    for (std::uint32_t i = 0; i < mode.run_count; ++i) bits += interop::bc6h_run_count(mode.runs[i]);
    EXPECT_EQ(bits, mode.subsets == 1 ? 65u : 82u) << mode_name(row);
  }
}

TEST(Bc6hTables, EveryBitOfEveryVariableIsStoredOnce) {
  for (std::uint32_t row = 0; row < interop::bc6h_mode_count; ++row) {
    const interop::Bc6hMode& mode = tables.modes[row];
    std::array<std::uint32_t, 14> seen{};
    for (std::uint32_t i = 0; i < mode.run_count; ++i) {
      const std::uint32_t run = mode.runs[i];
      const std::uint32_t bits = ((1u << interop::bc6h_run_count(run)) - 1) << interop::bc6h_run_lowest(run);
      EXPECT_EQ(seen[interop::bc6h_run_variable(run)] & bits, 0u) << mode_name(row);
      seen[interop::bc6h_run_variable(run)] |= bits;
    }
    for (std::uint32_t v = 0; v < 12; ++v) {
      const std::uint32_t width = v < 3 ? mode.endpoint_bits : v / 3 < 2 * mode.subsets ? mode.delta_bits[v % 3] : 0;
      EXPECT_EQ(seen[v], (1u << width) - 1) << mode_name(row) << ", variable " << v;
    }
  }
}

TEST(Bc6hBlock, PackingGivesTheBlockThatWasParsed) {
  const Bytes blocks = test::random_bc6h_blocks(6400, 3);
  for (const bool is_signed : {false, true})
    for (std::size_t i = 0; i < 6400; ++i) {
      const Block block = parse_block(block_at(blocks, i), is_signed);
      if (block.row == interop::bc6h_reserved) continue;
      EXPECT_TRUE(std::ranges::equal(pack_block(block), block_at(blocks, i))) << "block " << i;
    }
}

TEST(Bc6hBlock, ReservedModesDecodeToBlack) {
  for (const int number : {19, 23, 27, 31}) {
    std::array<std::byte, block_bytes> bytes;
    bytes.fill(std::byte(0xFF));
    bytes[0] = std::byte(number | 0xE0);
    const Block block = parse_block(BlockBytes(bytes), false);
    EXPECT_EQ(block.row, interop::bc6h_reserved) << number;
    for (const Halves& texel : decode_texels(block)) EXPECT_EQ(texel, (Halves{0, 0, 0}));
  }
}

TEST(Bc6hBlock, UnsignedNumbersByHand) {
  EXPECT_EQ(last_texel(of_one_line(mode3, false, {0, 0, 0}, {0, 512, 1023}, 15)), (Halves{0, 0x3E0F, 0x7BFF}));
  EXPECT_EQ(last_texel(of_one_line(mode3, false, {0, 0, 0}, {0, 0, 1023}, 7)), (Halves{0, 0, 0x3A20}));
  EXPECT_EQ(last_texel(of_one_line(mode15, false, {0xFFFF, 3, 2}, {0, 0, -3}, 15)), (Halves{0x7BFF, 1, 0x7BFF}))
      << "sums with endpoint 0 wrap around: 2 - 3 is 65535";
}

TEST(Bc6hBlock, SignedNumbersByHand) {
  EXPECT_EQ(last_texel(of_one_line(mode3, true, {0, 0, 0}, {511, -511, -1}, 15)), (Halves{0x7BFF, 0xFBFF, 0x805D}));
  EXPECT_EQ(last_texel(of_one_line(mode3, true, {-512, 0, 0}, {-512, 0, 0}, 0)), (Halves{0xFBFF, 0, 0}));
  EXPECT_EQ(last_texel(of_one_line(mode15, true, {-32768, 32767, -1}, {0, 0, 0}, 0)), (Halves{0xFC00, 0x7BFF, 0x8000}));
}

TEST(Bc6hBlock, PalettesHoldEveryTexel) {
  const Bytes blocks = test::random_bc6h_blocks(320, 5);
  for (std::size_t i = 0; i < 320; ++i) {
    const Block block = parse_block(block_at(blocks, i), i % 2 == 0);
    const auto texels = decode_texels(block);
    for (std::size_t t = 0; t < texels.size() && block.subsets > 0; ++t)
      EXPECT_EQ(texels[t], palette(block, block.subset_of[t]).at(block.index[t]));
  }
}

TEST(Bc6hFields, TileTheBlockAndHoldItsBits) {
  const Bytes blocks = test::random_bc6h_blocks(640, 7);
  for (std::size_t i = 0; i < 640; ++i) {
    std::uint32_t next = 0;
    for (const codec::BitField& field : bit_fields(block_at(blocks, i), false)) {
      EXPECT_EQ(field.first_bit, next);
      for (std::uint32_t b = 0; b < field.bit_count; ++b) {
        const std::uint32_t at = field.first_bit + b;
        EXPECT_EQ(field.value >> b & 1, std::to_integer<unsigned>(block_at(blocks, i)[at / 8]) >> at % 8 & 1);
      }
      EXPECT_EQ(field.texel_of_bit.size(), field.name == "indices" ? field.bit_count : 0);
      next += field.bit_count;
    }
    EXPECT_EQ(next, 128u);
  }
}

TEST(Bc6hFormat, PartsSumToAllBits) {
  const Bytes blocks = test::random_bc6h_blocks(320, 9);
  const auto parts = format(codec::TextureFormat::bc6h_ufloat).count_bits(blocks);
  const auto sum = std::accumulate(parts.begin(), parts.end(), std::uint64_t(0),
                                   [](std::uint64_t bits, const codec::BitPart& part) { return bits + part.bits; });
  EXPECT_EQ(sum, blocks.size() * 8);
}

}  // namespace
}  // namespace txs::bc6h
