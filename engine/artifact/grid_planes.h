#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "codec/encoded_network.h"

namespace txs::artifact {

/// The channels of a grid one after the other, each a picture of plane_size(): its entries in their order.
std::vector<std::uint16_t> planes_of(const codec::FeatureGrid& grid);
/// The other way: `planes` holds value_count(grid) samples.
void set_planes(codec::FeatureGrid& grid, std::span<const std::uint16_t> planes);

/// The bits of a binary16 as a number that grows with the value, and back: what prediction and filters need.
constexpr std::uint16_t ordered(std::uint16_t half) {
  return static_cast<std::uint16_t>(half & 0x8000u ? ~half : half | 0x8000u);
}
constexpr std::uint16_t unordered(std::uint16_t number) {
  return static_cast<std::uint16_t>(number & 0x8000u ? number & 0x7FFFu : ~number);
}

/// The grid as integers of 8 bits that are nearest to its values: fp16 ones between the least and the greatest of each
/// channel, integers of fewer bits over the range that they have.
codec::FeatureGrid to_8_bits(const codec::FeatureGrid& grid);

}  // namespace txs::artifact
