#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

#include "codecs/astc/integer_sequence.h"
#include "codecs/astc/quantisation.h"

namespace txs::astc {
namespace {

using interop::astc_ranges;

TEST(AstcSequence, EveryRangeAndCountComesBack) {
  std::mt19937 random(1);
  for (std::uint32_t range = 0; range < interop::astc_range_count; ++range) {
    for (std::uint32_t count = 1; count <= 64; ++count) {
      const std::uint32_t size = interop::astc_sequence_bits(astc_ranges[range], count);
      if (size > 96) break;
      for (int repeat = 0; repeat < 20; ++repeat) {
        std::vector<std::uint8_t> values(count), back(count);
        for (auto& value : values) value = std::uint8_t(random() % astc_ranges[range].levels);
        const auto first = std::uint32_t(random() % (128 - size + 1));
        Bits128 bits;
        write_sequence(values, range, first, bits);
        for (std::uint32_t bit = 0; bit < 128; ++bit) {
          const bool inside = bit >= first && bit < first + size;
          ASSERT_TRUE(inside || bits.get(bit, 1) == 0) << "bit " << bit << " is not of the sequence";
        }
        read_sequence(bits, first, range, back);
        ASSERT_EQ(values, back) << "range " << range << ", " << count << " values";
      }
    }
  }
}

TEST(AstcSequence, EveryCombinationHasAPattern) {
  std::set<std::array<std::uint8_t, 5>> trits;
  std::set<std::array<std::uint8_t, 3>> quints;
  for (std::uint32_t packed = 0; packed < 256; ++packed) {
    const auto five = trits_of(packed);
    for (const std::uint8_t trit : five) ASSERT_LT(trit, 3);
    trits.insert(five);
    EXPECT_EQ(trits_of(pack_trits(five)), five);
  }
  for (std::uint32_t packed = 0; packed < 128; ++packed) {
    const auto three = quints_of(packed);
    for (const std::uint8_t quint : three) ASSERT_LT(quint, 5);
    quints.insert(three);
    EXPECT_EQ(quints_of(pack_quints(three)), three);
  }
  EXPECT_EQ(trits.size(), 243u);
  EXPECT_EQ(quints.size(), 125u);
}

TEST(AstcSequence, NeverReadsBeyondItsEnd) {
  Bits128 ones;
  for (std::uint32_t bit = 0; bit < 128; ++bit) ones.put(bit, 1, 1);
  for (const std::uint32_t range : {1u, 3u, 4u, 6u, 7u, 9u}) {
    for (std::uint32_t count = 1; count <= 20; ++count) {
      const std::uint32_t size = interop::astc_sequence_bits(astc_ranges[range], count);
      Bits128 cut;
      for (std::uint32_t bit = 0; bit < size; ++bit) cut.put(bit, 1, 1);
      std::vector<std::uint8_t> of_ones(count), of_cut(count);
      read_sequence(ones, 0, range, of_ones);
      read_sequence(cut, 0, range, of_cut);
      EXPECT_EQ(of_ones, of_cut);
    }
  }
}

TEST(AstcSequence, SizesAreThoseOfTheSpecification) {
  // KDFS 23.12: five trits in 8 bits, three quints in 7, partly filled groups rounded up.
  EXPECT_EQ(interop::astc_sequence_bits(astc_ranges[1], 5), 8u);
  EXPECT_EQ(interop::astc_sequence_bits(astc_ranges[1], 1), 2u);
  EXPECT_EQ(interop::astc_sequence_bits(astc_ranges[3], 3), 7u);
  EXPECT_EQ(interop::astc_sequence_bits(astc_ranges[3], 2), 5u);
  EXPECT_EQ(interop::astc_sequence_bits(astc_ranges[10], 16), 74u);  // 48 bits and 26 of trits
  EXPECT_EQ(interop::astc_sequence_bits(astc_ranges[20], 8), 64u);
}

TEST(AstcQuantisation, ValuesSpanTheRangeAndDiffer) {
  for (std::uint32_t range = interop::astc_first_colour_range; range < interop::astc_range_count; ++range) {
    std::set<int> values;
    for (std::uint32_t q = 0; q < astc_ranges[range].levels; ++q) values.insert(colour_value(range, q));
    EXPECT_EQ(values.size(), astc_ranges[range].levels);
    EXPECT_EQ(*values.begin(), 0);
    EXPECT_EQ(*values.rbegin(), 255);
    for (const int value : values) EXPECT_TRUE(values.contains(255 - value)) << "symmetric about the middle";
  }
  for (std::uint32_t range = 0; range < interop::astc_weight_ranges; ++range) {
    std::set<int> values;
    for (std::uint32_t q = 0; q < astc_ranges[range].levels; ++q) values.insert(weight_value(range, q));
    EXPECT_EQ(values.size(), astc_ranges[range].levels);
    EXPECT_EQ(*values.begin(), 0);
    EXPECT_EQ(*values.rbegin(), 64);
    for (const int value : values) EXPECT_TRUE(values.contains(64 - value));
  }
}

}  // namespace
}  // namespace txs::astc
