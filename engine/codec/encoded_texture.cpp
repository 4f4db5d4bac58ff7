#include "codec/encoded_texture.h"

#include <array>

namespace txs::codec {
namespace {

/// In the order of TextureFormat.
constexpr std::array<FormatTraits, 2> format_traits{{
    {"BC7_UNORM", 4, 4, 16, false},
    {"BC7_UNORM_SRGB", 4, 4, 16, true},
}};

std::uint64_t blocks_along(std::uint32_t texels, std::uint32_t block_side) {
  return (std::uint64_t(texels) + block_side - 1) / block_side;
}

}  // namespace

const FormatTraits& traits(TextureFormat format) { return format_traits.at(static_cast<std::size_t>(format)); }

std::uint64_t payload_bytes(TextureFormat format, std::uint32_t width, std::uint32_t height) {
  const FormatTraits& shape = traits(format);
  return blocks_along(width, shape.block_width) * blocks_along(height, shape.block_height) * shape.block_bytes;
}

}  // namespace txs::codec
