// What is told of BC7 blocks: whatever their bits are, the lines that are told of give the texels that are decoded, and
// every bit belongs to what it sets.
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "codecs/bc7/inspection.h"

namespace txs::bc7 {
namespace {

std::array<std::byte, block_bytes> random_block(int mode, std::mt19937& random) {
  std::array<std::byte, block_bytes> bytes;
  for (std::byte& byte : bytes) byte = std::byte(random() & 0xff);
  const auto low = std::uint8_t(1u << mode);
  const auto above = std::uint8_t(~((1u << (mode + 1)) - 1));
  bytes[0] = std::byte((std::to_integer<std::uint8_t>(bytes[0]) & above) | low);
  return bytes;
}

Rgba8Image grey() { return {4, 4, std::vector<std::uint8_t>(64, 128)}; }

TEST(Bc7Inspection, LinesOfAnyBlockGiveItsTexels) {
  std::mt19937 random(11);
  for (int mode = 0; mode < 8; ++mode) {
    for (int repeat = 0; repeat < 200; ++repeat) {
      const auto block = inspect_bits(random_block(mode, random), grey(), 0, 0);
      for (std::size_t t = 0; t < 16; ++t) {
        std::uint32_t set = 0;
        for (std::size_t s = 0; s < block.subsets.size(); ++s) {
          const codec::Subset& line = block.subsets[s];
          if (line.indices.empty() && block.subset_of[t] != s) continue;
          const codec::Colour& entry = line.palette.at(line.indices.empty() ? block.indices[t] : line.indices[t]);
          for (std::size_t c = 0; c < 4; ++c) {
            if ((line.channels >> c & 1) == 0) continue;
            ASSERT_EQ(std::lround(entry[c] * 255), block.decoded[t][c]) << "mode " << mode << ", texel " << t;
            set |= 1u << c;
          }
        }
        ASSERT_EQ(set, 0b1111u) << "mode " << mode;
      }
    }
  }
}

TEST(Bc7Inspection, ABitOfAnIndexChangesItsTexelAlone) {
  std::mt19937 random(12);
  for (int mode = 0; mode < 8; ++mode) {
    const auto bytes = random_block(mode, random);
    const auto before = inspect_bits(bytes, grey(), 0, 0);
    std::set<int> texels;
    for (const codec::BitField& field : before.fields) {
      if (field.texel_of_bit.empty()) continue;
      ASSERT_EQ(field.texel_of_bit.size(), field.bit_count);
      for (std::uint32_t i = 0; i < field.bit_count; ++i) {
        auto changed = bytes;
        const std::uint32_t bit = field.first_bit + i;
        changed[bit / 8] ^= std::byte(1 << bit % 8);
        const auto after = inspect_bits(changed, grey(), 0, 0);
        for (std::size_t t = 0; t < 16; ++t) {
          if (t == field.texel_of_bit[i]) continue;
          ASSERT_EQ(after.decoded[t], before.decoded[t]) << "mode " << mode;
        }
        texels.insert(field.texel_of_bit[i]);
      }
    }
    EXPECT_EQ(texels.size(), 16u);
  }
}

TEST(Bc7Inspection, AnEndpointsFieldsMoveItAndNoOther) {
  std::mt19937 random(13);
  for (int mode = 0; mode < 8; ++mode) {
    const auto bytes = random_block(mode, random);
    const auto before = inspect_bits(bytes, grey(), 0, 0);
    std::set<int> named;
    for (const codec::BitField& field : before.fields) {
      if (field.endpoint < 0) continue;
      named.insert(field.endpoint);
      auto changed = bytes;
      const std::uint32_t bit = field.first_bit + field.bit_count - 1;
      changed[bit / 8] ^= std::byte(1 << bit % 8);
      const auto after = inspect_bits(changed, grey(), 0, 0);
      for (std::size_t e = 0; e < 2 * before.subsets.size(); ++e) {
        const codec::Subset &a = before.subsets[e / 2], &b = after.subsets[e / 2];
        bool moved = false;
        for (std::size_t c = 0; c < 4; ++c)
          if ((a.channels >> c & 1) != 0) moved |= (e % 2 == 0 ? a.low : a.high)[c] != (e % 2 == 0 ? b.low : b.high)[c];
        ASSERT_EQ(moved, int(e) == field.endpoint) << "mode " << mode << ", " << field.name;
      }
    }
    EXPECT_EQ(named.size(), 2 * before.subsets.size()) << "mode " << mode;
  }
}

}  // namespace
}  // namespace txs::bc7
