#include "codec/encoded_texture.h"

#include <algorithm>
#include <array>
#include <bit>

namespace txs::codec {
namespace {

/// In the order of TextureFormat.
constexpr std::array<FormatTraits, texture_format_count> format_traits{{
    {"BC1_RGBA_UNORM", 4, 4, 8, 4, false, false, false},
    {"BC1_RGBA_UNORM_SRGB", 4, 4, 8, 4, true, false, false},
    {"BC3_UNORM", 4, 4, 16, 4, false, false, false},
    {"BC3_UNORM_SRGB", 4, 4, 16, 4, true, false, false},
    {"BC4_UNORM", 4, 4, 8, 1, false, false, false},
    {"BC4_SNORM", 4, 4, 8, 1, false, true, false},
    {"BC5_UNORM", 4, 4, 16, 2, false, false, false},
    {"BC5_SNORM", 4, 4, 16, 2, false, true, false},
    {"BC6H_UFLOAT", 4, 4, 16, 3, false, false, true},
    {"BC6H_SFLOAT", 4, 4, 16, 3, false, true, true},
    {"BC7_UNORM", 4, 4, 16, 4, false, false, false},
    {"BC7_UNORM_SRGB", 4, 4, 16, 4, true, false, false},
    {"ASTC_4x4_UNORM", 4, 4, 16, 4, false, false, false},
    {"ASTC_4x4_SRGB", 4, 4, 16, 4, true, false, false},
    {"ASTC_5x4_UNORM", 5, 4, 16, 4, false, false, false},
    {"ASTC_5x4_SRGB", 5, 4, 16, 4, true, false, false},
    {"ASTC_5x5_UNORM", 5, 5, 16, 4, false, false, false},
    {"ASTC_5x5_SRGB", 5, 5, 16, 4, true, false, false},
    {"ASTC_6x5_UNORM", 6, 5, 16, 4, false, false, false},
    {"ASTC_6x5_SRGB", 6, 5, 16, 4, true, false, false},
    {"ASTC_6x6_UNORM", 6, 6, 16, 4, false, false, false},
    {"ASTC_6x6_SRGB", 6, 6, 16, 4, true, false, false},
    {"ASTC_8x5_UNORM", 8, 5, 16, 4, false, false, false},
    {"ASTC_8x5_SRGB", 8, 5, 16, 4, true, false, false},
    {"ASTC_8x6_UNORM", 8, 6, 16, 4, false, false, false},
    {"ASTC_8x6_SRGB", 8, 6, 16, 4, true, false, false},
    {"ASTC_8x8_UNORM", 8, 8, 16, 4, false, false, false},
    {"ASTC_8x8_SRGB", 8, 8, 16, 4, true, false, false},
    {"ASTC_10x5_UNORM", 10, 5, 16, 4, false, false, false},
    {"ASTC_10x5_SRGB", 10, 5, 16, 4, true, false, false},
    {"ASTC_10x6_UNORM", 10, 6, 16, 4, false, false, false},
    {"ASTC_10x6_SRGB", 10, 6, 16, 4, true, false, false},
    {"ASTC_10x8_UNORM", 10, 8, 16, 4, false, false, false},
    {"ASTC_10x8_SRGB", 10, 8, 16, 4, true, false, false},
    {"ASTC_10x10_UNORM", 10, 10, 16, 4, false, false, false},
    {"ASTC_10x10_SRGB", 10, 10, 16, 4, true, false, false},
    {"ASTC_12x10_UNORM", 12, 10, 16, 4, false, false, false},
    {"ASTC_12x10_SRGB", 12, 10, 16, 4, true, false, false},
    {"ASTC_12x12_UNORM", 12, 12, 16, 4, false, false, false},
    {"ASTC_12x12_SRGB", 12, 12, 16, 4, true, false, false},
    {"ASTC_4x4_SFLOAT", 4, 4, 16, 4, false, true, true},
    {"ASTC_5x4_SFLOAT", 5, 4, 16, 4, false, true, true},
    {"ASTC_5x5_SFLOAT", 5, 5, 16, 4, false, true, true},
    {"ASTC_6x5_SFLOAT", 6, 5, 16, 4, false, true, true},
    {"ASTC_6x6_SFLOAT", 6, 6, 16, 4, false, true, true},
    {"ASTC_8x5_SFLOAT", 8, 5, 16, 4, false, true, true},
    {"ASTC_8x6_SFLOAT", 8, 6, 16, 4, false, true, true},
    {"ASTC_8x8_SFLOAT", 8, 8, 16, 4, false, true, true},
    {"ASTC_10x5_SFLOAT", 10, 5, 16, 4, false, true, true},
    {"ASTC_10x6_SFLOAT", 10, 6, 16, 4, false, true, true},
    {"ASTC_10x8_SFLOAT", 10, 8, 16, 4, false, true, true},
    {"ASTC_10x10_SFLOAT", 10, 10, 16, 4, false, true, true},
    {"ASTC_12x10_SFLOAT", 12, 10, 16, 4, false, true, true},
    {"ASTC_12x12_SFLOAT", 12, 12, 16, 4, false, true, true},
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

std::uint32_t level_side(std::uint32_t side, std::uint32_t level) { return std::max(1u, level < 32 ? side >> level : 0); }

std::uint32_t full_level_count(std::uint32_t width, std::uint32_t height) {
  return static_cast<std::uint32_t>(std::bit_width(std::max(width, height)));
}

std::uint32_t level_count(const EncodedTexture& texture) { return 1 + static_cast<std::uint32_t>(texture.mips.size()); }

const std::vector<std::byte>& level_blocks(const EncodedTexture& texture, std::uint32_t level) {
  return level == 0 ? texture.blocks : texture.mips.at(level - 1);
}

}  // namespace txs::codec
