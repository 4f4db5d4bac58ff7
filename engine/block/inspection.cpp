#include "block/inspection.h"

#include <algorithm>
#include <cstring>

namespace txs::block {

codec::BlockInspection begin_inspection(const codec::FormatTraits& traits, std::span<const std::byte> bits,
                                        const Rgba8Image& picture, std::uint32_t block_x, std::uint32_t block_y,
                                        std::span<const codec::Texel> decoded, std::uint32_t channels) {
  codec::BlockInspection inspection;
  inspection.block_x = block_x;
  inspection.block_y = block_y;
  inspection.width = traits.block_width;
  inspection.height = traits.block_height;
  inspection.inside_width = std::min(traits.block_width, std::uint32_t(picture.width) - block_x * traits.block_width);
  inspection.inside_height = std::min(traits.block_height, std::uint32_t(picture.height) - block_y * traits.block_height);
  for (std::uint32_t y = 0; y < traits.block_height; ++y)  // beyond the edge the last row and column repeat
    for (std::uint32_t x = 0; x < traits.block_width; ++x)
      inspection.original.push_back(picture.at(std::min(int(block_x * traits.block_width + x), picture.width - 1),
                                               std::min(int(block_y * traits.block_height + y), picture.height - 1)));
  inspection.decoded.assign(decoded.begin(), decoded.end());
  for (std::size_t t = 0; t < decoded.size(); ++t)
    for (std::size_t c = 0; c < channels && inspection.in_picture(t); ++c) {
      const double difference = double(inspection.original[t][c]) - double(decoded[t][c]);
      inspection.squared_error += difference * difference;
    }
  std::memcpy(inspection.bits.data(), bits.data(), bits.size());
  inspection.bit_count = std::uint32_t(bits.size() * 8);
  return inspection;
}

codec::Colour colour_of(const codec::Texel& texel) {
  codec::Colour colour;
  for (std::size_t c = 0; c < 4; ++c) colour[c] = float(texel[c]) / 255.0f;
  return colour;
}

}  // namespace txs::block
