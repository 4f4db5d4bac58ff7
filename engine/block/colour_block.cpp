#include "block/colour_block.h"

#include <fmt/format.h>

#include <utility>

#include "block/inspection.h"

namespace txs::block {
namespace {

using codec::Texel;

std::uint32_t word(HalfBytes bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value |= std::to_integer<std::uint32_t>(bytes[at + i]) << (8 * i);
  return value;
}

/// The high bits repeated below the low ones.
std::uint8_t widen(std::uint32_t value, std::uint32_t bits) {
  return std::uint8_t(value << (8 - bits) | value >> (2 * bits - 8));
}

Texel expand(std::uint16_t stored) {
  return {widen(stored >> 11u, 5), widen(stored >> 5u & 63u, 6), widen(stored & 31u, 5), 255};
}

/// (of_a a + of_b b) / (of_a + of_b), rounded, halves up.
Texel between(const Texel& a, const Texel& b, int of_a, int of_b) {
  const int parts = of_a + of_b;
  Texel entry{0, 0, 0, 255};
  for (std::size_t c = 0; c < 3; ++c) entry[c] = std::uint8_t((2 * (of_a * a[c] + of_b * b[c]) + parts) / (2 * parts));
  return entry;
}

}  // namespace

ColourBlock parse_colours(HalfBytes bytes, ColourKind kind) {
  ColourBlock block;
  block.stored = {std::uint16_t(word(bytes, 0, 2)), std::uint16_t(word(bytes, 2, 2))};
  block.three = kind == ColourKind::by_order && block.stored[0] <= block.stored[1];
  const Texel a = expand(block.stored[0]), b = expand(block.stored[1]);
  if (block.three) {
    block.palette = {a, b, between(a, b, 1, 1), Texel{0, 0, 0, 0}};
  } else {
    block.palette = {a, b, between(a, b, 2, 1), between(a, b, 1, 2)};
  }
  const std::uint32_t indices = word(bytes, 4, 4);
  for (std::uint32_t t = 0; t < 16; ++t) block.index[t] = std::uint8_t(indices >> (2 * t) & 3u);
  return block;
}

std::vector<codec::BitField> colour_fields(HalfBytes bytes, ColourKind kind, std::uint32_t first_bit, int subset) {
  const ColourBlock block = parse_colours(bytes, kind);
  std::vector<codec::BitField> fields;
  std::uint32_t bit = first_bit;
  const auto add = [&](std::string name, std::uint32_t count, std::uint64_t value, std::string meaning, int endpoint) {
    fields.push_back({std::move(name), bit, count, value, std::move(meaning), endpoint});
    bit += count;
  };
  for (std::uint32_t end = 0; end < 2; ++end) {
    const std::uint32_t stored = block.stored[end];
    const Texel& decoded = block.palette[end];
    const int endpoint = 2 * subset + int(end);
    add(fmt::format("B{}", end), 5, stored & 31u, fmt::format("{} of 255", decoded[2]), endpoint);
    add(fmt::format("G{}", end), 6, stored >> 5 & 63u, fmt::format("{} of 255", decoded[1]), endpoint);
    add(fmt::format("R{}", end), 5, stored >> 11, fmt::format("{} of 255", decoded[0]), endpoint);
  }
  const char* meaning = kind == ColourKind::four ? "2 bits a texel, four colours"
                        : block.three            ? "2 bits a texel; end 0 <= end 1: three colours, 3 is transparent"
                                                 : "2 bits a texel; end 0 > end 1: four colours";
  add("indices", 32, word(bytes, 4, 4), meaning, -1);
  for (std::uint32_t i = 0; i < 32; ++i) fields.back().texel_of_bit.push_back(std::uint8_t(i / 2));
  return fields;
}

codec::Subset colour_subset(const ColourBlock& block) {
  codec::Subset subset;
  for (const Texel& entry : block.palette) subset.palette.push_back(colour_of(entry));
  subset.low = subset.palette[0];
  subset.high = subset.palette[1];
  return subset;
}

}  // namespace txs::block
