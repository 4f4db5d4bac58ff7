#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

#include "codec/encoded_texture.h"
#include "image/image.h"
#include "shaders/interop/block.h"

namespace txs::block {

/// Throws Error(input) if level 0 has not as many bytes as the size asks for.
void check_payload(const codec::EncodedTexture& texture);

/// Level 0 by the CPU reference decoder of one block, row-major texels. Throws as check_payload.
using Texels = std::array<std::array<std::uint8_t, 4>, interop::block_texels>;
using HalfTexels = std::array<std::array<std::uint16_t, 4>, interop::block_texels>;
Rgba8Image decode_texture(const codec::EncodedTexture& texture,
                          const std::function<Texels(std::span<const std::byte> block)>& decode_block);
Rgba16fImage decode_texture(const codec::EncodedTexture& texture,
                            const std::function<HalfTexels(std::span<const std::byte> block)>& decode_block);

/// The texels of a block of the picture, row-major; beyond the edge the last row and column repeat.
Texels texels_of(const Rgba8Image& picture, std::uint32_t block_x, std::uint32_t block_y);
HalfTexels texels_of(const Rgba16fImage& picture, std::uint32_t block_x, std::uint32_t block_y);

}  // namespace txs::block
