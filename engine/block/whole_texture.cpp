#include "block/whole_texture.h"

#include <algorithm>
#include <fmt/format.h>

#include "core/error.h"

namespace txs::block {
namespace {

constexpr int side = interop::block_side;

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

Texels texels_of(const Rgba8Image& picture, std::uint32_t block_x, std::uint32_t block_y) {
  return block_of<Texels>(picture, block_x, block_y);
}

HalfTexels texels_of(const Rgba16fImage& picture, std::uint32_t block_x, std::uint32_t block_y) {
  return block_of<HalfTexels>(picture, block_x, block_y);
}

}  // namespace txs::block
