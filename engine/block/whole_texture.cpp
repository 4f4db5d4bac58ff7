#include "block/whole_texture.h"

#include <algorithm>
#include <fmt/format.h>

#include "core/error.h"

namespace txs::block {
namespace {

constexpr int side = interop::block_side;

template <typename Image, typename Decode>
Image decode_blocks(const codec::EncodedTexture& texture, const Decode& decode_block) {
  check_payload(texture);
  Image image;
  image.width = int(texture.width);
  image.height = int(texture.height);
  image.texels.resize(image.pixel_count() * 4);

  const std::size_t block_bytes = codec::traits(texture.format).block_bytes;
  std::span<const std::byte> left = texture.blocks;
  for (int y = 0; y < image.height; y += side) {
    for (int x = 0; x < image.width; x += side, left = left.subspan(block_bytes)) {
      const auto texels = decode_block(left.first(block_bytes));
      const int columns = std::min(side, image.width - x), rows = std::min(side, image.height - y);
      for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
          std::ranges::copy(texels[std::size_t(row * side + column)],
                            &image.texels[(std::size_t(y + row) * std::size_t(image.width) + std::size_t(x + column)) * 4]);
    }
  }
  return image;
}

template <typename Block, typename Image>
Block block_of(const Image& picture, std::uint32_t block_x, std::uint32_t block_y) {
  Block texels;
  for (int t = 0; t < int(texels.size()); ++t)
    texels[std::size_t(t)] = picture.at(std::min(int(block_x) * side + t % side, picture.width - 1),
                                        std::min(int(block_y) * side + t / side, picture.height - 1));
  return texels;
}

}  // namespace

void check_payload(const codec::EncodedTexture& texture) {
  const std::uint64_t expected = codec::payload_bytes(texture.format, texture.width, texture.height);
  if (texture.blocks.size() != expected)
    throw Error(Fault::input, fmt::format("{} of {} x {} texels has {} bytes, not {}",
                                          codec::traits(texture.format).name, texture.width, texture.height,
                                          texture.blocks.size(), expected));
}

Rgba8Image decode_texture(const codec::EncodedTexture& texture,
                          const std::function<Texels(std::span<const std::byte>)>& decode_block) {
  return decode_blocks<Rgba8Image>(texture, decode_block);
}

Rgba16fImage decode_texture(const codec::EncodedTexture& texture,
                            const std::function<HalfTexels(std::span<const std::byte>)>& decode_block) {
  return decode_blocks<Rgba16fImage>(texture, decode_block);
}

Texels texels_of(const Rgba8Image& picture, std::uint32_t block_x, std::uint32_t block_y) {
  return block_of<Texels>(picture, block_x, block_y);
}

HalfTexels texels_of(const Rgba16fImage& picture, std::uint32_t block_x, std::uint32_t block_y) {
  return block_of<HalfTexels>(picture, block_x, block_y);
}

}  // namespace txs::block
