#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "codec/encoded_texture.h"
#include "image/image.h"
#include "shaders/interop/block.h"

namespace txs::block {

/// Throws Error(input) if level 0 has not as many bytes as the size asks for.
void check_payload(const codec::EncodedTexture& texture);

/// Level 0, blocks of any size, by the CPU reference decoder of one block: it is given the block's bytes and gives row-major
/// texels of Image's channels. Throws as check_payload.
template <typename Image>
Image decode_texture(const codec::EncodedTexture& texture, const auto& decode_block) {
  check_payload(texture);
  Image image;
  image.width = int(texture.width);
  image.height = int(texture.height);
  image.texels.resize(image.pixel_count() * 4);

  const codec::FormatTraits& traits = codec::traits(texture.format);
  const int block_width = int(traits.block_width), block_height = int(traits.block_height);
  std::span<const std::byte> left = texture.blocks;
  for (int y = 0; y < image.height; y += block_height) {
    for (int x = 0; x < image.width; x += block_width, left = left.subspan(traits.block_bytes)) {
      const auto texels = decode_block(left.first(traits.block_bytes));
      const int columns = std::min(block_width, image.width - x), rows = std::min(block_height, image.height - y);
      for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
          std::ranges::copy(texels[std::size_t(row * block_width + column)],
                            &image.texels[(std::size_t(y + row) * std::size_t(image.width) + std::size_t(x + column)) * 4]);
    }
  }
  return image;
}

using Texels = std::array<std::array<std::uint8_t, 4>, interop::block_texels>;
using HalfTexels = std::array<std::array<std::uint16_t, 4>, interop::block_texels>;

/// The texels of a block of the picture, row-major; beyond the edge the last row and column repeat.
Texels texels_of(const Rgba8Image& picture, std::uint32_t block_x, std::uint32_t block_y);
HalfTexels texels_of(const Rgba16fImage& picture, std::uint32_t block_x, std::uint32_t block_y);

}  // namespace txs::block
