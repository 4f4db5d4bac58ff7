#include "block/channel_block.h"

#include <fmt/format.h>

#include <algorithm>

namespace txs::block {
namespace {

std::uint64_t bits_of(HalfBytes bytes) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
  return bits;
}

int end_of(std::uint64_t byte, bool is_signed) { return is_signed ? int(std::int8_t(byte)) : int(std::uint8_t(byte)); }

/// The byte of a sum of ends whose weights sum to `parts`, rounded, halves up.
std::uint8_t byte_of(int sum, int parts, bool is_signed) {
  if (!is_signed) return std::uint8_t((2 * sum + parts) / (2 * parts));
  // (sum / (127 parts) / 2 + 1 / 2) * 255 + 1 / 2 over one denominator; never negative.
  return std::uint8_t((255 * sum + 128 * 254 * parts) / (254 * parts));
}

}  // namespace

ChannelBlock parse_channel(HalfBytes bytes, bool is_signed) {
  const std::uint64_t bits = bits_of(bytes);
  ChannelBlock block;
  block.stored = {end_of(bits & 255, is_signed), end_of(bits >> 8 & 255, is_signed)};
  block.eight = block.stored[0] > block.stored[1];

  // -128 and -127 both stand for -1. Which of two ends is larger is told by what is stored.
  const int a = is_signed ? std::max(block.stored[0], -127) : block.stored[0];
  const int b = is_signed ? std::max(block.stored[1], -127) : block.stored[1];
  const int parts = block.eight ? 7 : 5;
  block.palette = {byte_of(a, 1, is_signed), byte_of(b, 1, is_signed)};
  for (int of_b = 1; of_b < parts; ++of_b)
    block.palette[std::size_t(of_b) + 1] = byte_of((parts - of_b) * a + of_b * b, parts, is_signed);
  if (!block.eight) {
    block.palette[6] = 0;
    block.palette[7] = 255;
  }
  for (std::uint32_t t = 0; t < 16; ++t) block.index[t] = std::uint8_t(bits >> (16 + 3 * t) & 7u);
  return block;
}

std::vector<codec::BitField> channel_fields(HalfBytes bytes, bool is_signed, const std::string& name,
                                            std::uint32_t first_bit, int subset) {
  const std::uint64_t bits = bits_of(bytes);
  const ChannelBlock block = parse_channel(bytes, is_signed);
  std::vector<codec::BitField> fields;
  for (std::uint32_t end = 0; end < 2; ++end) {
    const std::string meaning = is_signed ? fmt::format("{} of 127", std::max(block.stored[end], -127))
                                          : fmt::format("{} of 255", block.stored[end]);
    fields.push_back({fmt::format("{}{}", name, end), first_bit + 8 * end, 8, bits >> (8 * end) & 255, meaning,
                      2 * subset + int(end)});
  }
  const char* meaning = block.eight ? "3 bits a texel; end 0 > end 1: eight values"
                                    : "3 bits a texel; end 0 <= end 1: six values, 6 and 7 are the extremes";
  fields.push_back({name + " indices", first_bit + 16, 48, bits >> 16, meaning});
  for (std::uint32_t i = 0; i < 48; ++i) fields.back().texel_of_bit.push_back(std::uint8_t(i / 3));
  return fields;
}

codec::Subset channel_subset(const ChannelBlock& block, const std::string& name, std::uint32_t channels) {
  codec::Subset subset;
  subset.name = name;
  subset.channels = channels;
  for (const std::uint8_t value : block.palette) {
    codec::Colour entry{};
    for (std::size_t c = 0; c < 4; ++c)
      if (channels >> c & 1u) entry[c] = float(value) / 255.0f;
    subset.palette.push_back(entry);
  }
  subset.low = subset.palette[0];
  subset.high = subset.palette[1];
  subset.indices.assign(block.index.begin(), block.index.end());
  return subset;
}

}  // namespace txs::block
