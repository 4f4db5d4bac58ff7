// Textures of any format and number of levels with blocks of random bits, the same on every machine.
#pragma once
#include <array>
#include <cstdint>
#include <random>

#include "codec/encoded_texture.h"

namespace txs::test {

/// Those that DDS holds.
inline constexpr std::array bc_formats{
    codec::TextureFormat::bc1_unorm,   codec::TextureFormat::bc1_srgb,    codec::TextureFormat::bc3_unorm,
    codec::TextureFormat::bc3_srgb,    codec::TextureFormat::bc4_unorm,   codec::TextureFormat::bc4_snorm,
    codec::TextureFormat::bc5_unorm,   codec::TextureFormat::bc5_snorm,   codec::TextureFormat::bc6h_ufloat,
    codec::TextureFormat::bc6h_sfloat, codec::TextureFormat::bc7_unorm,   codec::TextureFormat::bc7_srgb,
};
inline constexpr auto all_formats = [] {
  std::array<codec::TextureFormat, codec::texture_format_count> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = codec::TextureFormat(i);
  return all;
}();

inline codec::EncodedTexture random_texture(codec::TextureFormat format, std::uint32_t width, std::uint32_t height,
                                            std::uint32_t levels = 1) {
  codec::EncodedTexture texture;
  texture.format = format;
  texture.width = width;
  texture.height = height;
  texture.opaque = codec::traits(format).channels < 4;
  texture.mips.resize(levels - 1);
  std::mt19937 random(width * 1000 + height);
  for (std::uint32_t level = 0; level < levels; ++level) {
    auto& blocks = level == 0 ? texture.blocks : texture.mips[level - 1];
    blocks.resize(codec::payload_bytes(format, codec::level_side(width, level), codec::level_side(height, level)));
    for (std::byte& byte : blocks) byte = static_cast<std::byte>(random());
  }
  return texture;
}

}  // namespace txs::test
